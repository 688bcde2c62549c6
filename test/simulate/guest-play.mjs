// Plays a sequence in a guest and looks after each step whether all is as it has to be, live state included.
import { Fault } from "./fault.mjs";
import { booted, confirmed, drained, foreign, handed } from "./guest-live.mjs";
import { expectBetween, expectSameState, FILES, RUNNING } from "./guest-state.mjs";
import { FOREIGN_THING } from "./guest-steps.mjs";
import { soundRun, tail } from "./oracles.mjs";

/** What a bundle makes of a host; `pristine` is the host without lvsgen. */
const PRISTINE = "pristine";
/** The rules file, which has the weights of who is drained; and what a hand may have added. */
const RULES_THING = /ipvsadm|10\.99\./;

const STEPS = {
  reboot: booted,
  reset: booted,
  confirm: confirmed,
  drain: drained,
  undrain: drained,
  hand: handed,
  foreign,
};

/** What a service that is live brings along. */
const OF_A_SERVICE =
  /\/ipv4\/vs\/|^module ip_vs|^IP Virtual Server version|^Prot LocalAddress|^ *-> RemoteAddress:Port/;

/** What one of these says; nothing where there is none. */
function either(...patterns) {
  const some = patterns.filter(Boolean);
  return some.length > 0 ? new RegExp(some.map(({ source }) => source).join("|")) : undefined;
}

export class GuestPlay {
  /** After the deadline (as of Date.now) only the last steps are played, which end it as any sequence ends. */
  constructor(host, { platform, steps, ending }, deadline) {
    this.host = host;
    this.platform = platform;
    this.steps = steps;
    this.ending = ending;
    this.deadline = deadline;
    this.counts = { steps: 0 };
    this.leftOut = 0;
    /** What is in force, a bundle or the pristine host; undefined where a run did not come through or a hand was there. */
    this.inForce = PRISTINE;
    this.boots = 0;
    /**
     * Generations, the oldest first: `{ number, before, inForce, boots, drained, edited }`, as it was before that one; and `aside`, where a drain made and
     * ended it: a rollback, which undoes applies, leads past it.
     */
    this.ways = [];
    this.drained = false;
    /** Did a hand change what is described since the last apply? */
    this.edited = false;
    /** Things of a hand's own that have to be there. */
    this.foreign = new Set();
    /** Has EL's ipvsadm.service, which saves at its stop what is live, put a hand's own service into the rules file? From then on it stands there. */
    this.saved = false;
  }

