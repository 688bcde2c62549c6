/** A described cluster to play with: its hosts booted, its bundle on each, and applied where that is wanted. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { analyse } from "../../src/compile.ts";
import { must } from "./command.ts";
import { describedHosts } from "./described.ts";
import type { Host } from "./host.ts";
import { Lab, tearDown } from "./lab.ts";
import { program, stepsOf } from "./proofs/bundle.ts";

/** Where the bundle lies on each host. */
const place = "/root/out";

export interface Played {
  readonly name: string;
  readonly file: string;
  readonly apply: boolean;
  readonly boot: (hosts: readonly Host[]) => Promise<void>;
  readonly say: (text: string) => void;
}

/** Throws, and leaves no lab behind, where the description does not build or the lab has not what it names. */
export async function play({ name, file, apply, boot, say }: Played): Promise<void> {
  const { cluster } = await analyse(await readFile(file, "utf8"), { file });
  if (cluster === null) throw new Error((await build(file, ["validate", file])) || `${file} does not build`);
  const { hosts, router } = describedHosts(cluster);
  if ((await Lab.open(name)) !== null)
    throw new Error(
      `there is a lab ${name} already: take it down first (lab down), or give another one a name (--name)`,
    );
  const lab = await Lab.create(name, null);
  try {
    const out = join(lab.directory, "out");
    await build(file, ["build", file, "-o", out, "--force", "--no-since"]);
    await boot(await lab.add(...hosts));
    if (router !== null) await lab.host(router).must(routing);
    await Promise.all(cluster.hosts.map((host) => lab.host(host.name).put(out, place)));
    const steps = stepsOf(await readFile(join(out, "RUNBOOK.md"), "utf8"));
    const configuring = steps.filter(({ script }) => script !== "client-test.sh");
    for (const [index, { host, script }] of (apply ? configuring : []).entries()) {
      say(`${index + 1} of ${configuring.length}: ${script} on ${host}`);
      const told = await lab.host(host).run(`cd ${place} && bash ${script}`, { timeout: 600 });
      if (told.code !== 0) say(`it ended with ${told.code}:\n${told.out}${told.err}`);
    }
    for (const { host, script } of steps) say(`${host}: bash ${script}, in ${place}`);
    if (router !== null) say(`${router}: the gateways that the description has and no host is`);
    const other = name === "default" ? "" : `--name ${name} `;
    say(`a shell: npm run lab -- ${other}shell ${steps[0]?.host ?? ""}; the end of it: npm run lab -- ${other}down`);
  } catch (error) {
    await tearDown(name);
    throw error;
  }
}

async function build(file: string, words: readonly string[]): Promise<string> {
  try {
    return await must(process.execPath, [await program(), ...words]);
  } catch (error) {
    throw new Error(`${file} does not build:\n${error instanceof Error ? error.message : error}`);
  }
}

/** Across boots. */
const routing = `printf '%s\\n' net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 > /etc/sysctl.d/lab.conf
sysctl -q -p /etc/sysctl.d/lab.conf`;
