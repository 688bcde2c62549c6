/** A change of the virtual addresses on one director after the other, with the daemons of a suite. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootOf, type SUITES } from "./daemons.mjs";
import { service } from "./descriptions.ts";

const both = (name: string, end: string): readonly object[] => [
  service(`${name}4`, { vip: `192.168.80.${end}` }),
  service(`${name}6`, { vip: `fd00:80::${end}` }),
];
const states = {
  before: both("a", "188"),
  more: [...both("a", "188"), ...both("b", "189")],
  other: both("b", "189"),
} as const;

/**
 * Each step, with whether it went as it has to.
 *
 * @param filesOf the files of both directors of a description with these services, by their paths
 */
export async function rolled(
  suite: keyof typeof SUITES,
  filesOf: (services: readonly object[]) => Promise<readonly (readonly [path: string, text: string])[]>,
): Promise<readonly { readonly ok: boolean; readonly what: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-rolling-"));
  try {
    for (const [state, services] of Object.entries(states))
      for (const [path, text] of await filesOf(services))
        writeFileSync(join(folder, `${state}-${path.split("/")[1]}`), text);
    const own = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"];
    const { stdout, stderr } = spawnSync(
      "unshare",
      [...own, "bash", "test/keepalived/rolling.sh", rootOf(suite), folder],
      {
        encoding: "utf8",
        timeout: 600_000,
      },
    );
    const lines = [...stdout.matchAll(/^(not )?ok (.*)$/gm)].map(([, not, what = ""]) => ({ ok: !not, what }));
    if (lines.length === 6 || lines.some(({ ok }) => !ok)) return lines;
    const logs = ["lvs1", "lvs2"].map((name) => logOf(join(folder, `${name}.log`)));
    return [...lines, { ok: false, what: `ended before its time: ${[stderr, ...logs].join("\n")}` }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function logOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8").slice(-2000) : "";
}
