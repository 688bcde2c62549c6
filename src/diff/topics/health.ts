/** What keepalived does for a service: whether its real servers serve, and what becomes of those that do not. */
import { type Change, change, type Subject } from "../change.ts";
import { type Block, behind, blocksOf, blockText, readBlocks } from "../read/blocks.ts";
import { elsewhere, harmless, unknown } from "../verdict.ts";
import { type DirectorPair, type Names, serviceSubject } from "./pair.ts";

/** Of services that both have; that keepalived itself comes or goes is the matter of `failoverChanges`. */
export function healthChanges(
  { old, new: next }: DirectorPair,
  names: Names,
  moved: ReadonlyMap<string, string>,
): readonly Change[] {
  if (old.keepalived === null || next.keepalived === null) return [];
  const before = servicesOf(old.keepalived);
  const formerOf = new Map([...moved].map(([was, becomes]) => [becomes, was]));
  return [...servicesOf(next.keepalived)].flatMap(([key, block]) => {
    const former = before.get(formerOf.get(key) ?? key);
    return former === undefined ? [] : blockChanges(serviceSubject(key, names), former, block);
  });
}

const options: Readonly<Record<string, string>> = { TCP: "-t", UDP: "-u", SCTP: "--sctp-service" };

/** By how ipvsadm names them. */
function servicesOf(text: string): ReadonlyMap<string, Block> {
  return new Map(blocksOf(readBlocks(text), "virtual_server").map((block) => [keyOf(block), block]));
}

function keyOf(block: Block): string {
  const [, first = "", second = ""] = block.head.split(" ");
  if (first === "fwmark") return `-f ${second}${behind(block, "ip_family") === "inet6" ? " -6" : ""}`;
  const address = first.includes(":") ? `[${first}]` : first;
  return `${options[behind(block, "protocol") ?? ""] ?? ""} ${address}:${second}`;
}

/** Words that stand in the table as well, where they are judged, or are judged here. */
const ofTable = [
  "lvs_sched",
  "sh-port",
  "sh-fallback",
  "mh-port",
  "mh-fallback",
  "ops",
  "lvs_method",
  "persistence_timeout",
  "persistence_granularity",
  "persistence_engine",
  "protocol",
  "ip_family",
  "weight",
  "uthreshold",
  "lthreshold",
  "sorry_server",
  "sorry_server_inhibit",
  "sorry_server_lvs_method",
];
const times = ["delay_loop", "connect_timeout", "retry", "nb_get_retry", "delay_before_retry"];
const judged = [...ofTable, ...times, "inhibit_on_failure", "virtualhost"];

function blockChanges(subject: Subject, old: Block, next: Block): readonly Change[] {
  const changes: Change[] = [];
  const asked = [checkOf(old), checkOf(next)] as const;
  if (asked[0].what !== asked[1].what)
    changes.push(
      change(
        "check",
        subject,
        "health check",
        [asked[0].what, asked[1].what],
        asked[1].what === null ? unwatched : watched,
      ),
    );
  if (asked[0].when !== asked[1].when && asked[1].what !== null)
    changes.push(change("check-times", subject, "times of the health check", [asked[0].when, asked[1].when], timed));
  const fates = [fateOf(old), fateOf(next)] as const;
  if (fates[0] !== fates[1])
    changes.push(change("check-failure", subject, "real servers that do not answer", fates, fated));
  const rests = [restOf(old), restOf(next)] as const;
  if (rests[0] !== rests[1])
    changes.push(change("keepalived-service", subject, "what else keepalived.conf says of it", rests, other));
  return changes;
}

const watched = elsewhere(
  "keepalived is reloaded and connections stay; a real server that does not answer this check gets no new ones. Where none of a service would, apply stops before anything is changed",
);
const unwatched = harmless(
  "keepalived is reloaded, connections stay; nothing takes a real server out any more that has died",
);
const timed = harmless("keepalived is reloaded, connections stay");
const fated = harmless(
  "it is decided when the next real server does not answer: removed, its connections end; at weight 0 they go on",
);
const other = unknown("no rule knows it; keepalived is reloaded");

/** The check of the first real server: they all have the same. */
function checkOf(service: Block): { readonly what: string | null; readonly when: string } {
  const checker = blocksOf(service, "real_server")[0]?.blocks.find(({ head }) => head !== "MISC_CHECK");
  const interval = behind(service, "delay_loop") ?? "";
  if (checker === undefined) return { what: null, when: "" };
  const host = behind(service, "virtualhost");
  const when = times.flatMap((word) => behind(checker, word) ?? []).join(", ");
  return {
    what: blockText(checker, times) + (host === null ? "" : `; virtualhost ${host}`),
    when: `every ${interval} s (${when})`,
  };
}

function fateOf(service: Block): string {
  const [first] = blocksOf(service, "real_server");
  return first !== undefined && behind(first, "inhibit_on_failure") === null ? "are removed" : "get weight 0";
}

/** What no rule has looked at; which real servers there are, and their checks, are looked at elsewhere. */
function restOf(service: Block): string {
  const own = service.lines.filter((line) => !judged.includes(line.split(" ", 1)[0] ?? ""));
  const servers = blocksOf(service, "real_server").flatMap(({ lines }) =>
    lines.filter((line) => !judged.includes(line.split(" ", 1)[0] ?? "")),
  );
  return [...own, ...new Set(servers)].join("; ");
}
