/** A rollout that goes to the hosts itself. */
import { spawnSync } from "node:child_process";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { isOfFormer, type Plan, scriptFor } from "../../rollout/index.ts";
import { programOf } from "../../sign/programs.ts";
import { jsonLine } from "../../terminal/json.ts";
import type { Problem } from "../../terminal/problem.ts";
import { happeningText, printEnding, printUnproven } from "../../terminal/rollout.ts";
import { type Terminal, whenUnwritten } from "../../terminal/terminal.ts";
import { type RolloutBundle, readBundle } from "./bundle.ts";
import { drive } from "./drive.ts";
import { takeLock } from "./lock.ts";
import type { RolloutOptions } from "./options.ts";
import { endOf, progressNow } from "./progress-now.ts";
import { readSecrets } from "./secrets.ts";
import type { Target } from "./session.ts";
import { openState, type StateFolder, unwritten } from "./state.ts";
import { stopAtSignals } from "./stop.ts";

export interface Setting {
  readonly plan: Plan;
  readonly bundle: RolloutBundle;
  readonly state: StateFolder;
  readonly options: RolloutOptions;
  readonly terminal: Terminal;
  readonly fail: (problem: Problem) => ExitCode;
}

export async function overSsh({ plan, bundle, state: opened, options, terminal, fail }: Setting): Promise<ExitCode> {
  const { out, err } = terminal;
  const { json, done = [], packages = null, maxParallel, stopAfter = null, only, without = [] } = options;
  const ssh = programOf("ssh");
  if (ssh === null)
    return fail({
      code: "NO_SSH",
      file: "ssh",
      message: "there is no ssh on PATH",
      hint: "install OpenSSH's client; or do without: lvsgen rollout DIR --markdown",
      exitCode: exitCode.unavailable,
    });
  const former = await formerOf(plan, bundle, options);
  if (former !== null && "code" in former) return fail(former);
  const secrets =
    options.secrets === undefined ? new Map<string, Buffer>() : readSecrets(options.secrets, plan.cluster);
  if ("code" in secrets) return fail(secrets);
  const lock = takeLock(opened.path);
  if (typeof lock !== "function") return fail(lock);
  // What was written before the lock was there may have grown meanwhile.
  const state = openState(opened.path, plan, true);
  if ("code" in state) {
    lock();
    return fail(state);
  }
  const say = err.language.terminal;
  const stop = stopAtSignals((turn) => {
    const text =
      turn === "stopping"
        ? "stopping: what is begun comes to its end, nothing new is begun (once more: it is left to the hosts)"
        : "ending: what is begun goes on by itself on its hosts, and is asked for when this is run again";
    err.write(`${say(text)}\n`);
  });
  // Whoever looked on has gone (a pipe, a terminal): what was begun comes to its end all the same, and is written down.
  whenUnwritten(stop.begin);
  try {
    if (json) out.write(jsonLine({ event: "begin", unproven: bundle.unproven }));
    else printUnproven(bundle.unproven, err);
    for (const step of done) state.writeByHand(step);
    const ending = await drive(
      plan,
      {
        bundle,
        former,
        hosts: hostsOf(plan, [bundle, ...(former === null ? [] : [former])]),
        state,
        packages,
        secrets,
        stop,
        targetOf: targets(ssh, options),
        tell: (happening) => out.write(json ? jsonLine(happening) : happeningText(happening, out)),
      },
      {
        maxParallel,
        stopAfter,
        only: only === undefined ? null : new Set(only),
        without: new Set(without),
      },
    );
    const progress = progressNow(plan, bundle, state);
    const { done: ready, all, isComplete } = progress;
    const step = "step" in ending ? ending.step.number : null;
    if (json)
      out.write(jsonLine({ event: "end", ending: ending.kind, step, done: ready, tasks: all, complete: isComplete }));
    else printEnding({ ending, progress, state: state.path, entries: state.entries, plan }, terminal);
    return endOf(progress);
  } catch (error) {
    return fail(
      unwritten(
        state.path,
        error,
        "make room there, and run this again: it asks the hosts how far they are. What was applied and not confirmed goes back by itself",
      ),
    );
  } finally {
    whenUnwritten(null);
    stop.release();
    lock();
  }
}

function hostsOf(plan: Plan, bundles: readonly RolloutBundle[]): ReadonlySet<string> {
  return new Set([
    ...bundles.flatMap(({ expected }) => expected.hosts.map(({ host }) => host)),
    ...plan.steps.flatMap(({ step }) => step.hosts),
  ]);
}

/** The former bundle where a step needs it, or a host that leaves its own script of it; it has to be the very one that the change leads from. */
async function formerOf(
  plan: Plan,
  present: RolloutBundle,
  { former: directory, first }: RolloutOptions,
): Promise<RolloutBundle | Problem | null> {
  const tasks = plan.steps.flatMap(({ batches }) => batches.flatMap((batch) => batch.tasks));
  const needing = tasks.filter((task) => isOfFormer(task, present.files));
  if (first === true || needing.length === 0) return null;
  const problem = (file: string, message: string, hint: string): Problem => ({
    code: "FORMER_BUNDLE",
    file,
    message,
    hint,
    exitCode: exitCode.usage,
  });
  if (directory === undefined)
    return problem(
      "--former",
      "a step takes off what the scripts of the former bundle put there, and they are not in this one",
      `name its directory: --former DIR${plan.former === null ? "" : ` (its SHA256SUMS has the sum ${plan.former})`}`,
    );
  const bundle = await readBundle(directory, {});
  if ("code" in bundle) return bundle;
  if (plan.former !== null && bundle.sum !== plan.former)
    return problem(
      directory,
      "is not the bundle that this change leads from",
      `its SHA256SUMS has the sum ${plan.former}`,
    );
  const lacking = needing.find(({ host, script }) => scriptFor(bundle.files, host, script) === null);
  if (lacking === undefined) return bundle;
  const { script, host } = lacking;
  return problem(directory, `has no ${script} for ${host}`, "name the bundle that this change leads from");
}

/** Seconds after which a host that answers nothing is given up, where the configuration of ssh says nothing else. */
const patience = { connect: "ConnectTimeout=20", alive: "ServerAliveInterval=10" };

/** How ssh is called for each host. What its configuration says stands; nothing of it is turned off but questions, which nobody could answer. */
function targets(ssh: string, { sshName = new Map(), sudo }: RolloutOptions): (host: string) => Target {
  const known = new Map<string, Target>();
  return (host) => {
    const name = sshName.get(host) ?? host;
    const target = known.get(host) ?? { ssh, name, options: optionsFor(ssh, name), sudo: sudo === true };
    known.set(host, target);
    return target;
  };
}

function optionsFor(ssh: string, name: string): readonly string[] {
  const { stdout } = spawnSync(ssh, ["-G", "--", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const says = (pattern: RegExp): boolean => pattern.test(stdout ?? "");
  return [
    "BatchMode=yes",
    ...(says(/^connecttimeout [1-9]/im) ? [] : [patience.connect]),
    ...(says(/^serveraliveinterval [1-9]/im) ? [] : [patience.alive]),
  ].flatMap((option) => ["-o", option]);
}
