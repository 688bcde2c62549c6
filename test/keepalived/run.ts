/**
 * keepalived itself reads every keepalived.conf that lvsgen writes, and has nothing to say: for each platform, by the release that is
 * nearest to the platform's own and can be had.
 *
 *   node test/run/typescript.mjs test/keepalived/run.ts [PART OF A NAME]
 */
import { compile } from "../../src/compile.ts";
import type { Scheduler } from "../../src/ipvs.ts";
import { platforms } from "../../src/platform/index.ts";
import type { Platform, PlatformName } from "../../src/platform/platform.ts";
import { ensureDaemons, judge, releaseOf, SUITES } from "./daemons.mjs";
import { descriptions, type Parts, schedulers, text } from "./descriptions.ts";
import { rolled } from "./rolling.ts";
import { id, importSample, readSamples } from "./samples.ts";

const only = process.argv[2] ?? "";
const samples = readSamples("test/keepalived/samples");

/** Whose daemon reads the files of a platform; 1.3.5 and 2.0.20 are in no Debian, and what is written for 2.0.20 is what 2.1.5 takes as well. */
const readers: Readonly<Record<keyof typeof SUITES, readonly PlatformName[]>> = {
  bullseye: ["debian11", "el8", "anolis8", "kylin10", "openeuler20", "uos20"],
  bookworm: ["debian12", "el9", "openeuler22", "ubuntu22", "ubuntu24", "openeuler24"],
  trixie: ["debian13"],
};
const allSchedulers: readonly Scheduler[] = [
  "rr",
  "wrr",
  "lc",
  "wlc",
  "lblc",
  "lblcr",
  "dh",
  "sh",
  "sed",
  "nq",
  "fo",
  "ovf",
  "mh",
  "twos",
];

/** What it says of a file and does all the same. */
const taken =
  /^(?:.*(?:no protocol set - defaulting to UDP|no forwarding method set, setting default NAT|zero port only valid for persistent services - setting|has port specified - clearing)\n?)+$/;

/** Up to 2.2.2 it says so of somebody's multicast instance of IPv6 and takes it all the same; later ones do in strict mode alone. */
const harmless = /^.*the first IPv6 VIP address must be link local\n?/gm;

let number = 0;
let failed = 0;
function report(ok: boolean, name: string, remark: string): void {
  number += 1;
  if (!ok) failed += 1;
  console.log(`${ok ? "ok" : "not ok"} ${number} - ${name}`);
  if (!ok) for (const line of remark.split("\n")) console.log(`# ${line}`);
}

function abilities({ keepalived, limits }: Platform): ReadonlySet<string> {
  return new Set<string>([
    ...Object.entries(keepalived).flatMap(([name, value]) => (value === true ? [name] : [])),
    ...limits.tunnelTypes,
    ...(limits.sctpServices ? ["sctp"] : []),
  ]);
}

/** The files of both directors. */
async function filesOf(name: string, platform: PlatformName, parts: Parts): Promise<[path: string, text: string][]> {
  const { bundle, diagnostics } = await compile(text(platform, parts));
  if (bundle === null) {
    report(false, `${platform}: ${name}`, diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
    return [];
  }
  return bundle.files
    .filter(({ path }) => path.endsWith("/etc/keepalived/keepalived.conf"))
    .map(({ path, chunks }) => [path, chunks.join("")] as const)
    .map(([path, file]) => [path, file]);
}

/** A sample is what the daemon takes, and so is what is built from its import. */
async function judgeSamples(suite: keyof typeof SUITES, platform: PlatformName, release: string): Promise<void> {
  for (const sample of samples.all) {
    if (!`sample ${sample.name}`.includes(only)) continue;
    const own = judge(suite, sample.text, samples.beside, id);
    const said = own.output.replace(harmless, "");
    report(
      own.status === 0 ? said === "" || taken.test(said) : taken.test(said),
      `keepalived ${release} takes the sample ${sample.name}`,
      `exit code ${own.status}\n${own.output}`,
    );
    const { text: description } = await importSample(sample, samples.beside, platform);
    const { bundle, diagnostics } = await compile(description);
    const file = bundle?.files.find(({ path }) => path.endsWith("/etc/keepalived/keepalived.conf"));
    const { status, output } = file === undefined ? noFile(diagnostics) : judge(suite, file.chunks.join(""));
    report(
      status === 0 && output.replace(harmless, "") === "",
      `keepalived ${release} takes what is built from the import of the sample ${sample.name}`,
      `exit code ${status}\n${output}`,
    );
  }
}

function noFile(diagnostics: readonly { readonly code: string; readonly message: string }[]) {
  return { status: null, output: diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n") };
}

const reason = ensureDaemons((what) => console.error(what));
if (reason) throw new Error(reason);

for (const [suite, names] of Object.entries(readers) as [keyof typeof SUITES, readonly PlatformName[]][]) {
  const release = releaseOf(suite);
  if (!release) {
    number += 1;
    console.log(`ok ${number} - keepalived ${SUITES[suite]} of ${suite} # SKIP cannot be had here`);
    continue;
  }
  // It can tell at all.
  const broken = judge(suite, "global_defs {\n    router_id a\n}\nvirtual_server 192.0.2.1 80 {\n    nonsense 1\n}\n");
  report(
    broken.status !== 0 || broken.output !== "",
    `keepalived ${release} refuses a word that it does not know`,
    broken.output,
  );
  for (const platform of names) {
    const can = abilities(platforms[platform]);
    const known = allSchedulers.filter(
      (one) => !platforms[platform].limits.missingSchedulers.includes(one) && (one !== "twos" || can.has("twos")),
    );
    const fitting = [
      ...descriptions.filter(([, needed]) => needed.every((need) => can.has(need))),
      ["every scheduler", [], schedulers(known)] as const,
    ];
    if (platform === names[0]) {
      await judgeSamples(suite, platform, release);
      // Of connections the kernel tells others, and this one need not have IPVS.
      const ha = { routerId: 80, sync: false };
      if ("rolling".includes(only))
        for (const { ok, what } of await rolled(suite, (services) => filesOf("rolling", platform, { services, ha })))
          report(
            ok,
            `keepalived ${release}, addresses that change on one director after the other: ${what.split("\n", 1)[0]}`,
            what,
          );
    }
    for (const [name, , parts] of fitting) {
      if (!`${platform}: ${name}`.includes(only)) continue;
      for (const [path, file] of (await filesOf(name, platform, parts)).slice(0, 1)) {
        const { status, output } = judge(suite, file);
        report(
          status === 0 && output === "",
          `keepalived ${release} takes the file of ${platform}: ${name}`,
          `${path}, exit code ${status}\n${output}`,
        );
      }
    }
  }
}
console.log(`1..${number}`);
process.exitCode = failed > 0 ? 1 : 0;
