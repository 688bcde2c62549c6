/**
 * What is asked of an ssh-agent (draft-ietf-sshm-ssh-agent): which keys it holds, and one kind of signature that `ssh-keygen -Y` does
 * not give. With `rsa-sha2-256` it is that of PKCS #1 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8332), which any openssl verifies.
 */
import { createConnection } from "node:net";
import { readWire, uint32, wireString } from "./wire.ts";

const message = { identities: 11, identitiesAnswer: 12, sign: 13, signAnswer: 14 } as const;

/** In a request to sign: with `rsa-sha2-256`. */
const withSha256 = 2;

/** The longest answer that is read, in bytes; agents themselves take no more. */
const longest = 256 * 1024;

/** Whether there is an agent. */
export function answers(socket: string): Promise<boolean> {
  return ask(socket, Buffer.from([message.identities])).then(
    () => true,
    () => false,
  );
}

/** Whether the agent holds the key; false also where there is no agent. */
export async function holds(socket: string, publicKey: Buffer): Promise<boolean> {
  const answer = await ask(socket, Buffer.from([message.identities])).catch(() => null);
  if (answer === null || answer[0] !== message.identitiesAnswer) return false;
  const keys = readWire(answer.subarray(1), (reader) => {
    const count = reader.uint32();
    return Array.from({ length: Math.min(count, longest) }, () => {
      const blob = reader.string();
      reader.string(); // comment
      return blob;
    });
  });
  return keys?.some((key) => key.equals(publicKey)) === true;
}

/** The bytes of the signature; null where the agent gives none, or none of this kind. */
export async function rsaSignature(socket: string, publicKey: Buffer, text: Uint8Array): Promise<Buffer | null> {
  const request = [Buffer.from([message.sign]), wireString(publicKey), wireString(text), uint32(withSha256)];
  const answer = await ask(socket, Buffer.concat(request)).catch(() => null);
  if (answer === null || answer[0] !== message.signAnswer) return null;
  const signature = readWire(answer.subarray(1), (reader) => reader.string());
  if (signature === null) return null;
  const parts = readWire(signature, (reader) => ({ kind: reader.text(), bytes: reader.string() }));
  return parts?.kind === "rsa-sha2-256" ? parts.bytes : null;
}

/** One question and its answer. It may take as long as a person needs to confirm. */
function ask(socket: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(socket);
    let received = Buffer.alloc(0);
    connection.on("error", reject);
    connection.on("close", () => reject(new Error("the agent gave no answer")));
    connection.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const length = received.length < 4 ? 0 : received.readUInt32BE();
      const isTooLong = length > longest;
      if (received.length < 4 || (!isTooLong && received.length < 4 + length)) return;
      if (!isTooLong) resolve(received.subarray(4, 4 + length));
      connection.destroy();
    });
    connection.write(wireString(request));
  });
}
