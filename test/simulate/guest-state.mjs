// What a guest is like, as test/faults/guest/state.sh or test/docker/guest/snapshot tells it: seen whole or in part, and compared.
import { Fault } from "./fault.mjs";

/** Of files and shares, the time; it holds where everything is put back. */
const TIMES = [
  [/^(file \S+ \S+) \S+ /, "$1 "],
  [/^(share .*) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, "$1"],
];
/** What a boot starts where it is enabled, and an apply does not: it is its start that has an effect, not that it goes on. */
const AT_BOOT = /^(Id=(?:ipvsadm|rc-local)\.service) ActiveState=\w+/;

/**
 * Modules that others brought along: modprobe -r takes them off where they are not needed, its stand-in leaves them; and the scheduler that a hand's edit
 * of the table brings. The * is that of an empty directory.
 */
const BROUGHT_ALONG = /^module (\*|nf_conntrack|tunnel4|sunrpc|ip_vs_sh)$/;
const LIVE = /^(?!files|shares)/;

/** Things of one section, each on a line of its own: what belongs to one thing is put together. */
function things(section, text) {
  if (section === "units" && /^Id=/m.test(text))
    return text.split(/\n(?=Id=)/).map((unit) => unit.trim().replaceAll("\n", " "));
  return text.replaceAll(/\n(?=[0-9a-f]{64} {2}-$)/gm, " ").split("\n");
}

export class GuestState {
  /** `text` is of `state.sh own times`, or of `snapshot`, which has more sections, and all times. */
  constructor(text) {
    this.sections = new Map();
    for (const part of text.split(/^== /m).slice(1)) {
      const end = part.indexOf("\n");
      const name = part.slice(0, end);
      this.sections.set(
        name,
        things(name, part.slice(end + 1)).filter((thing) => thing !== ""),
      );
    }
  }

  /**
   * Its things, with the section before each. `own`: what lvsgen keeps for itself too; `times`; `booted`: without what a boot makes of them; `only`:
   * sections whose name matches; `less`: not these.
   */
  things({ own = false, times = false, booted = false, only = /./, less } = {}) {
    const found = new Set();
    for (const [section, all] of this.sections) {
      if (!only.test(section)) continue;
      for (let thing of all) {
        if (!own && section === "files" && thing.includes("/var/lib/lvsgen")) continue;
        if (less?.test(thing) || BROUGHT_ALONG.test(thing)) continue;
        if (!times) for (const [pattern, rest] of TIMES) thing = thing.replace(pattern, rest);
        if (booted) thing = thing.replace(AT_BOOT, "$1");
        found.add(`${section}: ${thing}`);
      }
    }
    return found;
  }
}

/** The same, seen that way. */
export function expectSameState(oracle, want, have, view) {
  expectThings(oracle, [want], have, view);
}

/**
 * A guest that was booted meanwhile may have of each live thing what was there before, or what a boot makes of it: what neither has must not be
 * there, and what both have must.
 */
export function expectBetween(oracle, wanted, have, view) {
  expectThings(oracle, wanted, have, { ...view, booted: true });
}

function expectThings(oracle, wanted, have, view) {
  const found = have.things(view);
  const allowed = wanted.map((state) => state.things(view));
  const missing = [...allowed[0]].filter((thing) => allowed.every((one) => one.has(thing)) && !found.has(thing));
  const more = [...found].filter((thing) => !allowed.some((one) => one.has(thing)));
  if (missing.length + more.length > 0)
    throw new Fault(
      oracle,
      [...missing.map((thing) => `- ${thing}`), ...more.map((thing) => `+ ${thing}`)].slice(0, 30),
    );
}

/** Views: the files, and what only a running system has. */
export const FILES = { only: /^files$/, times: true };
export const RUNNING = { only: LIVE };
