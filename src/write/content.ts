/** Content of files on its way to and from the disk, a block at a time: a table may have 55 MB. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { encodeChunks, sharedBlock } from "../utf8.ts";

/**
 * Creates a file and writes the chunks to it in UTF-8, or the bytes as they are.
 *
 * @param mode bits of the new file, from which the umask takes
 * @throws the system's error; also when the file exists
 */
export function createFile(file: string, chunks: readonly string[] | Uint8Array, mode: number): void {
  const descriptor = openSync(file, "wx", mode);
  try {
    if (chunks instanceof Uint8Array) writeAll(descriptor, chunks);
    else encodeChunks(chunks, (bytes) => writeAll(descriptor, bytes));
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
  readBlocks(file, (bytes) => hash.update(bytes));
  return hash.digest("hex");
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** The SHA-256 that a file would have if its lines ended in LF instead of CRLF. */
export function sha256WithLineFeeds(file: string): string {
  const hash = createHash("sha256");
  let isPending = false; // the block before ended with a CR that may belong to an LF
  readBlocks(file, (bytes) => {
    if (isPending && bytes[0] !== lineFeed) hash.update("\r");
    let start = 0;
    for (let end = bytes.indexOf(carriageReturn); end >= 0; end = bytes.indexOf(carriageReturn, end + 1)) {
      if (end + 1 < bytes.length && bytes[end + 1] !== lineFeed) continue;
      hash.update(bytes.subarray(start, end));
      start = end + 1;
    }
    hash.update(bytes.subarray(start));
    isPending = bytes.at(-1) === carriageReturn;
  });
  if (isPending) hash.update("\r");
  return hash.digest("hex");
}

/** The bytes are valid only during the call. */
function readBlocks(file: string, use: (bytes: Uint8Array) => void): void {
  const bytes = sharedBlock();
  const descriptor = openSync(file, "r");
  try {
    for (;;) {
      const length = readSync(descriptor, bytes);
      if (length === 0) return;
      use(bytes.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}
