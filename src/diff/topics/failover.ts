/** keepalived itself, and how directors agree on who has the virtual addresses. */
import { type Change, change, type Subject } from "../change.ts";
import { type Block, behind, blocksOf, blockText, readBlocks } from "../read/blocks.ts";
import { hostsOf, partOf, type Snapshot } from "../snapshot.ts";
import { harmless, interrupts, unknown } from "../verdict.ts";
import { vrrpChanges } from "./vrrp.ts";

/** For each director that is there before and after; the same on several is told once. */
export function failoverChanges(old: Snapshot, next: Snapshot): readonly Change[] {
  return hostsOf(next, "director").flatMap((host) => {
    const was = keepalivedOf(old, host);
    const becomes = keepalivedOf(next, host);
    if (partOf(old, host, "director") === null || (was === null && becomes === null)) return [];
    const subject: Subject = { kind: "hosts", names: [host], role: "director" };
    if (was === null) return [change("failover", subject, "keepalived", [null, told(becomes)], begins(becomes))];
    if (becomes === null) return [change("failover", subject, "keepalived", [told(was), null], stops)];
    return fileChanges(subject, readBlocks(was), readBlocks(becomes));
  });
}

function keepalivedOf(snapshot: Snapshot, host: string): string | null {
  return partOf(snapshot, host, "director")?.declared.find(({ kind }) => kind === "keepalived")?.text ?? null;
}

function told(text: string | null): string {
  return hasVrrp(text) ? "health checks and failover" : "health checks";
}

function hasVrrp(text: string | null): boolean {
  return blocksOf(readBlocks(text ?? ""), "vrrp_instance").length > 0;
}

function begins(text: string | null) {
  return hasVrrp(text)
    ? interrupts(
        "keepalived takes the virtual addresses off and, as it hears nobody, puts them back: new connections wait for up to 4 s, those that are there go on (docs/failover.md)",
      )
    : harmless(
        "keepalived starts with the table that is there: connections stay; a real server that is dead already is out after its first checks",
      );
}

const stops = interrupts(
  "keepalived stops and takes the virtual addresses that it carries off before the script puts them on for good; nothing takes a dead real server out any more",
);

function fileChanges(subject: Subject, old: Block, next: Block): readonly Change[] {
  const hadVrrp = blocksOf(old, "vrrp_instance").length > 0;
  const hasOne = blocksOf(next, "vrrp_instance").length > 0;
  const failover =
    hadVrrp && hasOne
      ? vrrpChanges(subject, old, next)
      : hadVrrp || hasOne
        ? [
            change(
              "failover-vrrp",
              subject,
              "failover",
              [hadVrrp ? "on" : "off", hasOne ? "on" : "off"],
              hasOne ? taken : left,
            ),
          ]
        : [];
  const globals = [globalsOf(old), globalsOf(next)] as const;
  if (globals[0] === globals[1]) return failover;
  return [...failover, change("keepalived-global", subject, "global settings of keepalived", globals, other)];
}

const taken = interrupts(
  "the virtual addresses, which the host has for good, become keepalived's: it takes them off and, as it hears nobody, puts them back; new connections wait for up to 4 s (docs/failover.md)",
);
const left = interrupts(
  "the virtual addresses are keepalived's and become the host's own: they are off from the reload until the script puts them on",
);
const other = unknown("no rule knows what they do; keepalived is reloaded, never restarted");

/** What is judged with VRRP, or follows from the host's name and platform, apart. */
const judged = ["vrrp_version", "lvs_sync_daemon", "router_id", "lvs_process_name", "checker_process_name"];

function globalsOf(file: Block): string {
  return blocksOf(file, "global_defs")
    .map((block) => blockText(block, judged))
    .join("; ");
}

/** The version of VRRP of a file; null where it says none. */
export function versionOf(file: Block): string | null {
  return blocksOf(file, "global_defs").map((block) => behind(block, "vrrp_version"))[0] ?? null;
}
