/** Starts a guest's kernel. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "./kernel.ts";
import { inside } from "./network.ts";
import { cache, sources } from "./places.ts";
import { identify, type ProcessId } from "./process.ts";
import { macAddress, machineId, type PlacedHost, tapName } from "./spec.ts";

export interface Launch {
  readonly lab: string;
  readonly host: PlacedHost;
  readonly kernel: Kernel;
  /** The copy-on-write disk, made at the first boot. */
  readonly disk: string;
  /** The directory that the guest mounts as /run/lab. */
  readonly exchange: string;
  /** A named pipe, the guest's second serial line. */
  readonly bell: string;
  readonly console: string;
}

/** Starts it as the leader of a session of its own, which outlives this process. */
export function launch(of: Launch): ProcessId {
  const { lab, host, kernel, console } = of;
  // One processor per guest: its kernel and its processes hand over to each other all the time, and doing so
  // across processors is three times slower.
  const processors = allowedProcessors();
  const processor = String(processors[host.index % processors.length]);
  const [program, args] = inside(lab, "taskset", "-c", processor, join(sources, "uml-start"), ...kernelArguments(of));
  // Opened for reading and writing it neither blocks nor ever ends.
  const bell = openSync(of.bell, "r+");
  const log = openSync(console, "a");
  const environment = {
    PATH: process.env.PATH,
    LAB_KEEP_FD: "3",
    LAB_ROOT: kernel.root,
    LAB_BIND: `${cache} ${sources}`,
    LAB_PRELOAD: kernel.library,
  };
  const child = spawn(program, args, { detached: true, cwd: "/", env: environment, stdio: ["ignore", log, log, bell] });
  child.unref();
  closeSync(bell);
  closeSync(log);
  const leader = child.pid === undefined ? null : identify(child.pid);
  if (leader === null) throw new Error(`${host.name}: the guest kernel did not start; see ${console}`);
  return leader;
}

function kernelArguments({ lab, host, kernel, disk, exchange }: Launch): string[] {
  const options = ["depth=64", "gro=1"].join();
  return [
    `umid=${host.name}`,
    `uml_dir=${disk}.umid`,
    `mem=${host.memory ?? 256}M`,
    `ubd0=${disk},${host.image}`,
    "root=/dev/ubda",
    "rootfstype=ext4",
    "rw",
    `hostfs=${exchange}`,
    // Keeps SELinux off: this kernel has no selinux=0.
    "lsm=yama",
    "quiet",
    ...kernel.options,
    "systemd.show_status=0",
    `systemd.machine_id=${machineId(lab, host)}`,
    "con=null",
    "con0=null,fd:1",
    "ssl=null",
    "ssl1=fd:3,null",
    // Of shell.ts: a terminal of this machine, made when somebody opens the line in the guest.
    "ssl2=pts",
    ...host.cards.map(
      (_, card) => `vec${card}:transport=tap,ifname=${tapName(host, card)},mac=${macAddress(host, card)},${options}`,
    ),
  ];
}

/** The processors that this process may run on: proc(5), `Cpus_allowed_list`. */
function allowedProcessors(): number[] {
  const [, list = "0"] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
