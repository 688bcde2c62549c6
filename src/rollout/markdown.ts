/** The steps as a form to print: boxes to tick, the commands of the runbook, batch by batch. */
import { stepText } from "../diff/titles.ts";
import { afterwardsOf, aligned, commandsOf, questionsOf } from "../render/runbook/commands.ts";
import { type Batch, keyOf, type Plan, type PlannedStep } from "./plan.ts";
import type { Progress } from "./progress.ts";

/** In the language of the reader; commands, names and lines that scripts print stay. */
export interface Words {
  readonly say: (text: string) => string;
  /** What a runbook says as well. */
  readonly sayStep: (text: string) => string;
}

export function markdownOf(plan: Plan, progress: Progress, { say, sayStep }: Words): string {
  const lines = [
    `# ${say(`Rollout of ${plan.cluster}`)}`,
    "",
    say(
      "RUNBOOK.md of the bundle has what has to be seen to before, what clients notice, and the way back from each step.",
    ),
    "",
    `    ${plan.sum}  SHA256SUMS`,
    "",
    ...plan.notes.flatMap((note) => [`> ${sayStep(note)}`, ""]),
    ...plan.steps.flatMap((step) => stepLines(step, plan, progress, { say, sayStep })),
    ...testLines(plan, say),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function stepLines(planned: PlannedStep, plan: Plan, progress: Progress, { say, sayStep }: Words): readonly string[] {
  const { number, step, batches } = planned;
  const { command, former } = stepText(step);
  const title = command === null ? say("by hand") : `\`${command.replace(/^bash /, "")}\``;
  const box = (isDone: boolean): string => (isDone ? "- [x]" : "- [ ]");
  return [
    `## ${number}. ${title}`,
    "",
    `${sayStep(step.why)}${say(".")}`,
    "",
    ...(former ? [say("In the folder of the former bundle."), ""] : []),
    ...(step.action === "by-hand"
      ? [...step.hosts.map((host) => `${box(progress.byHand.has(number))} ${host}  ${say(signature)}`), ""]
      : []),
    ...batches.flatMap((batch) => batchLines(batch, planned, plan, progress, say)),
  ];
}

/** What shows that clients are served; without a machine that is described for it there is no such script. */
function testLines({ testers }: Plan, say: (text: string) => string): readonly string[] {
  if (testers.length === 0) return [];
  const script = "client-test.sh";
  return [
    `## \`${script}\``,
    "",
    say("At the end, from a machine that is no director and no real server:"),
    "",
    ...testers.flatMap((host) => [
      `- [ ] ${host}  ${say(signature)}`,
      "",
      `      bash ${script}   # 0  no line begins with not ok`,
      "",
    ]),
  ];
}

const signature = "done on .............. by ..............";

function batchLines(
  { number, isCanary, tasks }: Batch,
  { step, manner }: PlannedStep,
  plan: Plan,
  progress: Progress,
  say: (text: string) => string,
): readonly string[] {
  const title = say(`Batch ${number}`);
  return [
    `### ${isCanary ? `${title} ${say("(canary)")}` : title}`,
    "",
    ...tasks.flatMap((task) => {
      const isDone = progress.of.get(keyOf(task)) === "done";
      // Where clients wait, all of it was asked before the first step.
      const questions = plan.asksFirst ? [] : questionsOf(step, task.host);
      const commands = [...questions, ...commandsOf(step, task.host, manner)];
      const afterwards = afterwardsOf(step, task.host, manner);
      const lines = aligned([...commands, ...afterwards]).map(({ text }) => `      ${text}`);
      return [
        `${isDone ? "- [x]" : "- [ ]"} ${task.host}  ${say(signature)}`,
        "",
        ...lines.slice(0, commands.length),
        "",
        ...(afterwards.length > 0
          ? [`  ${say("Then log in again, in a new session:")}`, "", ...lines.slice(commands.length), ""]
          : []),
      ];
    }),
    say("Go on when every line of it has ended so."),
    "",
  ];
}
