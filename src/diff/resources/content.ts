/** What a host serves from: packages, units, files, mounts and exports. */
import { ends, harmless, interrupts, unknown } from "../verdict.ts";
import { type KindRule, plainly, told } from "./rule.ts";

/** A file that lvsgen names itself: what is in it follows from other resources, and makes them last. */
export function isOwnFile(path: string): boolean {
  return (
    path.startsWith("/etc/lvsgen/") ||
    /(?:^|[/-])lvsgen-/.test(path) ||
    /^\/etc\/sysconfig\/network-scripts\/(?:ifcfg|route6?)-/.test(path)
  );
}

/** A file of lvsgen's own timer: how often it asks, how many reports it keeps, and where its metrics go. */
export function isOwnTimer(path: string): boolean {
  return /^\/etc\/systemd\/system\/lvsgen-.*-monitor\.(?:service|timer)$|^\/etc\/lvsgen\/[^/]+\/monitor-/.test(path);
}

const file: KindRule = (difference) => [
  told("file", `file ${difference.name}`, difference, difference.becomes === null ? unfiled : filed),
];

const filed = harmless(
  "it is replaced as a whole, and nothing is restarted because of it: what reads it only at its start goes on with the former one until then",
);
const unfiled = unknown(
  "it goes back to what it was before the first apply, or away; lvsgen does not know who reads it",
);

const unit: KindRule = (difference) => {
  const { becomes, was } = difference;
  const [, , active] = becomes?.words ?? [];
  const [, , wasActive] = was?.words ?? [];
  const judgement =
    active === "active"
      ? started
      : becomes === null && wasActive !== "-"
        ? given
        : active === "inactive"
          ? stopped
          : atBoot;
  return [told("unit", `unit ${difference.name}`, difference, judgement)];
};

const started = harmless("it is started where it does not run, and left alone where it does");
const stopped = interrupts("it is stopped: what it serves or filters ends");
const given = interrupts("it becomes what it was before the first apply: where that was stopped, what it serves ends");
const atBoot = harmless("it is about the next boot alone");

const mount: KindRule = (difference) => {
  const { was, becomes } = difference;
  const judgement = was === null ? covered : becomes === null ? uncovered : remounted;
  return [told("mount", `mount ${difference.name}`, difference, judgement)];
};

const covered = harmless(
  "connections stay; from then on clients get what is on the share, and what lies below the mount point is hidden",
);
const uncovered = interrupts("the share is taken off: clients get what lies below the mount point");
const remounted = interrupts(
  "the share is taken off and the other one mounted: in between clients get what lies below the mount point",
);

export const content = {
  package: plainly("package", "package", {
    added: harmless("it is installed; what its scripts start or restart is the package's own matter"),
    removed: harmless("it stays, unless uninstall --purge"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  unit,
  booted: plainly("booted", "unit of lvsgen's own that brings things up at boot,", {
    added: harmless("it is started: what it brings up stands already"),
    removed: harmless("it is stopped, which takes nothing away: what it brought up is judged for itself"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  file,
  block: plainly("block", "block in", {
    added: harmless("it counts at the next boot, or when the file is read again"),
    removed: harmless("it counts at the next boot, or when the file is read again"),
    changed: harmless("it counts at the next boot, or when the file is read again"),
  }),
  setting: plainly("setting", "setting", {
    added: harmless("it counts at the next start of what reads it"),
    removed: harmless("it becomes what it was, and counts at the next start of what reads it"),
    changed: harmless("it counts at the next start of what reads it"),
  }),
  mode: plainly("mode", "mode of", {
    added: harmless("it says whether the file is run at boot"),
    removed: harmless("it says whether the file is run at boot"),
    changed: harmless("it says whether the file is run at boot"),
  }),
  directory: plainly("directory", "directory", {
    added: harmless("it is made where it is missing"),
    removed: harmless("it goes where nothing lies in it, else it stays"),
    changed: unknown("who may read and write below it is another matter from then on"),
  }),
  script: plainly("script", "copy of the script on the host,", {
    added: harmless("it is kept there, for a timer that asks it or for whoever has no other at hand"),
    removed: harmless("it goes along with what it was kept for"),
    changed: harmless("the former script is kept there until this one is applied"),
  }),
  reports: plainly("reports", "reports in", {
    added: harmless("lvsgen's own timer writes there"),
    removed: harmless("lvsgen's own timer wrote it: it goes"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  output: plainly("output", "file of metrics", {
    added: harmless("lvsgen's own timer writes there"),
    removed: harmless("lvsgen's own timer wrote it: it goes"),
    changed: unknown("lvsgen has no rule for it"),
  }),
  mount,
  export: plainly("export", "export", {
    added: harmless("clients may mount it from then on"),
    removed: interrupts("its clients lose the share (stale file handles): take their mounts off first"),
    changed: unknown(
      "it is exported anew with these options at once: who writes where it becomes read-only, or is no one, gets errors",
    ),
  }),
  timeouts: plainly("timeouts", "timeouts of connections (tcp, tcpfin, udp)", {
    added: ends(
      "ipvsadm --set: a connection gets its time with its next packet; where that is shorter, idle ones end sooner",
    ),
    removed: harmless("the kernel keeps them until its next boot"),
    changed: ends(
      "ipvsadm --set: a connection gets its time with its next packet; where that is shorter, idle ones end sooner",
    ),
  }),
} as const;
