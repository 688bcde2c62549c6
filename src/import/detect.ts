/** What a file is, by what is in it. */
import type { Kind } from "./kinds.ts";

export { kindTitles } from "./kinds.ts";

/** Files that are known and cannot be imported, with the reason. */
export interface Foreign {
  readonly title: string;
  readonly hint: string;
  /** The line that tells. */
  readonly line: number;
}

export type Detected = { readonly kind: Kind } | { readonly foreign: Foreign } | null;

/** As much as tells a kind, so that files of any size cost the same. */
const enough = 256 * 1024;

const ipvsadmOption =
  /^\s*(?:-[AaEeDdCR]\b|--(?:add|edit|delete)-(?:service|server)\b|--set\b|--clear\b|--start-daemon\b)/;

const table: readonly { readonly kind: Kind; readonly test: (text: string, file: string) => boolean }[] = [
  {
    kind: "ipvsadm-list",
    test: (text) => /^(?:IP Virtual Server version |Prot LocalAddress:Port|Timeout \(tcp tcpfin udp\):)/m.test(text),
  },
  { kind: "shell", test: (text) => /^#!/.test(text) && /ipvsadm/.test(text) },
  {
    kind: "ldirectord",
    test: (text) =>
      /^[ \t]*(?:virtual6?[ \t]*=[ \t]*\S|(?:checktimeout|checkinterval|negotiatetimeout|quiescent|autoreload)[ \t]*=)/m.test(
        text,
      ),
  },
  {
    kind: "keepalived",
    test: (text) =>
      /^[ \t]*(?:@\S+[ \t]+)?(?:global_defs|virtual_server(?:_group)?[ \t]+\S|vrrp_(?:instance|sync_group|script|track_process)[ \t]+\S|static_(?:ipaddress|routes|rules)\b|real_server[ \t]+\S|include[rmwba]?[ \t]+\S+\.conf\b|~(?:SEQ|LST)x?[ \t]*\(|! Configuration File for keepalived)/m.test(
        text,
      ),
  },
  { kind: "ipvsadm-rules", test: (text) => ipvsadmOption.test(text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)+/, "")) },
  {
    kind: "netplan",
    test: (text) =>
      /^network:[ \t]*(?:#.*)?$/m.test(text) &&
      /^[ \t]+(?:ethernets|bonds|vlans|bridges|version|renderer):/m.test(text),
  },
  {
    kind: "keyfile",
    test: (text) => /^\[connection\][ \t]*$/m.test(text) && /^(?:type|id|uuid|interface-name)=/m.test(text),
  },
  { kind: "networkd", test: (text) => /^\[(?:Match|NetDev)\][ \t]*$/m.test(text) },
  { kind: "ifcfg", test: (text) => /^(?:DEVICE|BOOTPROTO|ONBOOT|IPADDR[0-9]*)=/m.test(text) },
  {
    kind: "interfaces",
    test: (text) =>
      /^[ \t]*(?:iface[ \t]+\S+[ \t]+inet6?[ \t]+\w+|auto[ \t]+\S+|allow-hotplug[ \t]+\S+|source(?:-directory)?[ \t]+\/etc\/network)/m.test(
        text,
      ),
  },
  { kind: "os-release", test: (text) => /^ID=/m.test(text) && /^(?:VERSION_ID|NAME|PRETTY_NAME)=/m.test(text) },
  {
    kind: "exports",
    test: (text) =>
      every(text, /^(?:"[^"]+"|\/\S*)(?:[ \t]+\S+)*[ \t]*\\?$|^[ \t]+\S.*$/) &&
      /^(?:"\/[^"]*"|\/\S*)[ \t]+\S*(?:\(|[ \t]*$)/m.test(text) &&
      /\(/.test(text),
  },
  {
    kind: "fstab",
    test: (text) => every(text, /^\S+[ \t]+(?:\/\S*|none|swap)[ \t]+[\w.,-]+(?:[ \t]+\S+){0,3}[ \t]*$/),
  },
  { kind: "hosts", test: (text) => every(text, /^[ \t]*(?=\S*[.:]\S*[.:])[0-9A-Fa-f:.]+[ \t]+\S+.*$/) },
  {
    kind: "sysctl",
    test: (text) => every(text, /^[ \t]*-?[\w.*/-]+[ \t]*=.*$/) && /^[ \t]*-?(?:net|kernel|vm|fs|dev)[./]/m.test(text),
  },
  // Units of systemd call it as well, and are no scripts.
  { kind: "shell", test: (text) => !/^\[(?:Unit|Service)\]/m.test(text) && /(?:^|[\s;|&/$"{(])ipvsadm\b/i.test(text) },
  { kind: "shell", test: (text) => /^#!/.test(text) && /\b(?:arp_ignore|arp_announce|lo:\d|tunl0)\b/.test(text) },
  { kind: "shell", test: (text, file) => /(?:^|\/)rc\.local$/.test(file) && /^#!/.test(text) },
  {
    kind: "hostname",
    test: (text, file) => /(?:^|\/)hostname$/.test(file) && every(text, /^[A-Za-z0-9][A-Za-z0-9.-]*$/),
  },
];

const foreign: readonly (Omit<Foreign, "line"> & { readonly test: RegExp; readonly looksLikeOthers?: true })[] = [
  {
    test: /^[ \t]*(?:local_address_group|laddr_group_name)\b/m,
    looksLikeOthers: true,
    title: "a keepalived.conf of DPVS",
    hint: "DPVS is no IPVS of the kernel: write the services anew",
  },
  {
    test: /^[ \t]*serial_no[ \t]*=/m,
    looksLikeOthers: true,
    title: "an lvs.cf of Piranha",
    hint: "give what ipvsadm-save -n prints on the director instead",
  },
  {
    test: /^[ \t]*(?:frontend|backend|listen)[ \t]+\S+/m,
    title: "an haproxy.cfg",
    hint: "HAProxy is no IPVS: write the services anew (lvsgen init)",
  },
];

/** Copies that editors, package managers and people leave beside a file, and that no program reads. */
export function isBackup(file: string): boolean {
  return /(?:\.(?:old|bak|backup|orig|save|rpm(?:save|new|orig)|sw[op]|(?:dpkg|ucf)-[a-z]+|augsave)|\.bak[.\d-]{1,20}|~|\/#[^/]*#)$/i.test(
    file,
  );
}

export function detect(text: string, file: string): Detected {
  const head = text.slice(0, enough).replace(/^\uFEFF/, "");
  const other = foreign.find(({ test }) => test.test(head));
  // Two of them look like another kind; the rest is looked for when nothing else fits.
  if (other?.looksLikeOthers === true) return { foreign: at(other, head) };
  const found = table.find(({ test }) => test(head, file));
  if (found !== undefined) return { kind: found.kind };
  return other === undefined ? null : { foreign: at(other, head) };
}

function at({ title, hint, test }: (typeof foreign)[number], text: string): Foreign {
  const index = test.exec(text)?.index ?? 0;
  return { title, hint, line: text.slice(0, index).split("\n").length };
}

/** What a file is that was given as a description; null where it may be one, or nothing that is known. */
export function foreignTo(text: string, file: string): Kind | null {
  if (
    /^\s*(?:\{|\/\/|\/\*|"?version"?\s*:)/.test(text.slice(0, 4096)) ||
    /^"?(?:version|services|hosts)"?\s*:/m.test(text.slice(0, enough))
  )
    return null;
  const found = detect(text, file);
  return found !== null && "kind" in found ? found.kind : null;
}

/** Whether every line that says something has this form, and at least one does. */
function every(text: string, form: RegExp): boolean {
  let count = 0;
  for (const line of text.split("\n").slice(0, 500)) {
    const content = line.replace(/\r$/, "");
    if (/^\s*(?:[#;].*)?$/.test(content)) continue;
    if (content.length > 4096 || !form.test(content)) return false;
    count++;
  }
  return count > 0;
}
