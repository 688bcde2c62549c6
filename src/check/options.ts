import { child } from "../pointer.ts";
import type { Report, Rule } from "./rule.ts";

/** Options of which one at most can hold (exports(5), nfs(5), mount(8)). */
const alternatives: readonly (readonly string[])[] = [
  ["ro", "rw"],
  ["sync", "async"],
  ["secure", "insecure"],
  ["root_squash", "no_root_squash"],
  ["all_squash", "no_all_squash"],
  ["subtree_check", "no_subtree_check"],
  ["wdelay", "no_wdelay"],
  ["hide", "nohide"],
  ["crossmnt", "nocrossmnt"],
  ["acl", "noacl"],
  ["hard", "soft", "softerr"],
  ["fg", "bg"],
  ["tcp", "udp", "rdma"],
  ["ac", "noac"],
  ["lock", "nolock"],
  ["exec", "noexec"],
  ["suid", "nosuid"],
  ["dev", "nodev"],
  ["atime", "noatime"],
  ["diratime", "nodiratime"],
  ["auto", "noauto"],
  ["user", "nouser"],
];

const groupOf = new Map(alternatives.flatMap((group) => group.map((option) => [option, group.join("|")])));

/** Options with a value are told apart by their name: `vers=3` and `vers=4.1`. */
function subjectOf(option: string): string {
  const equals = option.indexOf("=");
  return equals === -1 ? (groupOf.get(option) ?? option) : option.slice(0, equals);
}

/** Of two options that contradict each other only one can be meant. */
export const contradictingOptions: Rule = ({ hosts, nfs }, report) => {
  for (const { mounts } of hosts) {
    for (const { options, pointer } of mounts) reportContradictions(options, `${pointer}/options`, report);
  }
  for (const { clients, pointer } of nfs?.exports ?? []) {
    for (const { client, options } of clients) {
      reportContradictions(options, child(`${pointer}/clients`, client), report);
    }
  }
};

function reportContradictions(options: readonly string[], pointer: string, report: Report): void {
  const first = new Map<string, number>();
  options.forEach((option, index) => {
    const other = first.get(subjectOf(option));
    if (other === undefined) {
      first.set(subjectOf(option), index);
      return;
    }
    report("CONTRADICTING_OPTIONS", {
      pointer: child(pointer, index),
      message: `"${option}" contradicts "${options[other]}"`,
      hint: "take one of the two out",
      related: [{ pointer: child(pointer, other), message: "the other one" }],
    });
  });
}
