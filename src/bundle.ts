/**
 * What a build gives: a tree of files, held as text until `write` puts it on disk.
 * Content is a list of chunks so that a table of a million rules, which stands in a script and in an
 * artifact, is held once.
 */
export interface BundleFile {
  /** Path inside the output directory, with `/`, already percent-encoded where Windows forbids a character. */
  readonly path: string;
  readonly chunks: readonly string[];
  readonly executable: boolean;
  /** Whether only its owner may read it on disk. Left out: everybody may. */
  readonly ownerOnly?: boolean;
  /** Lower-case hexadecimal SHA-256 of the chunks in UTF-8. */
  readonly sha256: string;
}

/** Bits that a file is made with (chmod(2)), before the umask. */
export function modeOf({ executable, ownerOnly = false }: Pick<BundleFile, "executable" | "ownerOnly">): number {
  return ownerOnly ? (executable ? 0o700 : 0o600) : executable ? 0o755 : 0o644;
}

/** Sorted by path in code unit order. `manifest.json` and `SHA256SUMS` are among the files. */
export interface Bundle {
  /** The name of the cluster. */
  readonly cluster: string;
  readonly files: readonly BundleFile[];
  /** For the summary that a person reads. */
  readonly scripts: readonly BundleScript[];
  /** What the description calls its services, and how ipvsadm names them (`-t 192.0.2.80:80`). */
  readonly services: readonly { readonly name: string; readonly key: string }[];
  /** Whether anything takes a real server out of rotation that has died. */
  readonly healthChecks: boolean;
  /** Whether hosts are described that run signed scripts alone. */
  readonly signedOnly: boolean;
  /** What the runbook leads from; null: it is that of a first installation alone. */
  readonly change: BundleChange | null;
}

/** The change from a former bundle that a runbook is for. */
export interface BundleChange {
  /** SHA-256 of the former bundle's SHA256SUMS; null: it never stood in a folder. */
  readonly sumOfSums: string | null;
  /** The hosts that something is to be done on; null: the former bundle cannot be compared. */
  readonly hosts: readonly string[] | null;
}

export interface BundleScript {
  /** `director.sh` */
  readonly path: string;
  readonly role: import("./model.ts").Role;
  readonly hosts: readonly { readonly name: string; readonly platform: string; readonly files: readonly string[] }[];
}
