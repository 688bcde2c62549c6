/** Files on a share: the script of a real server that has one no longer takes off what others serve from the same share. */
import { type Declared, hostsOf, partOf, type Snapshot } from "./snapshot.ts";

interface Shared {
  /** The real server that leaves, or has the file no longer. */
  readonly host: string;
  /** `192.168.80.13:/opt/kgc` */
  readonly share: string;
  /** Where the file stands, as seen from there. */
  readonly path: string;
  /** Who stays and has the share mounted. */
  readonly others: readonly string[];
  /** Those of them whose own script brings the file there again. */
  readonly restoring: readonly string[];
}

/** What goes from shares with real servers that leave, or have it no longer. */
export function sharedFiles(old: Snapshot, next: Snapshot): readonly Shared[] {
  const staying = hostsOf(next, "realserver");
  const all = staying.map((host) => ({ host, files: onShares(partOf(next, host, "realserver")?.declared ?? []) }));
  return hostsOf(old, "realserver").flatMap((host) =>
    onShares(partOf(old, host, "realserver")?.declared ?? []).files.flatMap(({ share, place, path }): Shared[] => {
      const own = all.find((one) => one.host === host);
      if (own?.files.files.some((one) => one.place === place)) return [];
      // A share may be mounted by what is exported above it as well.
      const others = all.filter((one) => one.host !== host);
      const mounting = others.filter(({ files }) => files.shares.some((one) => place.startsWith(`${one}/`)));
      const restoring = mounting.filter(({ files }) => files.files.some((one) => one.place === place));
      const named = (some: typeof others): readonly string[] => some.map((one) => one.host);
      return mounting.length === 0 ? [] : [{ host, share, path, others: named(mounting), restoring: named(restoring) }];
    }),
  );
}

interface OnShares {
  readonly shares: readonly string[];
  readonly files: readonly { readonly share: string; readonly place: string; readonly path: string }[];
}

function onShares(declared: readonly Declared[]): OnShares {
  const mounts = declared
    .filter(({ verb, kind }) => verb === "want" && kind === "mount")
    .map(({ words: [target = "", , source = ""] }) => ({ target, source }));
  const files = declared
    .filter(({ verb, kind }) => verb === "want" && kind === "file")
    .flatMap(({ words: [path = ""] }) => {
      const own = mounts.filter(({ target }) => path.startsWith(`${target}/`));
      const [mount] = own.sort((one, other) => other.target.length - one.target.length);
      return mount === undefined
        ? []
        : [{ share: mount.source, place: `${mount.source}${path.slice(mount.target.length)}`, path }];
    });
  return { shares: mounts.map(({ source }) => source), files };
}

/** Whose script is to run after the uninstalls, one of each share. */
export function restoringHosts(old: Snapshot, next: Snapshot): readonly string[] {
  return [...new Set(sharedFiles(old, next).flatMap(({ restoring }) => restoring.slice(0, 1)))];
}
