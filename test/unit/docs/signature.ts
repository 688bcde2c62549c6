/** How the blocks about signatures are proved: a bundle is signed and verified by the very commands of the page. */
import { expect } from "vitest";
import { commandsIn, onWorkstation, type Proof, succeeds, textOf } from "./deeds.ts";

const page = "docs/security.md";
const starts = {
  sign: "lvsgen build --sign",
  signed: "# lvsgen-bundle 1",
  keys: 'echo "release namespaces',
  verify: "ssh-keygen -Y verify",
  openssl: "openssl dgst",
} as const;

/** In the order of the page, by its reader's own key and with `/etc/lvsgen` in the folder. */
async function signedAndVerified(signing: string): Promise<void> {
  await onWorkstation(async (here) => {
    here.write("cluster.json", textOf("README.md", "{"));
    await succeeds(
      here,
      "mkdir -p .ssh etc && ssh-keygen -q -t rsa -N '' -f .ssh/release && cp .ssh/release.pub release.pub",
    );
    const commands = (text: string): string => commandsIn(text).join("\n").replaceAll("/etc/lvsgen", "$HOME/etc");
    await succeeds(here, `export HOME=$PWD; ${commands(signing)}`);
    const lines = textOf(page, starts.signed).split("\n");
    const signed = (await succeeds(here, "cat out/SHA256SUMS.signed")).trim().split("\n");
    expect(signed.slice(0, 3)).toEqual(lines.slice(0, 3));
    expect(signed[3]?.replace(/^[0-9a-f]{64}/, "5e1b…")).toBe(lines[3]);
    await succeeds(here, `export HOME=$PWD; ${commands(textOf(page, starts.keys))}`);
    for (const start of [starts.verify, starts.openssl])
      await succeeds(here, `export HOME=$PWD; cd out && set -e\n${commands(textOf(page, start))}\ncd ..`);
    // And they find what was changed.
    await succeeds(here, "echo >>out/SHA256SUMS.signed");
    for (const start of [starts.verify, starts.openssl])
      await succeeds(here, `export HOME=$PWD; ( cd out; ${commandsIn(commands(textOf(page, start)))[0]} )`, [1, 255]);
  });
}

const whole = (): Promise<void> => signedAndVerified(textOf(page, starts.sign));

export const signatureProofs: Readonly<Record<string, Proof>> = Object.fromEntries(
  Object.values(starts).map((start) => [
    start,
    start === starts.sign ? whole : { by: "test/unit/docs/signature.ts", says: start },
  ]),
);

export const signingProof = (): Promise<void> => signedAndVerified(textOf("docs/cli.md", "lvsgen build --sign"));

/** A bundle with the serial of the page is proven by its command, and the next older one refused. */
export const bundleProof = (): Promise<void> =>
  onWorkstation(async (here) => {
    here.write("cluster.json", textOf("README.md", "{"));
    const commands = commandsIn(textOf("docs/cli.md", "lvsgen verify-bundle")).join("\n");
    const verify = commands.replaceAll("/etc/lvsgen/", "etc-");
    await succeeds(here, "ssh-keygen -q -t ed25519 -N '' -f release");
    await succeeds(here, `echo "release $(cat release.pub)" > etc-allowed_signers`);
    await succeeds(here, "lvsgen build --sign release --serial 7");
    expect(await succeeds(here, verify, [1])).toContain("this is an old bundle");
    await succeeds(here, "lvsgen build --sign release --serial 8");
    expect(await succeeds(here, verify)).toContain("out: proven: all of it is as it should be");
  });