  async play() {
    let index = -1;
    try {
      await this.learn();
      for (index = 0; index < this.steps.length; index += 1) {
        if (index < this.steps.length - this.ending && Date.now() > this.deadline) {
          this.leftOut += 1;
          continue;
        }
        if ((await this.perform(this.steps[index])) !== false) this.counts.steps += 1;
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { index, oracle: error.oracle, lines: error.lines, struck: this.struck };
    }
    return undefined;
  }

  /** Without waiting for connections, which the director's script alone does. */
  get atOnce() {
    return this.host.role === "director" ? ["--drain", "0"] : [];
  }

  /**
   * A host that people have lived on, with no service of others in its rules file: lvsgen has the file loaded at boot, so that such a
   * service is live from the first boot on, and a host that was not booted since does not show it. (The fault harness has one there.)
   */
  async livedIn() {
    await this.host.shell(`/root/faults/lived-in.sh ${this.host.role}
for rules in /etc/ipvsadm.rules /etc/sysconfig/ipvsadm; do
  if grep -q '^# kept' "$rules" 2>/dev/null; then
    sed -i '/^-A/d' "$rules" && touch -d '2021-03-04 05:06:07.123456789' "$rules"
  fi
done`);
  }

  /**
   * What each bundle makes of the guest, and that its uninstall gives that back: of one that was booted since a hand last changed what only lives until
   * then, and of one where that still stands.
   */
  async learn() {
    await this.livedIn();
    await this.host.boot("reset");
    this.targetsOfBoot = await this.learnTargets();
    await this.livedIn();
    this.targets = await this.learnTargets();
  }

  async learnTargets() {
    const pristine = (await this.host.turn({})).state;
    const targets = { [PRISTINE]: pristine };
    for (const bundle of ["now", "next"]) {
      targets[bundle] = (await this.done({ bundle, words: ["apply", ...this.atOnce] })).state;
      const { state } = await this.done({ bundle, words: ["uninstall", ...this.atOnce] });
      expectSameState("uninstall gives the guest back", pristine, state, { own: true, times: true });
      this.state = state;
    }
    return targets;
  }

  /** Resolves to false where a step has nothing to work on. */
  perform(step) {
    return STEPS[step.do] ? STEPS[step.do](this, step) : this[step.do](step);
  }

  count(what) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** A command, and what holds after each; where `settled` is described in the end, that too. */
  async run({ bundle, words, how, settled }) {
    const [command] = words;
    this.count(`${command} runs`);
    const before = this.state;
    const result = await this.host.turn({ bundle, words, how, settled });
    this.struck = result.struck;
    if (result.struck !== undefined) this.count(`${how.fault} struck`);
    soundRun(command, how, result);
    this.state = result.state;
    this.keepWays(result.generations, before);
    this.drained = result.drained;
    for (const thing of this.foreign)
      if (!this.state.things(RUNNING).has(thing)) throw new Fault("what is a hand's own stays", [`- ${thing}`]);
    return result;
  }

  async done(wanted) {
    const result = await this.run(wanted);
    if (result.code !== 0) throw new Fault(`an undisturbed ${wanted.words[0]} succeeds`, tail(result.output));
    return result;
  }

  keepWays(numbers, before) {
    this.ways = this.ways.filter(({ number }) => numbers.includes(number));
    const { inForce, boots, drained, edited } = this;
    for (const number of numbers)
      if (!this.ways.some((way) => way.number === number))
        this.ways.push({ number, before, inForce, boots, drained, edited, aside: false });
  }

  async apply({ bundle, how }) {
    const result = await this.run({ bundle, words: ["apply", ...this.atOnce], how, settled: bundle });
    this.inForce = undefined;
    if (result.code === 0) this.holds(bundle, result);
    else if (result.struck === undefined) throw new Fault("an undisturbed apply succeeds", tail(result.output));
  }

  /** A bundle is in force: it looks like a fresh apply of it, and there is nothing left to do. */
  holds(bundle, { again }) {
    this.inForce = bundle;
    this.edited = false;
    this.looksLike(bundle);
    if (again) this.nothingLeft(again);
  }

  looksLike(bundle) {
    // A hand's own service keeps the module, and with it settings, that would go.
    const kept = this.hasForeignService || this.saved;
    const own = bundle === PRISTINE;
    // Who is out of rotation, another suite proves: here, that this changes the table alone.
    const only = this.drained ? /^(?!table$)/ : /./;
    let less = FOREIGN_THING;
    if (this.drained || this.saved) less = RULES_THING;
    if (!this.drained && kept && this.boots > 0) less = either(less, OF_A_SERVICE);
    this.count(this.boots === 0 ? "compared with a fresh apply" : "compared with a fresh apply after boots");
    if (this.boots === 0) expectSameState("as a fresh apply", this.targets[bundle], this.state, { own, only, less });
    else
      expectBetween("as a fresh apply", [this.targets[bundle], this.targetsOfBoot[bundle]], this.state, {
        own,
        only,
        less,
      });
  }

  nothingLeft({ apply, check, verify, state }) {
    this.count("second applies");
    const all = [apply, check, verify];
    if (all.some(({ code }) => code === undefined)) throw new Fault("no run hangs", tail(apply.output));
    if (apply.code !== 0 || !/ changed=0 /.test(apply.output))
      throw new Fault("a second apply changes nothing", tail(apply.output));
    if (check.code !== 0) throw new Fault("check after an apply says that all is as described", tail(check.output));
    // Nobody answers on the port of the changed description's second service.
    const faults = verify.output
      .split("\n")
      .filter((line) => /^failed /.test(line) && !/ (?:listener udp|answer udp \S+) +53 /.test(line));
    if (faults.length > 0 || (verify.code !== 0 && !/^failed /m.test(verify.output)))
      throw new Fault("verify after an apply finds no fault", tail(verify.output));
    expectSameState("a second apply, check and verify write nothing", this.state, state, { own: true, times: true });
  }

  /** Before what may stop ipvsadm.service: of EL, that saves what is live. */
  mayStop() {
    if (this.host.role === "director" && this.platform === "el7" && this.hasForeignService) this.saved = true;
  }

  get hasForeignService() {
    return [...this.foreign].some((thing) => thing.startsWith("table: "));
  }

  async rollback({ bundle, how }) {
    this.mayStop();
    const way = this.ways.findLast(({ aside }) => !aside) ?? this.ways[0];
    const inForce = way === undefined ? this.inForce : way.inForce;
    const wereDrained = this.drained;
    const settled = inForce === PRISTINE || wereDrained || this.edited ? undefined : inForce;
    const result = await this.run({ bundle, words: ["rollback", ...this.atOnce], how, settled });
    this.inForce = undefined;
    if (result.code !== 0) {
      // The same again has to lead there still: the way is kept.
      if (result.struck === undefined) throw new Fault("an undisturbed rollback succeeds", tail(result.output));
      return;
    }
    if (inForce !== PRISTINE && this.drained !== wereDrained)
      throw new Fault("who is drained outlives a rollback", [`before: ${wereDrained}, after: ${this.drained}`]);
    if (way === undefined) this.inForce = inForce;
    // What a hand changed and an older generation has a record of, only a way past that one leads back.
    else if (!this.edited || (this.ways.length === 0 && inForce === PRISTINE))
      this.isBack("a rollback gives the state before", way, result);
  }

  /** What was in force before a generation is so again. */
  isBack(oracle, { before, inForce, boots, drained, edited }, { again }) {
    Object.assign(this, { inForce, edited });
    if (before === undefined) return;
    this.count("compared with the state before");
    // Who was drained, or put back into rotation, since then is so still.
    const other = this.drained !== drained;
    const less = either(other || this.saved ? RULES_THING : FOREIGN_THING, this.saved && OF_A_SERVICE);
    const only = other ? /^(?!table$)/ : /./;
    this.sameFiles(oracle, before, boots, other && { less });
    if (boots === this.boots) expectSameState(oracle, before, this.state, { times: true, less, only });
    else if (inForce !== undefined && !drained && !other)
      expectBetween(oracle, [before, this.targetsOfBoot[inForce]], this.state, { ...RUNNING, less });
    if (again && !this.drained) this.nothingLeft(again);
  }

  async uninstall({ bundle, how }) {
    this.mayStop();
    const result = await this.run({ bundle, words: ["uninstall", ...this.atOnce], how });
    this.inForce = undefined;
    if (result.code !== 0) {
      // It leads past all generations: from half of that only the first one's way leads to where it did.
      for (const way of this.ways.slice(1)) Object.assign(way, { before: undefined, inForce: undefined });
      if (result.struck === undefined) throw new Fault("an undisturbed uninstall succeeds", tail(result.output));
      return;
    }
    Object.assign(this, { drained: false, edited: false, inForce: PRISTINE });
    this.count("compared with the pristine guest");
    this.sameFiles("uninstall gives the guest's files back", this.targets[PRISTINE], 0, { own: true });
    this.looksLike(PRISTINE);
  }

  /** As they were, at the very time. A share that a hand had mounted over some is gone with a boot. */
  sameFiles(oracle, before, boots, view) {
    const share = / \/var\/www\/html\//;
    const less = either(view?.less, this.saved && RULES_THING, boots !== this.boots && share);
    expectSameState(oracle, before, this.state, { ...FILES, ...view, less });
  }
}
