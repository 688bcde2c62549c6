/** Content of files on its way to and from the disk, a block at a time: a table may have 55 MB. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";

const blockSize = 1 << 18;
const encoder = new TextEncoder();
let sharedBlock: Uint8Array | null = null;

/** One block serves every file of a build; nothing here is reentrant. */
function block(): Uint8Array {
  sharedBlock ??= new Uint8Array(blockSize);
  return sharedBlock;
}

/**
 * Creates a file and writes the chunks to it in UTF-8.
 *
 * @throws the system's error; also when the file exists
 */
export function createFile(file: string, chunks: readonly string[], executable: boolean): void {
  const descriptor = openSync(file, "wx", executable ? 0o755 : 0o644);
  try {
    writeChunks(descriptor, chunks);
  } finally {
    closeSync(descriptor);
  }
}

function writeChunks(descriptor: number, chunks: readonly string[]): void {
  const bytes = block();
  let used = 0;
  for (const chunk of chunks) {
    let rest = chunk;
    while (rest !== "") {
      const { read, written } = encoder.encodeInto(rest, bytes.subarray(used));
      used += written;
      rest = rest.slice(read);
      if (rest !== "") {
        writeAll(descriptor, bytes.subarray(0, used));
        used = 0;
      }
    }
  }
  writeAll(descriptor, bytes.subarray(0, used));
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}

/** Lower-case hexadecimal SHA-256 of a file. */
export function sha256OfFile(file: string): string {
  const hash = createHash("sha256");
  const bytes = block();
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
