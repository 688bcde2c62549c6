/** What is typed on hosts that run signed scripts alone. */
import { readFileSync } from "node:fs";
import { parse as parseJsonc } from "jsonc-parser";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";

const described = parseJsonc(readFileSync("examples/kgc.json", "utf8")) as object;
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjWlpUvCZCvEqzv0DqB2DynSMSzs7vA9Vk17KnN6PKJ release@example.org";

async function documents(more: object): Promise<Readonly<Record<string, string>>> {
  const defaults = { platform: "el9", interface: "ens33" };
  const { bundle } = await compile(JSON.stringify({ ...described, defaults, ...more }), { perHost: true });
  return Object.fromEntries((bundle?.files ?? []).map(({ path, chunks }) => [path, chunks.join("")]));
}

const typed = (text: string | undefined): readonly string[] =>
  [...(text ?? "").matchAll(/(?:^ +|`)((?:sudo )?(?:bash|lvsgen-run) [^`#\n]*)/gm)].map(([, command = ""]) =>
    command.trim(),
  );

test("what changes a host is started by lvsgen-run, wherever it stands; what only reads is not", async () => {
  const files = await documents({ trust: { allowedSigners: [key] } });
  const commands = ["RUNBOOK.md", "OPERATIONS.md", "hosts/web1/RUNBOOK.md"].flatMap((path) => typed(files[path]));
  expect(commands).toContain("lvsgen-run . director.sh apply --confirm 120");
  expect(commands).toContain("lvsgen-run ../.. hosts/web1/realserver.sh");
  expect(commands).toContain("lvsgen-run . director.sh confirm");
  expect(commands).toContain("bash /etc/lvsgen/kgc/director.sh uninstall");
  const plain = commands.filter((command) => /^bash (?:director|realserver|nfs)\.sh/.test(command));
  expect(plain.filter((command) => !/ (?:verify|check|status|history|list|show|completion)\b/.test(command))).toEqual(
    [],
  );
  expect(plain.length).toBeGreaterThan(3);
});

test("without it nothing of that is said", async () => {
  const files = await documents({});
  expect(
    Object.values(files).filter((text) => text.includes("lvsgen-run .") || text.includes("--verify-only")),
  ).toEqual([]);
});
