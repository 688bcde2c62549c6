// What needs a system that runs: boots, drains, hands, and changes that wait to be confirmed.
import { Fault } from "./fault.mjs";
import { RUNNING } from "./guest-state.mjs";
import { FOREIGN_THING, handOf } from "./guest-steps.mjs";
import { tail } from "./oracles.mjs";

const isBundle = (inForce) => inForce === "now" || inForce === "next";

/** What stood as described stands so again after a boot. */
export async function booted(play, { do: how }) {
  play.count(`${how}s`);
  if (how === "reboot") play.mayStop();
  await play.host.boot(how);
  play.boots += 1;
  play.foreign.clear();
  const settled = isBundle(play.inForce) ? play.inForce : undefined;
  const { state, again } = await play.host.turn({ settled });
  play.state = state;
  if (settled) play.holds(settled, { again });
}

export async function drained(play, { do: command, how }) {
  const bundle = play.inForce;
  if (!isBundle(bundle)) return false;
  const had = play.ways.map(({ number }) => number);
  const result = await play.run({ bundle, words: [command, "web1", "--drain", "0"], how, settled: bundle });
  if (result.code === 0) {
    for (const way of play.ways) if (!had.includes(way.number)) way.aside = true;
    return play.holds(bundle, result);
  }
  play.inForce = undefined;
  if (result.struck === undefined) throw new Fault(`an undisturbed ${command} succeeds`, tail(result.output));
}

/** Somebody changes by hand what is described: check has to see it. */
export async function handed(play, step) {
  const bundle = play.inForce;
  // Who is out of rotation already may not be there to be changed.
  if (!isBundle(bundle) || play.drained) return false;
  const { role } = play.host;
  await play.host.shell(handOf(role, bundle, step));
  play.count("edits by hand");
  Object.assign(play, { inForce: undefined, edited: true });
  const { code } = await play.run({ bundle, words: ["check"] });
  if (code !== 2) throw new Fault("check sees what a hand changed", [`it ended with ${code}`]);
  return true;
}

/** Somebody adds what is no business of lvsgen's. */
export async function foreign(play, { command }) {
  await play.host.shell(command);
  play.count("additions by hand");
  const { state } = await play.host.turn({});
  play.state = state;
  play.foreign = new Set([...state.things(RUNNING)].filter((thing) => FOREIGN_THING.test(thing)));
}

/** A change that is not confirmed is gone, a boot before its time is over does not keep it; one that is confirmed stays. */
export async function confirmed(play, { bundle, end }) {
  // What was in force has to be known, so that it can be looked for.
  if (play.inForce === undefined || play.drained) return false;
  const before = { before: play.state, inForce: play.inForce, boots: play.boots, drained: false, edited: false };
  const seconds = end === "lapsed" ? "1" : "3600";
  const { output } = await play.done({ bundle, words: ["apply", ...play.atOnce, "--confirm", seconds] });
  const changed = !/ changed=0 /.test(output);
  if (end === "confirmed" || !changed) {
    if (changed) await play.done({ bundle, words: ["confirm"] });
    const { state, again } = await play.host.turn({ settled: bundle });
    play.state = state;
    return play.holds(bundle, { again });
  }
  if (end === "reset") {
    await play.host.boot("reset");
    play.boots += 1;
    play.foreign.clear();
  }
  play.count("not confirmed");
  const unit = `lvsgen-confirm-kgc-${play.host.role}`;
  // However long that takes: the step's own limit ends it.
  await play.host.shell(`
    while [[ -e /etc/systemd/system/${unit}.service ]]; do sleep 0.1; done
    until [[ $(systemctl is-active ${unit}.service ${unit}.timer) != *activ*ing* && $(systemctl is-active ${unit}.timer) != active ]]; do sleep 0.1; done`);
  const { state, generations } = await play.host.turn({});
  play.state = state;
  play.keepWays(generations, undefined);
  play.isBack("what is not confirmed is put back", before, {});
}
