// Plays a sequence in a guest and looks after each step whether all is as it has to be, live state included.
import { expectSame, Fault } from "./fault.mjs";
import { booted, confirmed, drained } from "./guest-live.mjs";
import { soundRun, tail } from "./oracles.mjs";

/** Of a guest's state, the files alone: after a boot, what was live before is gone rightly. */
const filesOf = (state) => state.slice(0, state.indexOf("== addresses"));

export class GuestPlay {
  constructor(host, { steps }) {
    this.host = host;
    this.steps = steps;
    this.counts = { steps: 0 };
    this.targets = {};
    this.boots = 0;
    /** `{ number, before, boots }` of each generation. */
    this.ways = [];
    this.drained = false;
    this.edited = false;
    this.unsure = false;
    this.clean = undefined;
  }

  async play() {
    let index = -1;
    try {
      await this.learn();
      for (index = 0; index < this.steps.length; index += 1) {
        await this.perform(this.steps[index]);
        this.counts.steps += 1;
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { index, oracle: error.oracle, lines: error.lines, struck: this.struck };
    }
    return undefined;
  }

  /** What each bundle makes of the guest as it is, and that its uninstall gives that back. */
  async learn() {
    await this.host.exec("/root/faults/lived-in.sh", this.host.role);
    this.before = await this.host.state("own", "times");
    for (const bundle of ["now", "next"]) {
      await this.done(bundle, "apply", ["--drain", "0"]);
      this.targets[bundle] = await this.host.state();
      await this.done(bundle, "uninstall", ["--drain", "0"]);
      expectSame("uninstall gives the guest back", this.before, await this.host.state("own", "times"));
    }
  }

  count(what) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  async run(bundle, command, words = [], how = undefined) {
    this.count(`${command} runs`);
    const result = await this.host.run(bundle, [command, ...words], how);
    this.struck = result.struck;
    if (result.struck !== undefined) this.count(`${how.fault} struck`);
    soundRun(command, how, { ...result, hung: result.code === undefined });
    return result;
  }

  async done(bundle, command, words) {
    const { code, output } = await this.run(bundle, command, words);
    if (code !== 0) throw new Fault(`${command} succeeds`, tail(output));
  }

  async perform(step) {
    switch (step.do) {
      case "live":
        await this.host.shell(step.command);
        this.edited = true;
        this.clean = undefined;
        return;
      case "reboot":
      case "reset":
        return booted(this, step.do);
      case "confirm":
        return confirmed(this, step);
      case "apply":
        return this.apply(step);
      case "rollback":
      case "uninstall":
        return this[step.do](step);
      default:
        return drained(this, step);
    }
  }

  async newWays(before) {
    const numbers = await this.host.generations();
    this.ways = this.ways.filter(({ number }) => numbers.includes(number));
    for (const number of numbers)
      if (!this.ways.some((way) => way.number === number)) this.ways.push({ number, before, boots: this.boots });
  }

  async apply({ bundle, how }) {
    const before = await this.host.state("times");
    const { code, output, struck } = await this.run(bundle, "apply", ["--drain", "0"], how);
    await this.newWays(before);
    this.clean = undefined;
    if (code !== 0) {
      if (struck === undefined) throw new Fault("an undisturbed apply succeeds", tail(output));
      return;
    }
    this.clean = bundle;
    this.edited = false;
    if (!this.drained && this.boots === 0) {
      this.count("compared with a fresh apply");
      expectSame("as a fresh apply", this.targets[bundle], await this.host.state());
    }
    await this.nothingLeft(bundle);
  }

  async nothingLeft(bundle) {
    const state = await this.host.state("own", "times");
    const again = await this.run(bundle, "apply");
    if (again.code !== 0 || !/ changed=0 /.test(again.output))
      throw new Fault("a second apply changes nothing", tail(again.output));
    const check = await this.run(bundle, "check");
    if (check.code !== 0) throw new Fault("check after an apply says that all is as described", tail(check.output));
    expectSame("a second apply and a check write nothing", state, await this.host.state("own", "times"));
  }

  async rollback({ bundle, how }) {
    const way = this.ways.at(-1);
    const { code, output, struck } = await this.run(bundle, "rollback", ["--drain", "0"], how);
    await this.newWays("");
    const sure = !this.unsure && !this.edited;
    this.clean = undefined;
    if (code !== 0) {
      this.unsure = true;
      if (struck === undefined) throw new Fault("an undisturbed rollback succeeds", tail(output));
      return;
    }
    if (way === undefined || !sure || struck !== undefined) return;
    this.drained = (await this.host.shell(`test -s /var/lib/lvsgen/kgc/${this.host.role}/drained`)).code === 0;
    this.count("compared with the state before");
    const now = await this.host.state("times");
    if (way.boots === this.boots) expectSame("a rollback gives the state before", way.before, now);
    else expectSame("a rollback gives the files before", filesOf(way.before), filesOf(now));
  }

  async uninstall({ bundle, how }) {
    const { code, output, struck } = await this.run(bundle, "uninstall", ["--drain", "0"], how);
    const edited = this.edited;
    this.clean = undefined;
    if (code !== 0) {
      this.unsure = true;
      if (struck === undefined) throw new Fault("an undisturbed uninstall succeeds", tail(output));
      return;
    }
    Object.assign(this, { ways: [], unsure: false, drained: false });
    this.count("compared with the pristine guest");
    const now = await this.host.state("own", "times");
    if (this.boots === 0 && !edited) expectSame("uninstall gives the guest back", this.before, now);
    else expectSame("uninstall gives the guest's files back", filesOf(this.before), filesOf(now));
  }
}
