/** Content of files on its way to and from the disk, a block at a time: a table may have 55 MB. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { encodeChunks, sharedBlock } from "../utf8.ts";

/**
 * Creates a file and writes the chunks to it in UTF-8.
 *
 * @throws the system's error; also when the file exists
 */
export function createFile(file: string, chunks: readonly string[], executable: boolean): void {
  const descriptor = openSync(file, "wx", executable ? 0o755 : 0o644);
  try {
    encodeChunks(chunks, (bytes) => writeAll(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}

/** Lower-case hexadecimal SHA-256 of a file. */
export function sha256OfFile(file: string): string {
  const hash = createHash("sha256");
  const bytes = sharedBlock();
  const descriptor = openSync(file, "r");
  try {
    for (;;) {
      const length = readSync(descriptor, bytes);
      if (length === 0) return hash.digest("hex");
      hash.update(bytes.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}
