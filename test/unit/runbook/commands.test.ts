/** Every command that RUNBOOK.md and OPERATIONS.md name is one that the script takes. */
import { expect, test } from "vitest";
import { type Description, pair, web } from "../diff/sides.ts";
import { inDirectory, run, textOf, writeBundle } from "../scripts/bundle.ts";
import { built } from "./changed.ts";

function everything(): Description {
  const one = pair();
  one.hosts.store = { address: "10.0.0.20/24" };
  one.hosts.pc = { address: "10.0.0.50/24" };
  one.clients = ["pc"];
  one.nfs = { server: "store", exports: [{ path: "/srv/www", clients: { "10.0.0.0/24": ["ro"] } }] };
  one.realserver = { mounts: [{ export: "/srv/www", target: "/var/www/html" }] };
  return one;
}

/** `director.sh drain web1 --drain 600`, of code in a line and of indented code, without what is said behind it. */
function commandsIn(text: string): readonly string[] {
  const code = text
    .split("\n")
    .flatMap((line) =>
      /^ {4}/.test(line) ? [line.trim()] : [...line.matchAll(/`([^`]*)`/g)].map(([, span = ""]) => span),
    );
  const commands = code.flatMap((one) => /^bash ([a-z-]+\.sh\b[^#;]*)/.exec(one)?.[1]?.trim() ?? []);
  return [...new Set(commands)];
}

/** Why a script would not take it; null: it would. */
function refusal(command: string, help: string): string | null {
  const [, ...words] = command.split(" ");
  const offered = new Map(
    [...help.matchAll(/^ {2}([a-z]+)( [A-Z]+)? {2,}/gm)].map(([, name = "", operand]) => [name, operand]),
  );
  const options = new Map(
    [...help.matchAll(/^ {2}(--[a-z-]+)(?: ([A-Z,.]+))?/gm)].map(([, name = "", value]) => [name, value]),
  );
  let operands = 0;
  let isFirst = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word.startsWith("--")) {
      if (!options.has(word)) return `no option ${word}`;
      if (options.get(word) !== undefined && !/^[A-Za-z0-9]+$/.test(words[++at] ?? ""))
        return `${word} lacks its value`;
      continue;
    }
    if (isFirst) {
      if (!offered.has(word)) return `no command ${word}`;
      operands = offered.get(word) === undefined ? 0 : 1;
      isFirst = false;
    } else if (operands-- <= 0) return `${word} is too much`;
  }
  return operands > 0 ? "an operand lacks" : null;
}

test.each<[string, Description]>([
  ["one director", web()],
  ["two directors, shares and a client", everything()],
])("of %s", async (_name, description) => {
  const next = structuredClone(description);
  next.services[0].realservers.pop();
  const bundle = await built(next, await built(description));
  const commands = ["RUNBOOK.md", "OPERATIONS.md"].flatMap((path) => commandsIn(textOf(bundle, path)));
  expect(commands.length).toBeGreaterThan(12);
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    const help = new Map<string, string>();
    for (const command of commands) {
      const [script = ""] = command.split(" ");
      if (!help.has(script)) help.set(script, run(directory, script, "--help").stdout);
      expect(help.get(script), script).toContain("Usage: ");
      expect([command, refusal(command, help.get(script) ?? "")]).toEqual([command, null]);
    }
    const of = help.get("director.sh") ?? "";
    expect(refusal("director.sh drain", of)).toBe("an operand lacks");
    expect(refusal("director.sh frobnicate", of)).toBe("no command frobnicate");
    expect(refusal("director.sh apply --twice", of)).toBe("no option --twice");
    expect(refusal("director.sh apply --confirm", of)).toBe("--confirm lacks its value");
  });
});
