/**
 * The disk image that the guests of a release start from: a minimal Debian with what the roles need already installed,
 * since guests have no way out. Named by a hash of all that goes in; never written once it has its name,
 * because the copy-on-write disks on top of it note its time and size.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.ts";
import type { Kernel } from "./kernel.ts";
import { allStates } from "./lab-state.ts";
import { locked } from "./lock.ts";
import { needPackages } from "./packages.ts";
import { cache, guestSources, sources } from "./places.ts";
import type { Release } from "./spec.ts";

const packages = [
  "systemd-sysv udev dbus kmod iproute2 ifupdown procps psmisc util-linux less ca-certificates",
  // What the roles ask for.
  "ipvsadm keepalived apache2 nfs-kernel-server nfs-common rpcbind iputils-arping curl",
  // What configures a network beside ifupdown.
  "netplan.io network-manager",
  // What the proofs and people look with.
  "iputils-ping tcpdump iptables conntrack netcat-openbsd net-tools perl",
].join(" ");

/** Has the guests' programs start quicker: `customize` runs it. */
const quickLoader = join(sources, "../docker/build/loader.sh");

/** As Debian's installer has it; of later releases the packages make it so. */
const mergedUsr =
  '--setup-hook=for name in bin sbin lib lib32 lib64 libx32; do mkdir -p "$1/usr/$name" && ln -s "usr/$name" "$1/$name"; done';

/** How long an image that nothing uses is kept; milliseconds. */
const keep = 7 * 24 * 3_600_000;

const size = "3G";
/** Inode tables zeroed now, or every guest writes 46 MiB of zeros in its first seconds. */
const fileSystem =
  "-t ext4 -L labroot -J size=16 -m 0 -N 65536 -E lazy_itable_init=0,lazy_journal_init=0,assume_storage_prezeroed=1";

/** Path of a release's image for this kernel; builds it where it is missing (about a minute). */
export async function baseImage(kernel: Kernel, release: Release): Promise<string> {
  const rootKey = hash(release, packages);
  const image = join(cache, `base-${hash(rootKey, kernel.release, size, fileSystem, ...(await guestFiles()))}.ext4`);
  if (existsSync(image)) return image;
  await mkdir(cache, { recursive: true });
  await needPackages(["mmdebstrap", "e2fsprogs"]);
  await locked(join(cache, "image.lock"), async () => {
    const root = join(cache, `root-${rootKey}.tar`);
    if (!existsSync(root)) await timed(`root file system of ${release}`, () => bootstrap(release, root));
    if (!existsSync(image)) await timed("disk image", () => assemble(root, kernel, image));
    await prune([root, image]);
  });
  return image;
}

async function bootstrap(release: Release, root: string): Promise<void> {
  const part = `${root}.part.tar`;
  const leaveOut = ["doc", "man", "locale", "info"].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
  const words = [...leaveOut, ...(release === "bullseye" ? [mergedUsr] : [])];
  await must("mmdebstrap", ["--quiet", "--variant=apt", `--include=${packages}`, ...words, release, part]);
  await rename(part, root);
}

async function assemble(root: string, kernel: Kernel, image: string): Promise<void> {
  const tree = `${image}.tree`;
  const part = `${image}.part`;
  try {
    await rm(tree, { recursive: true, force: true });
    await mkdir(join(tree, "usr/lib/modules"), { recursive: true });
    await must("tar", ["xpf", root, "--exclude=./dev/*", "-C", tree]);
    await cp(kernel.modules, join(tree, "usr/lib/modules", kernel.release), {
      recursive: true,
      preserveTimestamps: true,
    });
    await must("chroot", [tree, "depmod", kernel.release]);
    // Not cp -a: the owner in a checkout is whoever cloned it.
    await must("cp", ["-r", "--preserve=mode", "--no-preserve=ownership", `${join(guestSources, "root")}/.`, tree]);
    await must(join(guestSources, "customize"), [tree]);
    await rm(part, { force: true });
    await must("mke2fs", ["-q", "-F", ...fileSystem.split(" "), "-d", tree, part, size]);
    await rename(part, image);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/** Removes what earlier versions of these sources left: images a week old that no lab stands on. */
async function prune(current: readonly string[]): Promise<void> {
  const inUse = [...current, ...[...allStates().values()].flatMap(({ hosts }) => hosts.map(({ image }) => image))];
  for (const name of await readdir(cache)) {
    const file = join(cache, name);
    if (!/^(root|base)-.*\.(tar|ext4)$/.test(name) || inUse.includes(file)) continue;
    if (Date.now() - (await stat(file)).mtimeMs > keep) await rm(file);
  }
}

async function guestFiles(): Promise<string[]> {
  const found = await readdir(guestSources, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.path, entry.name));
  return Promise.all(
    [...paths.sort(), quickLoader].map(
      async (path) => `${path.slice(guestSources.length)}\n${await readFile(path, "utf8")}`,
    ),
  );
}

function hash(...parts: readonly string[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex").slice(0, 12);
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  process.stderr.write(`lab: ${what} made in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
