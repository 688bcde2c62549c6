/** What the proofs of blocks do: run a page's commands on a workstation, build its pieces of descriptions, import rules, run its modules. */
import { join, resolve } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { expect } from "vitest";
import { readBlocks } from "../../docs/blocks.ts";
import { Workstation } from "../../docs/workstation.ts";

export const checkout = resolve(".");
export const blocks = readBlocks(checkout);
export const textOf = (page: string, start: string): string =>
  blocks.find((block) => block.page === page && block.text.startsWith(start))?.text ?? "";

/** Commands of a block, without what is said behind them. */
export const commandsIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/ +# .*$/, ""))
    .filter((line) => line !== "");

/** A bash on a workstation, in a folder of its own. */
export async function onWorkstation(act: (here: Workstation) => Promise<void>): Promise<void> {
  const here = new Workstation(checkout, null);
  try {
    await act(here);
  } finally {
    here.remove();
  }
}

export async function succeeds(here: Workstation, command: string, ends: readonly number[] = [0]): Promise<string> {
  const { code, printed } = await here.run(command);
  expect(ends, `${command}\n${printed}`).toContain(code);
  return printed;
}

/** A repository whose last commit but one, tag, branch and description differ, with a bundle in each commit. */
export async function repository(here: Workstation): Promise<void> {
  const described = textOf("README.md", "{");
  here.write("clusters/shop.json", described);
  const git = "git -c user.name=a -c user.email=a@example.org -c init.defaultBranch=main";
  const commit = `lvsgen build && ${git} add -A cluster.json clusters out && ${git} commit -qm x`;
  here.write("cluster.json", described);
  await succeeds(here, `${git} init -q . && ${commit} && git tag v1.2 && git update-ref refs/remotes/origin/main HEAD`);
  here.write("cluster.json", described.replace('"rr"', '"wlc"'));
  await succeeds(here, commit);
  here.write("cluster.json", described.replace(', { "host": "web2" }', ""));
}

/** Each piece of a description becomes one of a whole one, which is built. */
export async function builds(description: unknown, prepare = "true"): Promise<void> {
  await onWorkstation(async (here) => {
    here.write("cluster.json", JSON.stringify(description));
    expect(await succeeds(here, `${prepare} && lvsgen build`)).toContain("files written");
  });
}

export const base = {
  version: 1,
  name: "web",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.201/24" } },
  directors: ["lvs1"],
};
export const service = { name: "www", vip: "192.168.80.188", port: 443, realservers: [{ host: "web1" }] };
// biome-ignore lint/suspicious/noExplicitAny: a description is changed at will, and the compiler says whether it is one
export const fragment = (page: string, start: string): any =>
  parseJsonc(`{ ${textOf(page, start)} }`, [], { allowTrailingComma: true });

/** Commands of hosts: those that the scripts of a bundle know, as their own help has them. */
export async function areKnown(page: string, start: string): Promise<void> {
  await onWorkstation(async (here) => {
    await succeeds(here, "lvsgen build examples/failover.json");
    const commands = commandsIn(textOf(page, start)).filter((line) => /\bbash \S+\.sh/.test(line));
    expect(commands).not.toEqual([]);
    for (const command of commands) {
      const [, script = "", rest = ""] = /bash (\S+\.sh)([^)]*)/.exec(command) ?? [];
      const help = await succeeds(here, `bash out/${script} --help`);
      for (const word of rest.split(" ").filter((one) => /^(?:--)?[a-z][a-z-]*$/.test(one)))
        expect(help, command).toMatch(new RegExp(`^ +(?:[a-z-]+, )*${word}\\b`, "m"));
    }
  });
}

/** A module of Node's, with `lvsgen` as an installed package. */
export function module(page: string, start: string, last: string, prints: RegExp): Promise<void> {
  return onWorkstation(async (here) => {
    const described = textOf("README.md", "{");
    const texts = `const text = ${JSON.stringify(described)};\nconst oldText = text.replace('"rr"', '"wlc"');\n`;
    here.write("node_modules/lvsgen/package.json", '{"type":"module","exports":"./index.mjs"}');
    here.write("node_modules/lvsgen/index.mjs", `export * from ${JSON.stringify(join(checkout, "dist/index.mjs"))};\n`);
    here.write("site.mjs", `${texts}${textOf(page, start)}\n${last}\n`);
    expect(await succeeds(here, "node site.mjs")).toMatch(prints);
  });
}

/** With rules as a director has them, and what hosts have. */
export function imports(commands: readonly string[]): Promise<void> {
  return onWorkstation(async (here) => {
    const rules = "-A -t 192.168.80.188:80 -s rr\n-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1\n";
    here.write("bin/ipvsadm-save", `#!/bin/bash\n[[ $* == -n ]] && cat <<'END'\n${rules}END\n`);
    here.write(
      "keepalived.conf",
      "virtual_server 192.168.80.188 80 {\n  lb_algo rr\n  lb_kind DR\n  protocol TCP\n  real_server 192.168.80.12 80 {\n    weight 1\n    TCP_CHECK {\n    }\n  }\n}\n",
    );
    here.write("collected/lvs1/ipvsadm-save.rules", rules);
    here.write("collected/web1/etc/hostname", "web1\n");
    await succeeds(here, "chmod +x bin/ipvsadm-save");
    for (const command of commands)
      await succeeds(here, `set -o pipefail; rm -f cluster.json; PATH=$PWD/bin:$PATH; ${command}`);
  });
}

/** A deed, or the file that has the block and what it says of it. */
export type Proof = (() => Promise<void>) | { readonly by: string; readonly says: string };
