/** Who signed a bundle, with which serial, and that `SHA256SUMS` is the one that was signed. */
import {
  fingerprint,
  kindOf,
  namespace,
  readArmor,
  readSignedText,
  rsaKey,
  type SshSignature,
  signatureFiles,
  verifiesRsa,
  writeArmor,
} from "../sign/index.ts";
import type { Folder, SumOf, Trust } from "./evidence.ts";
import { ok, type Proof, refused, unproven } from "./proof.ts";

const { rsa: rsaFile, ssh: sshFile, text: textFile } = signatureFiles;

export function proofsOfSignature(folder: Folder, trust: Trust, sumOf: SumOf): readonly Proof[] {
  const { files, strange } = folder;
  const [text, ssh, rsa] = [textFile, sshFile, rsaFile].map((path) => files.get(path) ?? null);
  // A link or what cannot be read is told with the files.
  const hidden = [textFile, sshFile, rsaFile].filter((path) => strange.some((one) => one.path === path));
  if (hidden.length === 0 && !text && !ssh && !rsa) return [unsigned(trust)];
  const unread = strange.find(({ path, kind }) => kind === "unreadable" && hidden.some((one) => one === path));
  if (unread !== undefined)
    return [
      unproven(
        "signature",
        unread.path,
        `cannot be read: ${unread.why}`,
        "run it as a user who may read every file of the bundle",
      ),
    ];
  if (!text || !ssh)
    return [refused("signature", text ? sshFile : textFile, "is missing or is no regular file: a signature has both")];
  const armor = readArmor(ssh.toString("latin1"));
  if (armor === null || !Buffer.from(writeArmor(armor)).equals(ssh))
    return [refused("signature", sshFile, "is not as ssh-keygen writes it")];
  if (armor.namespace !== namespace)
    return [refused("signature", sshFile, `is a signature for something else, not for the namespace ${namespace}`)];
  const signed = readSignedText(text.toString("latin1"));
  if (signed === null) return [refused("signature", textFile, "is not as lvsgen writes it")];
  const signature = signatureProof(trust, text, ssh, armor);
  return [
    signature,
    ...rsaProofs(rsa ?? null, text, armor, signature),
    serialProof(signed.serial, trust.leastSerial),
    sumsProof(folder, signed, sumOf),
  ];
}

function unsigned({ ssh, leastSerial }: Trust): Proof {
  if (ssh === null && leastSerial === null)
    return unproven(
      "signature",
      null,
      "the bundle is not signed: nothing says who made it",
      "compare the SHA-256 of SHA256SUMS with what lvsgen build printed, another way than the bundle came; or have it signed: lvsgen build --sign KEY",
    );
  return refused("signature", textFile, "is missing: the bundle is not signed, or somebody took the signature away");
}

function signatureProof({ ssh }: Trust, text: Buffer, armored: Buffer, { publicKey }: SshSignature): Proof {
  const key = `${kindOf(publicKey) ?? "?"} ${fingerprint(publicKey)}`;
  if (ssh === null)
    return unproven(
      "signature",
      sshFile,
      `nothing says whether the key ${key} may sign`,
      "give the file of those who may, which came another way than the bundle: --allowed-signers FILE",
    );
  const verdict = ssh(text, armored);
  switch (verdict.kind) {
    case "good":
      return ok("signature", `signed by ${verdict.principal} with the key ${key}`, sshFile);
    case "bad":
      return refused("signature", sshFile, `is no signature of an allowed key: ${verdict.said}`);
    case "no-program":
      return unproven(
        "signature",
        sshFile,
        "there is no ssh-keygen that could verify it",
        "install OpenSSH 8.2 or later",
      );
    case "old-program":
      return unproven("signature", sshFile, "ssh-keygen is too old to verify it", "install OpenSSH 8.2 or later");
  }
}

/** By the key of the other signature, which is as good as that one is. */
function rsaProofs(rsa: Buffer | null, text: Buffer, signature: SshSignature, of: Proof): readonly Proof[] {
  if (rsaKey(signature.publicKey) === null)
    return rsa === null ? [] : [refused("rsa", rsaFile, `stands there, but the key of ${sshFile} is none of RSA`)];
  if (rsa === null) return [refused("rsa", rsaFile, "is missing, and a signature with an RSA key has it")];
  if (!verifiesRsa(signature, text, rsa)) return [refused("rsa", rsaFile, `is no signature by the key of ${sshFile}`)];
  return [
    of.result === "ok"
      ? ok("rsa", `signed with the key of ${sshFile}`, rsaFile)
      : unproven("rsa", rsaFile, `is of the same key as ${sshFile}, and that is not proven`, `prove ${sshFile} first`),
  ];
}

function serialProof(serial: number, least: number | null): Proof {
  if (least === null)
    return unproven(
      "serial",
      textFile,
      `has the serial ${serial}, and nothing says which one is old`,
      "give the lowest that may come, one more than that of the bundle before: --least-serial N",
    );
  if (serial < least)
    return refused("serial", textFile, `has the serial ${serial}, lower than ${least}: this is an old bundle`);
  return ok("serial", `the serial is ${serial}, not lower than ${least}`, textFile);
}

function sumsProof({ files }: Folder, { sum, cluster }: { sum: string; cluster: string }, sumOf: SumOf): Proof {
  const sums = files.get("SHA256SUMS") ?? null;
  if (sums === null || sumOf(sums) !== sum)
    return refused("signed-sums", "SHA256SUMS", "is not the one that was signed");
  if (clusterOf(files.get("manifest.json") ?? null) !== cluster)
    return refused("signed-sums", "manifest.json", `is not of the cluster ${cluster}, for which the bundle was signed`);
  return ok("signed-sums", `SHA256SUMS is the one that was signed, for the cluster ${cluster}`, "SHA256SUMS");
}

function clusterOf(manifest: Buffer | null): unknown {
  try {
    return (JSON.parse(manifest?.toString("utf8") ?? "") as { cluster?: unknown } | null)?.cluster;
  } catch {
    return null;
  }
}
