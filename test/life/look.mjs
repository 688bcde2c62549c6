// What has to be seen on a host: a command, and what its output has to show or must not.
import { Fault } from "../simulate/fault.mjs";

/** The output of a line of bash has all of these texts, or matches these patterns. */
export const shows = (command, ...texts) => ({ command, texts, wanted: true });

/** It has none of them. */
export const lacks = (command, ...texts) => ({ command, texts, wanted: false });

const has = (output, text) => (typeof text === "string" ? output.includes(text) : text.test(output));

/** Looks at all of it in one process of the guest. */
export async function looked(guest, when, looks) {
  if (looks.length === 0) return;
  const { output } = await guest.exec(
    "bash",
    "-c",
    looks.map(({ command }) => `( ${command} ) 2>&1; printf '\\036'`).join("\n"),
  );
  const outputs = output.split("\x1e");
  looks.forEach(({ command, texts, wanted }, index) => {
    const seen = outputs[index] ?? "";
    const wrong = texts.filter((text) => has(seen, text) !== wanted);
    if (wrong.length === 0) return;
    throw new Fault(when, [
      ...wrong.map((text) => `${command} ${wanted ? "does not show" : "shows"}: ${text}`),
      ...seen.trimEnd().split("\n").slice(0, 25),
    ]);
  });
}
