// Plays a sequence on a host of its own and looks after each step whether all is as it has to be.
import { rmSync } from "node:fs";
import { HOST, scriptsOf } from "./bundles.mjs";
import { meets } from "./expect.mjs";
import { expectNone, Fault } from "./fault.mjs";
import { FreshHosts } from "./fresh.mjs";
import { Memory } from "./memory.mjs";
import { boundedState, isRefused, soundRun, temporaries } from "./oracles.mjs";
import { applied } from "./played/apply.mjs";
import { cameTrue, DRY_RUN, foretold } from "./played/foretold.mjs";
import { damaged, edited } from "./played/hands.mjs";
import { paired } from "./played/pair.mjs";
import { rolledBack } from "./played/rollback.mjs";
import { uninstalled } from "./played/uninstall.mjs";
import { IMAGE, ROOT, run, stateOf } from "./script.mjs";
import { changedPaths, differences, readTree, writeTree } from "./tree.mjs";

const AFTER = { apply: applied, rollback: rolledBack, uninstall: uninstalled };
const fresh = new FreshHosts(`${IMAGE}/fresh`);

export class Play {
  /** `wanted` is the oracle that a smaller sequence is to show: what only others need is left out. */
  constructor({ files, descriptions, steps }, scripts, wanted) {
    this.wanted = wanted;
    this.files = files;
    this.descriptions = descriptions;
    this.steps = steps;
    this.scripts = scripts;
    this.counts = { steps: 0 };
    this.fresh = fresh;
    this.temporaries = new Map();
  }

  /** Resolves to undefined, or to `{ index, oracle, lines, struck }` of the step after which something is wrong. */
  async play() {
    writeTree(ROOT, this.files);
    this.memory = new Memory(ROOT, `${IMAGE}/base`);
    for (const [index, step] of this.steps.entries()) {
      this.index = index;
      this.last = { ...this.last, struck: undefined };
      try {
        if ((await this.perform(step)) !== false) this.counts.steps += 1;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return { index, oracle: error.oracle, lines: error.lines, struck: this.last.struck };
      }
    }
    return undefined;
  }

  looksFor(pattern) {
    return this.wanted === undefined || pattern.test(this.wanted);
  }

  perform(step) {
    switch (step.do) {
      case "edit":
        return edited(this, step);
      case "damage":
        return damaged(this, step);
      case "pair":
        return paired(this, step);
      case "expect":
        return meets(ROOT, step, this.last);
      default:
        return this.command(step);
    }
  }

  count(what) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** The script that a step names: of its description; of a role that is described no longer, the last one. */
  async scriptOf({ of, role, do: command }) {
    const description = this.descriptions[of];
    const name = `${description.name} ${role}`;
    const scripts = await scriptsOf(description, this.scripts);
    const script = scripts?.[role] ?? (command === "apply" ? undefined : this.memory.roles.get(name)?.script);
    return (
      script && {
        ...script,
        of,
        name,
        cluster: description.name,
        state: stateOf(ROOT, { cluster: description.name, role }),
      }
    );
  }

  /** Runs a script and looks at what holds after every run. */
  async runScript(script, command, words, how) {
    this.count(`${command} runs`);
    const result = await run(script.file, [command, ...words, "--host", HOST], how);
    this.last = { ...result, command };
    if (result.struck !== undefined) this.count(`${how.fault} struck`);
    // What each run said, for a person who looks into a case.
    if (process.env.SIMULATE_TRACE)
      process.stderr.write(
        `== ${this.index + 1} ${script.name} ${[command, ...words].join(" ")}: ${result.code}\n${result.output}`,
      );
    soundRun(words.includes(DRY_RUN) ? `${command} ${DRY_RUN}` : command, how, result, this.memory);
    return result;
  }

  async command(step) {
    const script = await this.scriptOf(step);
    if (script === undefined) return false;
    const role = this.memory.role(script.name);
    const words = [];
    if (step.only) words.push("--only", step.only);
    if (step.adopt) words.push("--adopt");
    if (step.do === "rollback" && step.back !== undefined) words.push("--to", String(rollbackTarget(role, step.back)));
    if (step.do === "rollback" && step.to !== undefined) words.push("--to", String(step.to));
    if (step.do === "check") return this.onlyReads(script, "check", []);
    const said = await foretold(this, { step, script, role, words });
    const before = readTree(ROOT);
    const event = this.memory.events.length;
    const result = await this.runScript(script, step.do, words, step.how);
    const tree = readTree(ROOT);
    const changed = changedPaths(before, tree);
    this.memory.events.push({ who: script.name, paths: changed });
    this.memory.overruled(script, changed);
    this.noLitter(script.name, result);
    if (isRefused(result, this.memory)) expectNone("what is refused changes nothing", differences(before, tree));
    if (!role.damaged) boundedState(script.state, script.name);
    cameTrue(said, result);
    await AFTER[step.do](this, { step, script, role, words, before, tree, event, result });
    this.noMarkLost(result);
    return true;
  }

  /** Nothing is written by a check, or by what says what a rollback would do. */
  async onlyReads(script, command, words) {
    const before = readTree(ROOT, true);
    const result = await this.runScript(script, command, words);
    expectNone(
      `${[command, ...words.filter((word) => word === DRY_RUN)].join(" ")} writes nothing`,
      this.writtenSince(before),
    );
    return result;
  }

  writtenSince(before) {
    return differences(before, readTree(ROOT, true), { parts: ["type", "rights", "content", "time"] });
  }

  /** Temporary files: none of a run that came through, none that an undisturbed one leaves. */
  noLitter(name, { code, struck }) {
    const now = temporaries(readTree(ROOT, true));
    for (const path of this.temporaries.keys()) if (!now.includes(path)) this.temporaries.delete(path);
    const fresh = now.filter((path) => !this.temporaries.has(path));
    // What the very command was to take away that was made to fail.
    const unavoidable = (path) => struck?.startsWith("rm ") && struck.includes(path);
    // A run that was ended is finished by the next one.
    const died = code > 128;
    if (!died)
      expectNone(
        "no leftovers",
        fresh.filter((path) => !unavoidable(path)).map((path) => `${path} is left by a run that ended with ${code}`),
      );
    for (const path of fresh) this.temporaries.set(path, name);
    if (code !== 0 || struck !== undefined) return;
    expectNone(
      "no leftovers",
      now
        .filter((path) => this.temporaries.get(path) === name)
        .map((path) => `${path} is left from a run that was killed`),
    );
  }

  /** What a hand wrote is somewhere: where it was written, or kept. */
  noMarkLost({ struck, code }) {
    if (struck !== undefined || code !== 0 || this.memory.marks.size === 0) return;
    const texts = [...readTree(ROOT, true).values()].map(({ content }) => content);
    for (const [mark, path] of this.memory.marks)
      if (!texts.some((text) => text.includes(mark)))
        throw new Fault("no edit by hand is lost", [
          `${path}: ${JSON.stringify(mark)} is nowhere below the root any more`,
        ]);
  }

  /** An operator gives a damaged journal up. */
  giveUp(script, role) {
    for (const path of role.ever) this.memory.touched.add(path);
    rmSync(script.state, { recursive: true, force: true });
    this.memory.forget(script.name);
  }
}

function rollbackTarget(role, back) {
  const last = Number(role.ways.at(-1)?.number ?? 0);
  return Math.max(0, last - back);
}
