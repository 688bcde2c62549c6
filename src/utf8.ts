/** Text in UTF-8, a block at a time: a table may have 55 MB, and memory that is used once costs more than what is done with it. */
const encoder = new TextEncoder();
let block: Uint8Array | null = null;

/**
 * The one block, for whoever reads a file or encodes text; what it holds lasts until the next use.
 *
 * @returns 256 KiB
 */
export function sharedBlock(): Uint8Array {
  block ??= new Uint8Array(1 << 18);
  return block;
}

/** Calls `use` with the bytes of all chunks, one full block after the other. */
export function encodeChunks(chunks: Iterable<string>, use: (bytes: Uint8Array) => void): void {
  const bytes = sharedBlock();
  let used = 0;
  for (const chunk of chunks) {
    let rest = chunk;
    while (rest !== "") {
      const { read, written } = encoder.encodeInto(rest, bytes.subarray(used));
      used += written;
      rest = rest.slice(read);
      if (rest !== "") {
        use(bytes.subarray(0, used));
        used = 0;
      }
    }
  }
  if (used > 0) use(bytes.subarray(0, used));
}
