/** Descriptions for the tests of `diff`, and what leads from one to another. */
import { compile } from "../../../src/compile.ts";
import { isError } from "../../../src/diagnostics/index.ts";
import { type BundleText, type Difference, difference, textOfBundle } from "../../../src/diff/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a description is changed at will, and the compiler says whether it is one
export type Description = any;

/** Two real servers behind a director, with a web page and a share. */
export function web(): Description {
  return {
    version: 1,
    name: "web",
    defaults: { platform: "debian12", interface: "eth0" },
    hosts: {
      lvs1: { address: "10.0.0.1/24" },
      web1: { address: "10.0.0.11/24" },
      web2: { address: "10.0.0.12/24" },
      web3: { address: "10.0.0.13/24" },
    },
    directors: ["lvs1"],
    services: [
      {
        name: "shop",
        vip: "10.0.0.100",
        port: 80,
        scheduler: "wrr",
        realservers: [{ host: "web1" }, { host: "web2" }],
      },
    ],
  };
}

/** Two directors that take over from each other. */
export function pair(): Description {
  const one = web();
  one.hosts.lvs2 = { address: "10.0.0.2/24" };
  one.directors = ["lvs1", "lvs2"];
  one.ha = { routerId: 80 };
  return one;
}

export async function bundleText(description: Description): Promise<BundleText> {
  const { bundle, diagnostics } = await compile(JSON.stringify(description));
  if (bundle === null)
    throw new Error(
      diagnostics
        .filter(isError)
        .map(({ message }) => message)
        .join("\n"),
    );
  return textOfBundle(bundle);
}

export async function compared(old: Description, next: Description): Promise<Difference> {
  const found = difference(await bundleText(old), await bundleText(next));
  if (found.kind === "unreadable") throw new Error(`${found.file} ${found.message}`);
  return found;
}

/** `scheduler: wrr -> wlc | new-connections-elsewhere`, of what the table of verdicts is about. */
export function linesOf({ changes }: Difference): string[] {
  return changes
    .filter(({ rule }) => !along.includes(rule))
    .map(({ what, was, becomes, verdict }) => `${what}: ${was ?? "none"} -> ${becomes ?? "none"} | ${verdict}`);
}

/** What goes along with nearly every change. */
const along = ["own-files", "asking-scripts", "module"];

export function stepsOf({ steps }: Difference): string[] {
  return steps.map(({ action, script, hosts }) => `${action} ${script ?? "-"} ${hosts.join(",")}`);
}
