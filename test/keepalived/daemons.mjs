// The keepalived of each Debian, in a folder of its own, which it takes for its root: apt fetches the packages of that suite and what they
// need, and nothing of it is installed on this machine.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const cache = process.env.LVSGEN_KEEPALIVED_DIR ?? "/var/cache/lvsgen-keepalived";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const mirror = "http://deb.debian.org/debian";

/** Suites, by the release of keepalived that they ship. */
export const SUITES = { bullseye: "2.1.5", bookworm: "2.2.7", trixie: "2.3.3" };

/** What keepalived asks for and does not need to read its file. */
const unneeded =
  /^(?:perl|perl-base|perl-modules-.*|pci\.ids|iproute2|libsnmp-base|debconf|dpkg|tar|usrmerge|gcc-.*-base)_/;

export function rootOf(suite) {
  return join(cache, suite, "root");
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { encoding: "utf8", ...options });
}

/** The release that is there; undefined where there is none. */
export function releaseOf(suite) {
  const { stderr, stdout } = run("chroot", [rootOf(suite), "/usr/sbin/keepalived", "--version"]);
  return /^Keepalived v(\S+)/m.exec(`${stdout}${stderr}`)?.[1];
}

/** Fetches what is missing. Returns why there is no daemon at all, or undefined. */
export function ensureDaemons(say) {
  if (process.getuid?.() !== 0) return "keepalived reads interfaces of a network namespace: run the tests as root";
  if (!existsSync("/usr/bin/apt-get") || !existsSync(keyring))
    return "the releases of keepalived come from Debian's packages";
  const reasons = Object.keys(SUITES).map((suite) => {
    if (releaseOf(suite)) return undefined;
    say(`fetching keepalived of Debian's ${suite}`);
    return fetchSuite(suite);
  });
  return reasons.every((reason) => reason) ? reasons[0] : undefined;
}

function fetchSuite(suite) {
  const home = join(cache, suite);
  rmSync(home, { recursive: true, force: true });
  for (const directory of ["etc/preferences.d", "var", "lists/partial", "cache/archives/partial", "root"])
    mkdirSync(join(home, directory), { recursive: true });
  writeFileSync(join(home, "status"), "");
  writeFileSync(join(home, "etc/sources.list"), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  const options = [
    `Dir::Etc=${home}/etc`,
    `Dir::Etc::sourcelist=${home}/etc/sources.list`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State=${home}/var`,
    `Dir::State::lists=${home}/lists`,
    `Dir::State::status=${home}/status`,
    `Dir::Cache=${home}/cache`,
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  const archives = join(home, "cache/archives");
  for (const words of [["update"], ["install", "--download-only", "-y", "--no-install-recommends", "keepalived"]]) {
    const { status, stderr } = run("apt-get", ["-q", ...options, ...words], { cwd: archives });
    if (status !== 0) return `apt-get ${words[0]} of ${suite} failed: ${stderr.trim().split("\n").at(-1)}`;
  }
  const root = join(home, "root");
  for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb") && !unneeded.test(name))) {
    const { status, stderr } = run("dpkg", ["-x", join(archives, file), root]);
    if (status !== 0) return `dpkg -x ${file} failed: ${stderr.trim()}`;
  }
  rmSync(archives, { recursive: true, force: true });
  // Where /usr is merged, a package of base-files would have made these.
  for (const name of ["lib", "lib64", "bin", "sbin"])
    if (!existsSync(join(root, name)) && existsSync(join(root, "usr", name)))
      symlinkSync(`usr/${name}`, join(root, name));
  for (const name of ["etc/keepalived", "proc", "run", "tmp", "dev"]) mkdirSync(join(root, name), { recursive: true });
  // The user of scripts, and the script that always fails.
  writeFileSync(join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  writeFileSync(join(root, "etc/group"), "root:x:0:\n");
  mkdirSync(join(root, "usr/bin"), { recursive: true });
  if (!existsSync(join(root, "bin"))) symlinkSync("usr/bin", join(root, "bin"));
  writeFileSync(join(root, "bin/false"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  return releaseOf(suite) ? undefined : `keepalived of ${suite} does not run here`;
}

/**
 * What the daemon of a suite says to a file, with an interface ens33 and one ens34 that have the addresses of the first director.
 *
 * @param beside what the file includes, by its path below that of the file
 */
export function judge(suite, text, beside = {}, id = "main") {
  const root = rootOf(suite);
  const home = join(root, "etc/keepalived");
  rmSync(join(home, "conf.d"), { recursive: true, force: true });
  for (const [name, content] of Object.entries({ "keepalived.conf": text, ...beside })) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), content);
  }
  const script = `
    set -e
    mount --bind /proc ${root}/proc
    for device in ens33 ens34; do ip link add $device type veth peer name peer-$device && ip link set $device up && ip link set peer-$device up; done
    ip address add 192.168.80.10/24 dev ens33
    ip -6 address add fd00:80::10/64 dev ens33 nodad
    exec chroot ${root} /usr/sbin/keepalived --config-test --config-id=${id} --log-console --use-file=/etc/keepalived/keepalived.conf`;
  const { status, signal, stdout, stderr } = run("unshare", [
    "--net",
    "--mount",
    "--propagation",
    "private",
    "bash",
    "-c",
    script,
  ]);
  return { status: status ?? signal, output: `${stdout}${stderr}`.trim() };
}
