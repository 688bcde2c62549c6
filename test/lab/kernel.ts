/**
 * The guests' kernel: Debian's `user-mode-linux`, the one that is installed (bookworm: 6.1) or that of a newer
 * suite, which is faster but needs the newer libc. Such a one is unpacked with its libraries into a directory
 * of its own and entered by chroot.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must, run } from "./command.ts";
import { locked } from "./lock.ts";
import { needPackages } from "./packages.ts";
import { cache } from "./places.ts";
import { registersLibrary } from "./registers.ts";

export const kernelSuites = ["installed", "trixie", "forky"] as const;

/** Words for the command line of a suite's kernel. */
const optionsOf: Readonly<Record<KernelSuite, readonly string[]>> = {
  installed: [],
  trixie: [],
  // Since 6.16 the host's seccomp takes the guest's system calls, for a third less of the processor than ptrace.
  forky: ["seccomp=on"],
};

export type KernelSuite = (typeof kernelSuites)[number];

export interface Kernel {
  readonly suite: KernelSuite;
  /** The directory to enter by chroot; empty: none. */
  readonly root: string;
  /** `6.12.48`: also the name of its module directory. */
  readonly release: string;
  readonly modules: string;
  readonly options: readonly string[];
  /** A library to load before it; empty: none. */
  readonly library: string;
}

/**
 * For proofs, where `LVSGEN_LAB_KERNEL` says nothing: the kernel that needs least of the processors. That of Debian's testing has no iptables of
 * the old kind any more, and may be one that cannot be had, or does not run here: then that of Debian 13.
 */
export function quickestSuite(): Promise<KernelSuite> {
  quickest ??= process.env.LVSGEN_LAB_KERNEL === undefined ? newestThatRuns() : Promise.resolve(wantedSuite());
  return quickest;
}

let quickest: Promise<KernelSuite> | undefined;

async function newestThatRuns(): Promise<KernelSuite> {
  try {
    const kernel = await kernelOf("forky");
    const { out } = await run("unshare", [
      "--mount",
      "bash",
      "-c",
      firstProcess,
      "bash",
      kernel.root,
      ...kernel.options,
    ]);
    if (out.includes("exitcode=0x00000000")) return "forky";
    process.stderr.write(
      `lab: the kernel of forky starts no process here, that of trixie is taken:\n${out.slice(-2000)}\n`,
    );
  } catch (error) {
    process.stderr.write(`lab: no kernel of forky, that of trixie is taken: ${String(error)}\n`);
  }
  return "trixie";
}

/** Boots a kernel with its own directory as the root, whose first process ends with 0: the kernel says so in its last words. */
const firstProcess = `mkdir -p "$1/proc" "$1/dev" "$1/tmp" && mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" &&
exec timeout 60 chroot "$1" /usr/bin/linux.uml "\${@:2}" mem=64M root=/dev/root rootfstype=hostfs rootflags=/ ro con=null con0=fd:0,fd:1 \\
  uml_dir=/tmp/ init=/bin/bash -- -c 'exit 0' </dev/null 2>&1`;

/** What `LVSGEN_LAB_KERNEL` says, or the faster one: it halves the time of boots and of every fork. */
export function wantedSuite(): KernelSuite {
  const wanted = process.env.LVSGEN_LAB_KERNEL ?? "trixie";
  const suite = kernelSuites.find((name) => name === wanted);
  if (suite === undefined) throw new Error(`LVSGEN_LAB_KERNEL: ${wanted} is none of ${kernelSuites.join(", ")}`);
  return suite;
}

/** Finds the kernel, and fetches it first where it is missing. */
export async function kernelOf(suite: KernelSuite): Promise<Kernel> {
  const root = suite === "installed" ? "" : join(cache, `kernel-${suite}`);
  if (suite === "installed") await needPackages(["user-mode-linux"]);
  else if (!existsSync(root)) await locked(`${root}.lock`, () => fetchKernel(suite, root));
  const modules = join(root, "/usr/lib/uml/modules");
  const release = (await readdir(modules)).sort().at(-1);
  if (release === undefined) throw new Error(`no kernel modules in ${modules}`);
  // That of forky asks how much room the registers need.
  const library = suite === "forky" ? "" : await registersLibrary();
  return { suite, root, release, modules: join(modules, release), options: optionsOf[suite], library };
}

async function fetchKernel(suite: string, root: string): Promise<void> {
  if (existsSync(root)) return;
  process.stderr.write(`lab: fetching the kernel of ${suite}\n`);
  const part = `${root}.part`;
  await rm(part, { recursive: true, force: true });
  const debs = join(part, "apt/debs");
  for (const name of ["apt/lists/partial", "apt/cache/archives/partial", "apt/debs"]) {
    await mkdir(join(part, name), { recursive: true });
  }
  await writeFile(join(part, "apt/sources.list"), await sourceOf(suite));
  const apt = [
    ["-qq", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none"],
    ["-o", `Dir::Etc::sourcelist=${part}/apt/sources.list`, "-o", "Dir::Etc::sourceparts=/dev/null"],
    ["-o", `Dir::State::lists=${part}/apt/lists`, "-o", `Dir::Cache=${part}/apt/cache`],
  ].flat();
  await must("apt-get", [...apt, "update"]);
  // bash for uml-start, the others are what it and the kernel are linked to.
  const packages = ["user-mode-linux", "libc6", "libgcc-s1", "bash", "libtinfo6"].map((name) => `${name}/${suite}`);
  await must("apt-get", [...apt, "download", ...packages], { cwd: debs });
  for (const name of ["bin", "lib", "lib64", "sbin"]) {
    await mkdir(join(part, "usr", name), { recursive: true });
    await symlink(`usr/${name}`, join(part, name));
  }
  for (const deb of await readdir(debs)) {
    const unpack = 'dpkg-deb --fsys-tarfile "$1" | tar xf - --keep-directory-symlink -C "$2"';
    await must("sh", ["-c", unpack, "sh", join(debs, deb), part]);
  }
  await rm(join(part, "apt"), { recursive: true });
  // How uml-start sees that it is already inside.
  await writeFile(join(part, "lab-root"), "");
  await rename(part, root);
}

/** An apt source for the suite on the mirror that this machine uses for Debian itself. */
async function sourceOf(suite: string): Promise<string> {
  const targets = await must("apt-get", ["indextargets", "--format", "$(ORIGIN)|$(SITE)", "Created-By: Packages"]);
  const known = targets.split("\n").find((line) => line.startsWith("Debian|"));
  const site = known?.slice("Debian|".length) ?? "http://deb.debian.org/debian";
  const key = "/usr/share/keyrings/debian-archive-keyring.gpg";
  return `deb ${existsSync(key) ? `[signed-by=${key}] ` : ""}${site} ${suite} main\n`;
}
