/** The packages that the machine itself needs, fetched by apt where they are missing. */
import { must, run, succeeds } from "./command.ts";

/** A program of each, or a file. */
const programs: Readonly<Record<string, string>> = {
  mmdebstrap: "mmdebstrap",
  e2fsprogs: "mke2fs",
  iproute2: "ip",
  tcpdump: "tcpdump",
  "user-mode-linux": "linux.uml",
  gcc: "gcc",
  "libc6-dev": "/usr/include/stdio.h",
};

/** Installs what is missing of `names`. Throws with apt's words where that fails. */
export async function needPackages(names: readonly (keyof typeof programs)[]): Promise<void> {
  const missing: string[] = [];
  for (const name of names) {
    if (!(await succeeds("sh", ["-c", `command -v "$1" || test -e "$1"`, "sh", String(programs[name])])))
      missing.push(name);
  }
  if (missing.length === 0) return;
  process.stderr.write(`lab: installing ${missing.join(" ")}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["-o", "DPkg::Lock::Timeout=300", "install", "-y", "-q", "--no-install-recommends", ...missing];
  if ((await run("apt-get", install, { env })).code === 0) return;
  await must("apt-get", ["-q", "update"], { env });
  await must("apt-get", install, { env });
}
