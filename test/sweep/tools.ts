/** Programs of Debian packages that are unpacked, not installed: nothing of the machine that runs the tests changes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import { statementsOf } from "./formats.ts";
import { scratch } from "./scratch.ts";

const packages = [
  ...["nftables", "libnftables1", "libjansson4", "libedit2", "libnftnl11", "libmnl0", "libxtables12"],
  ...["netplan.io", "libnetplan0", "libyaml-0-2", "libglib2.0-0"],
];

const root = resolve("node_modules/.cache/lvsgen-test/debian");

/** The unpacked packages; made once. */
function unpacked(): string {
  if (existsSync(root)) return root;
  const making = `${root}.${process.pid}`;
  const debs = join(making, "debs");
  mkdirSync(debs, { recursive: true });
  const download = () => spawnSync("apt-get", ["download", ...packages], { cwd: debs, encoding: "utf8" });
  let result = download();
  if (result.status !== 0) {
    spawnSync("apt-get", ["update", "-q"]);
    result = download();
  }
  if (result.status !== 0) throw new Error(`apt-get download: ${result.stderr}`);
  for (const deb of readdirSync(debs)) spawnSync("dpkg", ["-x", join(debs, deb), making]);
  renameSync(making, root);
  return root;
}

function run(program: string, words: readonly string[]): { status: number | null; said: string } {
  const at = unpacked();
  const libraries = ["usr/lib", "lib"].flatMap((path) =>
    existsSync(join(at, path)) ? readdirSync(join(at, path)).map((triple) => join(at, path, triple)) : [],
  );
  const { status, stdout, stderr } = spawnSync(join(at, program), words, {
    encoding: "utf8",
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LD_LIBRARY_PATH: libraries.join(":") },
  });
  return { status, said: `${stdout}${stderr}` };
}

export function nftCheck(text: string, fault: (message: string) => void): void {
  const { directory, end } = scratch({ "rules.nft": text });
  const { status, said } = run("usr/sbin/nft", ["-c", "-f", join(directory, "rules.nft")]);
  if (status !== 0) fault(`nft -c: ${said.slice(0, 400)}`);
  end();
}

/**
 * What the host itself has: lvsgen adds addresses to interfaces that it asks the host's netplan for, and a VLAN is none without its
 * number and the interface below it. JSON is YAML, so no name of ours decides what stands there.
 */
function hostDefinitions(text: string): string {
  const { network } = parseYaml(text, { version: "1.1" }) as { network: { vlans?: object } };
  const vlans = Object.keys(network.vlans ?? {}).map((name, id) => [name, { id: id + 1, link: "lower" }]);
  return JSON.stringify({ network: { version: 2, ethernets: { lower: {} }, vlans: Object.fromEntries(vlans) } });
}

/** netplan's generator, by what it tells networkd: every address of every interface and nothing else. */
export function netplanGenerate(text: string, fault: (message: string) => void): void {
  const { directory, end } = scratch({
    "etc/netplan/90-lvsgen.yaml": text,
    ...(text === "" ? {} : { "etc/netplan/50-host.yaml": hostDefinitions(text) }),
  });
  const generator = existsSync(join(unpacked(), "usr/libexec/netplan/generate"))
    ? "usr/libexec/netplan/generate"
    : "lib/netplan/generate";
  const { status, said } = run(generator, ["--root-dir", directory]);
  if (status !== 0 || said !== "")
    fault(`netplan generate: ${said.slice(0, 400)} ${JSON.stringify(text.slice(0, 300))}`);
  const made = join(directory, "run/systemd/network");
  const files = existsSync(made) ? readdirSync(made) : [];
  for (const [device = ""] of statementsOf("/etc/netplan/x", text)) {
    if (!files.includes(`10-netplan-${device}.network`)) fault(`netplan knows no ${device}: ${files.join(" ")}`);
  }
  end();
}
