import { lineOf } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { isSecretKey } from "../secrets.ts";
import { plainWords } from "../word.ts";
import { hostOf } from "./folder.ts";

const optionForm = /^(?!-)[!$%&*+./0-9:;<=>?@A-Z[\]^_`a-z{|}~-]{1,255}$/;
const clientForm = /^(?!-|\[[^\]]*:)[A-Za-z0-9*?@[\]._:/-]{1,255}$/;
const pathForm = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.@%+=,~-]+)+$/;

/** Whether an option names an account or holds a secret. */
function isAccount(option: string): boolean {
  return isSecretKey(option) || /^(?:user|pw|pass|cred)\w*=/i.test(option);
}

const account = "options with an account or a secret, which are not copied";

/** What a line of fstab begins with that mounts a disk, or what the kernel makes itself. */
const localSource = /^\s*(?:\/|(?:PART)?(?:UUID|LABEL)=|(?:proc|tmpfs|sysfs|devpts|none|shm)\s)/;

/** `/etc/exports` (exports(5)). */
export function readExports(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "exports", lines });
  const host = hostOf(input, reading.facts);
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    const place = lineOf(input.file, first + 1);
    const parts = [lines[index] ?? ""];
    while (parts.at(-1)?.endsWith("\\") === true && index + 1 < lines.length) {
      index++;
      ledger.ignored(lineOf(input.file, index + 1), `it belongs to line ${first + 1}`);
      parts.push(lines[index] ?? "");
    }
    const content = parts
      .map((part, at) => (at < parts.length - 1 ? part.slice(0, -1) : part))
      .join(" ")
      .replace(/#.*$/, "")
      .trim();
    if (content === "") continue;
    const match = /^(?:"([^"]+)"|(\S+))\s*(.*)$/.exec(content);
    const path = (match?.[1] ?? match?.[2] ?? "").replace(/(?<=.)\/+$/, "");
    const clients = readClients(match?.[3] ?? "");
    if ([...(clients?.values() ?? [])].some((options) => options.some(isAccount))) {
      for (let line = first; line <= index; line++) ledger.hide(lineOf(input.file, line + 1));
      ledger.missed(place, account, 'say the others in "nfs"');
    } else if (clients === null || !pathForm.test(path))
      ledger.missed(place, "an export that the description has no words for", 'say it in "nfs"');
    else {
      host.exports.push({ place, path, clients });
      ledger.taken(place);
    }
  }
}

/** `192.168.80.0/24(rw,sync) *(ro)`; options before the first client count for those without any. */
function readClients(text: string): Map<string, readonly string[]> | null {
  const clients = new Map<string, readonly string[]>();
  let usual: readonly string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const options = /^-(.+)$/.exec(word)?.[1];
    if (options !== undefined) {
      usual = options.split(",");
      continue;
    }
    const match = /^([^()]*)(?:\(([^()]*)\))?$/.exec(word);
    if (match === null) return null;
    const client = match[1] === "" ? "*" : (match[1] ?? "");
    const own = match[2] === undefined ? usual : match[2].split(",").filter((part) => part !== "");
    if (!clientForm.test(client) || own.some((option) => !optionForm.test(option))) return null;
    clients.set(client, [...new Set(own)]);
  }
  if (clients.size === 0) clients.set("*", usual);
  return clients;
}

/** `/etc/fstab` (fstab(5)): the mounts of NFS. */
export function readFstab(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "fstab", lines });
  const host = hostOf(input, reading.facts);
  lines.forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    const place = lineOf(input.file, index + 1);
    const [source = "", target = "", type = "", options = ""] = plainWords(line, input.file, index + 1).map(
      ({ text }) => text,
    );
    if (!/^nfs4?$/.test(type)) {
      if (!localSource.test(line) || /^\s*\/\//.test(line) || options.split(",").some(isAccount)) ledger.hide(place);
      ledger.ignored(place, "no mount of NFS");
      return;
    }
    const list = options.split(",").filter((one) => one !== "" && one !== "defaults" && one !== "_netdev");
    if (list.some(isAccount)) {
      ledger.hide(place);
      ledger.missed(place, account, 'say the others in "mounts" of the host');
      return;
    }
    if (
      !/^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*):\/[\w.@%+=,~/-]*$/.test(source) ||
      !pathForm.test(target) ||
      list.some((one) => !optionForm.test(one))
    ) {
      ledger.missed(place, "a mount that the description has no words for", 'say it in "mounts" of the host');
      return;
    }
    host.mounts.push({ place, source, target, options: [...new Set(list)] });
    ledger.taken(place);
  });
}
