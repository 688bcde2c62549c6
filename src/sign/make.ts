/** Makes signatures. Apart from the rest, for only who signs needs processes and sockets. */
import { verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { holds, rsaSignature } from "./agent.ts";
import { readArmor } from "./armor.ts";
import { type Signature, signatureFiles } from "./index.ts";
import { readKey, type SigningKey } from "./key-file.ts";
import type { SignProblem } from "./problem.ts";
import { type OwnAgent, run, startAgent } from "./programs.ts";
import { rsaBits, rsaKey } from "./public-key.ts";
import { bundleSubject, leastBits, namespace, type Signed, type Subject, signedText } from "./signed-text.ts";

/**
 * Signs a text with the key of a file, or with the one of an agent whose public part the file has. It may ask for a passphrase.
 *
 * @param keyFile as named by the user
 * @param subject what the sum is of
 */
export async function sign(
  signed: Signed,
  keyFile: string,
  subject: Subject = bundleSubject,
): Promise<Signature | SignProblem> {
  const key = readKey(resolve(keyFile));
  if ("problem" in key) return key;
  const rsa = rsaKey(key.publicKey);
  if (rsa !== null && rsaBits(rsa) < leastBits) return { problem: "short-rsa", file: keyFile, bits: rsaBits(rsa) };
  const socket = process.env["SSH_AUTH_SOCK"] ?? "";
  const isHeld = socket !== "" && (await holds(socket, key.publicKey));
  if (!isHeld && key.privateFile === null) return { problem: "not-in-agent", file: keyFile };
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-sign-"));
  let own: OwnAgent | null = null;
  try {
    const text = signedText(signed, subject);
    if (rsa === null) return sshSignature(text, key, isHeld, directory, null);
    // OpenSSH signs for openssl in its agent alone; one of our own takes the key of a file, and asks for its passphrase once.
    if (!isHeld) {
      const started = await startAgent(directory, keyFile);
      if ("problem" in started) return started;
      own = started;
      const failed = run("ssh-add", ["-q", key.privateFile ?? ""], own.socket, keyFile);
      if (failed !== null) return failed;
    }
    const agent = own?.socket ?? socket;
    const signature = sshSignature(text, key, true, directory, agent);
    if ("problem" in signature) return signature;
    const bytes = await rsaSignature(agent, key.publicKey, Buffer.from(text));
    if (bytes === null || !verify("sha256", Buffer.from(text), rsa, bytes))
      return { problem: "refused", file: keyFile, said: "the agent gives no signature of rsa-sha2-256" };
    return { ...signature, rsa: bytes };
  } finally {
    await own?.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** By `ssh-keygen -Y sign`, with the key of an agent or of its file. */
function sshSignature(
  text: string,
  { kind, publicKey, privateFile }: SigningKey,
  isHeld: boolean,
  directory: string,
  socket: string | null,
): Signature | SignProblem {
  const file = join(directory, signatureFiles.text);
  const publicFile = join(directory, "key.pub");
  writeFileSync(file, text);
  writeFileSync(publicFile, `${kind} ${publicKey.toString("base64")}\n`);
  const keyFile = isHeld ? publicFile : (privateFile ?? publicFile);
  const args = ["-Y", "sign", "-n", namespace, "-f", keyFile, file];
  const failed = run("ssh-keygen", args, socket, privateFile ?? keyFile, kind.startsWith("sk-"));
  if (failed !== null) return failed;
  const ssh = readFileSync(`${file}.sig`, "latin1");
  const made = readArmor(ssh);
  if (made?.namespace !== namespace || !made.publicKey.equals(publicKey))
    return { problem: "refused", file: privateFile ?? keyFile, said: "ssh-keygen made a signature of another key" };
  return { text, ssh, rsa: null };
}
