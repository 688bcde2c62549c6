// Plays a sequence of several clusters in a guest, and looks after each run whether all is as if the others had never been there.
import { Fault } from "../fault.mjs";
import { expectBetween, expectSameState } from "../guest-state.mjs";
import { soundRun, tail } from "../oracles.mjs";
import { describe, letterOf, SHAPES } from "./descriptions.mjs";
import { expectNeverAway } from "./moments.mjs";
import { expectPristine } from "./targets.mjs";

/** Of a file that several write to, the content is compared line by line (`lines` of clusters-turn.sh). */
const SHARED =
  /^[0-9a-f]{64} {2}\/etc\/(fstab|exports|ipvsadm\.rules|sysconfig\/ipvsadm|network\/interfaces|rc\.d\/rc\.local)$/;

/** Every face that a sequence has. */
export const facesOf = (steps) => [...new Set(steps.flatMap(({ left }) => left))].sort();

export function faceOf(text) {
  const [name, version] = text.split(".");
  return { name, version: Number(version) };
}

/** The scripts of a face, by the names that they have in the guest. */
export const scriptNames = (shape, face) => SHAPES[shape][letterOf(face)].map((role) => `${face}.${role}.sh`);

/** Where the description of a face is built: `(description) => { role: { file } }`. */
export async function scriptFiles({ platform, shape, steps }, build) {
  const files = {};
  for (const face of facesOf(steps)) {
    const built = await build(describe(platform, shape, faceOf(face)));
    for (const role of SHAPES[shape][letterOf(face)]) files[`${face}.${role}.sh`] = built[role].file;
  }
  return files;
}

export class ClustersPlay {
  constructor(guest, { shape, steps }, targets) {
    this.guest = guest;
    this.shape = shape;
    this.steps = steps;
    this.targets = targets;
    this.counts = { runs: 0, boots: 0, moments: 0, "second applies": 0, compared: 0 };
    this.booted = false;
    this.index = -1;
    /** Moments of the run before, where this one goes on with it. */
    this.earlier = [];
  }

  async play() {
    try {
      await this.guest.shell("/root/faults/shared-host.sh");
      // From here on a boot finds nothing to make otherwise.
      await this.guest.boot("reset");
      this.pristine = (await this.guest.together({})).state;
      const sets = this.steps.map(({ left }) => left);
      await this.targets.learn(this.guest, this.pristine, sets, (face) => scriptNames(this.shape, face));
      for (const [index, step] of this.steps.entries()) {
        this.index = index;
        await this.perform(step);
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { index: this.index, oracle: error.oracle, lines: error.lines };
    }
    return undefined;
  }

  async perform(step) {
    const left = step.left.flatMap((face) => scriptNames(this.shape, face));
    let result;
    if (step.do === "reboot" || step.do === "reset") {
      await this.guest.boot(step.do);
      this.booted = true;
      this.counts.boots += 1;
      this.earlier = [];
      result = await this.guest.together({ left });
    } else {
      const scripts = scriptNames(this.shape, `${step.name}.${step.version}`);
      if (step.do === "uninstall") scripts.reverse();
      result = await this.guest.together({ command: step.do, scripts, left });
      soundRun(step.do, undefined, result);
      if (result.code !== 0) throw new Fault(`an undisturbed ${step.do} succeeds`, tail(result.output));
      this.counts.runs += 1;
      this.neverAway(step, result.moments);
    }
    this.isAsFresh(step.left, result.state);
    this.nothingLeft(result);
  }

  /** A move that drops no connection is looked at as one. */
  neverAway({ kept }, moments) {
    this.counts.moments += expectNeverAway(moments);
    if (kept) expectNeverAway([...this.earlier, ...moments]);
    this.earlier = moments;
  }

  isAsFresh(left, state) {
    this.counts.compared += 1;
    const target = this.targets.of(left);
    const compare = this.booted
      ? (oracle, want, have, view) => expectBetween(oracle, [want], have, view)
      : expectSameState;
    if (left.length > 0) compare("as if there had been no other cluster", target, state, { less: SHARED });
    else expectPristine(this.pristine, state, compare);
  }

  nothingLeft({ again = [], state, after }) {
    for (const { script, apply, check } of again) {
      this.counts["second applies"] += 1;
      if (apply.code !== 0 || !/ changed=0 /.test(apply.output))
        throw new Fault("another apply of what is there changes nothing", [script, ...changes(apply.output)]);
      if (check.code !== 0) throw new Fault("check of what is there says so", [script, ...changes(check.output)]);
    }
    if (after) expectSameState("another apply and a check write nothing", state, after, { own: true, times: true });
  }
}

const changes = (output) => [
  ...output.split("\n").filter((line) => /^(changed|pending|failed) /.test(line)),
  ...tail(output),
];
