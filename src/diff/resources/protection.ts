/** What is let through, marked and kept from connection tracking; kernel modules and SELinux. */
import { elsewhere, ends, harmless, interrupts, type Judgement, unknown } from "../verdict.ts";
import { type Around, type KindRule, plainly, type Told, told } from "./rule.ts";

/** Rules of one set, by their comments: each is told for itself. */
const netfilter: KindRule = (difference, around) => {
  const [was, becomes] = [difference.was?.words.slice(1) ?? [], difference.becomes?.words.slice(1) ?? []];
  // Source NAT has a set for each family.
  const set = difference.name.replace(/^.*\/load-/, "").replace(/6$/, "");
  const one = (id: string, isNew: boolean): Told => ({
    rule: `${set}-rule`,
    what: `${setTitles[set] ?? set} ${id}`,
    was: isNew ? null : "described",
    becomes: isNew ? "described" : null,
    judgement: (setRules[set] ?? noRule)(id.split(" "), isNew, around),
  });
  const [had, has] = [new Set(was), new Set(becomes)];
  const rules = [
    ...was.filter((id) => !has.has(id)).map((id) => one(id, false)),
    ...becomes.filter((id) => !had.has(id)).map((id) => one(id, true)),
  ];
  if (rules.length > 0) return rules;
  return [
    told(
      `${set}-order`,
      `order of the ${setTitles[set] ?? set}s`,
      difference,
      unknown("a packet keeps what the last rule that fits it gives it"),
    ),
  ];
};

const setTitles: Readonly<Record<string, string>> = {
  marks: "mark rule",
  untracked: "rule without connection tracking",
  mss: "segment size rule",
  "source-nat": "source NAT rule",
};

type SetRule = (words: readonly string[], isNew: boolean, around: Around) => Judgement;

/** `7 tcp 192.0.2.80 80` */
const marked: SetRule = ([mark = "", , vip = ""], isNew, { wasServed, hasMark }) => {
  if (isNew)
    return wasServed(vip)
      ? elsewhere("new connections of this traffic go to the mark's service; those that are there stay where they are")
      : harmless("nobody took this traffic before");
  return hasMark(mark)
    ? interrupts(
        "new connections of this traffic are not taken any more, or by another service; those that are there go on",
      )
    : harmless("its service is gone: what that ended is said there");
};

/** `untracked 192.0.2.80 80/tcp` */
const untracked: SetRule = ([, vip = ""], isNew, { isServed }) =>
  isNew
    ? harmless("packets of DR and TUN pass without connection tracking, which sees one direction alone")
    : isServed(vip)
      ? unknown("its packets are tracked again, and a stateful firewall may drop those of running connections")
      : harmless("no service is at that address any more");

const clamped: SetRule = () => harmless("it is about the first packets of new connections");
const noRule: SetRule = (_words, isNew) =>
  unknown(isNew ? "no rule knows what it does" : "no rule knows what its removal does");
const setRules: Readonly<Record<string, SetRule>> = {
  marks: marked,
  untracked,
  mss: clamped,
  "source-nat": (_words, isNew) =>
    isNew
      ? harmless("what machines behind the director begin from then on leaves with its address")
      : ends("what machines behind the director began has no way back any more"),
};

const firewall: KindRule = (difference, { isServed }) => {
  const { name, was, becomes } = difference;
  const [, vip] = /^untracked ([^ ]+) /.exec(name) ?? [];
  const closed = vip !== undefined && !isServed(vip) ? harmless("no service is at that address any more") : shut;
  const judgement = becomes === null ? closed : was === null ? open : narrowed(was.words, becomes.words);
  return [told("firewall", `opening for ${name}`, difference, judgement)];
};

/** `80/tcp open ens33 tunl0` */
function narrowed(was: readonly string[], becomes: readonly string[]): Judgement {
  const gone = was.filter((word) => !becomes.includes(word));
  if (gone.length === 0) return open;
  if (!becomes.every((word) => was.includes(word))) return otherwise;
  return gone.every((device) => tunnels.test(device)) ? unwrapped : fewer;
}

const tunnels = /^(?:tunl|ip6tnl|sit|gre|ip6gre|fou)/;

const open = harmless("where a firewall is active, it lets this through from then on");
const shut = ends("where a firewall is active, it lets this through no longer: what still comes by it is dropped");
const unwrapped = harmless(
  "the directors come first, and send nothing wrapped any more by the time that its script runs",
);
const fewer = ends(
  "where a firewall is active, it lets this through by fewer interfaces: what still comes by the others is dropped",
);
const otherwise = unknown(
  "it is opened for other interfaces: what comes by the former ones is dropped where a firewall is active",
);

const asked = harmless("verify proves it; apply changes nothing because of it");

export const protection = {
  netfilter,
  firewall,
  filtering: plainly("filtering", "rules that a stopped firewall leaves:", {
    added: harmless("they go: everything gets through"),
    removed: unknown("they come back as they were before the first apply"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  unfiltered: plainly("unfiltered", "proof that nothing keeps packets out:", {
    added: asked,
    removed: asked,
    changed: asked,
  }),
  module: plainly("module", "kernel module", {
    added: harmless("it is loaded"),
    removed: harmless("it is unloaded where nothing uses it"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  fou: plainly("fou", "UDP port that takes GUE packets", {
    added: harmless("it takes packets from then on"),
    removed: ends("packets that the director wraps for it are not taken any more: run it after the director"),
    changed: interrupts("packets for the former port are not taken any more"),
  }),
  advertised: plainly("advertised", "default route that routers announce on", {
    added: harmless("it is kept while the host forwards"),
    removed: unknown("the setting goes back to what it was; a route that was learnt may go with it"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  selinux: plainly("selinux", "SELinux", {
    added: harmless("it enforces nothing any more"),
    removed: unknown("it enforces again: what worked only without it does not"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  boolean: plainly("boolean", "SELinux boolean", {
    added: harmless("SELinux lets more through"),
    removed: unknown("SELinux lets through what it did before the first apply"),
    changed: unknown("lvsgen has no rule for it"),
  }),
} as const;
