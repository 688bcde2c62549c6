/** The bundle that is rolled out: what was read of it once, proved as far as its signature and its sums prove it. */
import { createHash } from "node:crypto";
import { existsSync, lstatSync } from "node:fs";
import { resolve } from "node:path";
import { comparedFiles } from "../../diff/index.ts";
import { readSnapshot } from "../../diff/read/index.ts";
import type { Snapshot } from "../../diff/snapshot.ts";
import { exitCode } from "../../exit-code.ts";
import { type Expected, readExpected } from "../../status/index.ts";
import type { Problem } from "../../terminal/problem.ts";
import { type Proof, verifyBundle } from "../../verify/index.ts";
import { readFolder } from "../verify-bundle/folder.ts";

export interface RolloutBundle {
  readonly snapshot: Snapshot;
  readonly expected: Expected;
  /** Contents by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** SHA-256 of its `SHA256SUMS`. */
  readonly sum: string;
  /** What could not be proved of its signature. */
  readonly unproven: readonly Proof[];
}

export interface BundleTrust {
  readonly allowedSigners?: string;
  readonly leastSerial?: number;
}

/** Those that say whether it is whole, and whose. */
const asked: ReadonlySet<Proof["subject"]> = new Set(["signature", "rsa", "serial", "signed-sums", "sums"]);

/** Reads a bundle and proves it; the first thing that is false is the problem. */
export async function readBundle(directory: string, trust: BundleTrust): Promise<RolloutBundle | Problem> {
  if (!existsSync(`${directory}/manifest.json`))
    return problem(
      directory,
      "NO_BUNDLE",
      "has no manifest.json of lvsgen's",
      "name the directory that lvsgen build made",
      exitCode.noInput,
    );
  const { allowedSigners, leastSerial = null } = trust;
  if (allowedSigners !== undefined && lstatSync(allowedSigners, { throwIfNoEntry: false }) === undefined)
    return problem(
      allowedSigners,
      "NO_SUCH_FILE",
      "no such file or directory",
      "name a file of allowed signers (ssh-keygen(1))",
      exitCode.noInput,
    );
  const folder = readFolder(directory);
  const { checkSsh } = await import("../../sign/check.ts");
  const proofs = verifyBundle(folder, {
    ssh: allowedSigners === undefined ? null : (text, signature) => checkSsh(text, signature, resolve(allowedSigners)),
    leastSerial,
    runtimes: new Map(),
    rebuilt: { kind: "not-built", why: "", hint: "" },
  }).filter(({ subject }) => asked.has(subject));
  const isSigned = allowedSigners !== undefined || leastSerial !== null;
  const bad = proofs.find(
    ({ subject, result }) => result === "refused" || (result === "not-proven" && (subject === "sums" || isSigned)),
  );
  if (bad !== undefined)
    return problem(
      bad.path === null ? directory : `${directory}/${bad.path}`,
      "BUNDLE_REFUSED",
      bad.message,
      bad.hint ?? "",
      exitCode.findings,
    );
  const files = new Map([...folder.files].flatMap(([path, bytes]) => (bytes === null ? [] : [[path, bytes] as const])));
  const texts = new Map(
    comparedFiles.flatMap((path) => {
      const bytes = files.get(path);
      return bytes === undefined ? [] : [[path, bytes.toString("utf8")] as const];
    }),
  );
  const snapshot = readSnapshot({ files: texts });
  const expected = readExpected(
    texts.get("manifest.json") ?? "",
    (script) => texts.get(script)?.slice(0, 4096) ?? null,
  );
  if ("kind" in snapshot)
    return problem(
      `${directory}/${snapshot.file}`,
      "NO_BUNDLE",
      snapshot.message,
      "build it with this lvsgen",
      exitCode.noInput,
    );
  if (expected === null)
    return problem(
      directory,
      "NO_BUNDLE",
      "has no manifest.json of lvsgen's",
      "name the directory that lvsgen build made",
      exitCode.noInput,
    );
  const sum = createHash("sha256")
    .update(files.get("SHA256SUMS") ?? "")
    .digest("hex");
  return { snapshot, expected, files, sum, unproven: proofs.filter(({ result }) => result === "not-proven") };
}

function problem(file: string, code: string, message: string, hint: string, exit: Problem["exitCode"]): Problem {
  return { code, file, message, hint, exitCode: exit };
}
