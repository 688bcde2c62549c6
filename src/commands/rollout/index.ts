import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { keyOf, markdownOf, type Plan, type Progress, planOf } from "../../rollout/index.ts";
import { jsonLine } from "../../terminal/json.ts";
import { type Problem, printProblem, problemToJson } from "../../terminal/problem.ts";
import { printPlan, printUnproven } from "../../terminal/rollout.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { type RolloutBundle, readBundle } from "./bundle.ts";
import type { RolloutOptions } from "./options.ts";
import { endOf, progressNow } from "./progress-now.ts";
import { openState, type StateFolder } from "./state.ts";

/** Says in which batches a bundle goes to its hosts and how far it is, or takes it there. */
export async function rollout(directory: string, options: RolloutOptions, terminal: Terminal): Promise<ExitCode> {
  const fail = (problem: Problem): ExitCode => {
    if (options.json) terminal.out.write(jsonLine({ problems: [problemToJson(problem)] }));
    else printProblem(problem, terminal.err);
    return problem.exitCode;
  };
  const bundle = await readBundle(directory, options);
  if ("code" in bundle) return fail(bundle);
  const { canary, batch, state: named, ssh, done = [], first } = options;
  const manifest = bundle.files.get("manifest.json")?.toString("utf8") ?? "";
  const plan = planOf({ ...bundle, manifest }, { canary, batch }, first === true);
  const wrong = misnamed(plan, directory, options);
  if (wrong !== null) return fail(wrong);
  const place = named ?? join(dirname(resolve(directory)), "rollout-state");
  const isWritten = ssh === true || done.length > 0;
  const state = openState(place, plan, isWritten);
  if ("code" in state) return fail(state);
  if (ssh === true) {
    const { overSsh } = await import("./over-ssh.ts");
    return overSsh({ plan, bundle, state, options, terminal, fail });
  }
  for (const step of done) state.writeByHand(step);
  const progress = progressNow(plan, bundle, state);
  if (options.json) terminal.out.write(jsonLine(toJson(plan, progress, state, bundle)));
  else if (options.markdown) terminal.out.write(markdownOf(plan, progress, wordsOf(terminal)));
  else {
    printUnproven(bundle.unproven, terminal.err);
    printPlan({ plan, progress, state: existsSync(place) ? place : null, directory }, terminal.out);
  }
  return endOf(progress);
}

function wordsOf({ out }: Terminal) {
  return { say: out.language.terminal, sayStep: out.language.document };
}

/** Names and numbers of options that the plan has not. */
function misnamed(plan: Plan, directory: string, options: RolloutOptions): Problem | null {
  const { only = [], without = [], sshName = new Map(), done = [], stopAfter } = options;
  const hosts = new Set(plan.steps.flatMap(({ step }) => step.hosts));
  const usage = (message: string, hint: string): Problem => ({
    code: "NOT_IN_PLAN",
    file: directory,
    message,
    hint,
    exitCode: exitCode.usage,
  });
  const stranger = [...only, ...without, ...sshName.keys()].find((host) => !hosts.has(host));
  // A host that this change leaves as it is may stand among the names for ssh.
  if (stranger !== undefined && !sshName.has(stranger))
    return usage(
      `has nothing to do on a host ${JSON.stringify(stranger)}`,
      "lvsgen rollout DIR says which hosts there are",
    );
  const hand = done.find((number) => plan.steps[number - 1]?.step.action !== "by-hand");
  if (hand !== undefined)
    return usage(`has no step ${hand} that is done by hand`, "lvsgen rollout DIR says which steps there are");
  const alone = onlyWithSsh(options);
  if (alone !== null)
    return {
      ...usage(`takes ${alone} only where it is to go to the hosts`, `add --ssh, or leave ${alone} out`),
      code: "NOT_WITHOUT_SSH",
    };
  const batches = plan.steps.flatMap((step) => step.batches).length;
  if (stopAfter !== undefined && stopAfter > batches)
    return usage(
      `has ${batches} batches, and no batch ${stopAfter}`,
      "lvsgen rollout DIR says which batches there are",
    );
  return null;
}

/** An option that was given and says how the hosts are worked on, where nobody is to go there; null: none. */
function onlyWithSsh({
  ssh,
  only,
  without,
  sshName,
  stopAfter,
  sudo,
  packages,
  secrets,
}: RolloutOptions): string | null {
  if (ssh === true) return null;
  const given: Readonly<Record<string, unknown>> = {
    "--only": only,
    "--without": without,
    "--ssh-name": sshName,
    "--stop-after": stopAfter,
    "--sudo": sudo,
    "--packages": packages,
    "--secrets": secrets,
  };
  return Object.keys(given).find((option) => given[option] !== undefined) ?? null;
}

function toJson(plan: Plan, progress: Progress, state: StateFolder, { unproven }: RolloutBundle) {
  const { cluster, sum, course, former, notes } = plan;
  return {
    format: 1,
    cluster,
    sum,
    course,
    former,
    notes,
    unproven,
    done: progress.done,
    tasks: progress.all,
    complete: progress.isComplete,
    steps: plan.steps.map(({ number, step, batches }) => ({
      number,
      action: step.action,
      script: step.script,
      bundle: step.bundle,
      why: step.why,
      hosts: step.hosts,
      done: step.action === "by-hand" ? progress.byHand.has(number) : undefined,
      batches: batches.map((batch) => ({
        number: batch.number,
        canary: batch.isCanary,
        hosts: batch.tasks.map((task) => ({
          host: task.host,
          role: task.role,
          state: progress.of.get(keyOf(task)),
          reason: state.entries.get(keyOf(task))?.reason ?? null,
          hint: state.entries.get(keyOf(task))?.hint ?? null,
        })),
      })),
    })),
    problems: [],
  };
}
