/** The encoding of SSH (RFC 4251, section 5): numbers of four bytes, and strings with their length before them. */

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function wireString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Reads one value after the other; whatever is wrong with the bytes, it throws a `RangeError`. */
export class WireReader {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  bytes(length: number): Buffer {
    if (length > this.#rest.length) throw new RangeError("the bytes end early");
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE();
  }

  string(): Buffer {
    return this.bytes(this.uint32());
  }

  text(): string {
    return this.string().toString("latin1");
  }

  rest(): Buffer {
    return this.bytes(this.#rest.length);
  }

  isAtEnd(): boolean {
    return this.#rest.length === 0;
  }
}

/** What `read` makes of the bytes; null where they are not what it reads, or something is left of them. */
export function readWire<Value>(bytes: Buffer, read: (reader: WireReader) => Value): Value | null {
  try {
    const reader = new WireReader(bytes);
    const value = read(reader);
    return reader.isAtEnd() ? value : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
