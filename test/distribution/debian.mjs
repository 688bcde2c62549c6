/** A minimal Debian 12, without Node and without a network: the commands of docs/install.md, in the folder that was carried. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { dockerClient, ensureEngine } from "../docker/engine.mjs";
import { ensureBase } from "../docker/image.mjs";
import { commandOf } from "./page.mjs";

const inside = (root) => `
set -eux
if command -v node; then echo 'there is a Node here'; exit 1; fi
cd /release
${commandOf(root, "sha256sum")}
${commandOf(root, "install")}
lvsgen build --quiet --no-since /examples/kgc.json -o /tmp/by-executable
diff -r /expected /tmp/by-executable
bash -c 'source <(lvsgen completion bash); complete -p lvsgen'
rm /usr/local/bin/lvsgen
hash -r
if command -v lvsgen; then exit 1; fi
${commandOf(root, "apt-get")} </dev/null
lvsgen build --quiet --no-since /examples/kgc.json -o /tmp/by-package
diff -r /expected /tmp/by-package
dpkg --verify lvsgen
zcat /usr/share/man/man1/lvsgen.1.gz | grep -q '^.TH LVSGEN 1 '
zcat /usr/share/man/man5/lvsgen-cluster.5.gz | grep -q '^.TH LVSGEN'
bash -c '. /usr/share/bash-completion/completions/lvsgen; complete -p lvsgen'
cd /usr/share/doc/lvsgen/examples && lvsgen validate --quiet kgc.json
grep -q 'Node.js' /usr/share/doc/lvsgen/copyright
cd / && dpkg --remove lvsgen
test ! -e /usr/bin/lvsgen && test ! -e /usr/share/doc/lvsgen
`;

export function debian({ root, release, say }) {
  return [
    [
      "a clean Debian 12: the executable, then the .deb, build the example as out/ has it",
      async () => {
        const reason = await ensureEngine(say);
        if (reason) throw new Error(reason);
        const mounts = [
          [release, "/release"],
          [join(root, "examples"), "/examples"],
          [join(root, "out"), "/expected"],
        ].flatMap(([from, to]) => ["--volume", `${from}:${to}:ro`]);
        const image = await ensureBase(say);
        const args = ["run", "--rm", "--interactive", "--network", "none", ...mounts, image, "bash"];
        const { status, stdout, stderr } = spawnSync(dockerClient(), args, { input: inside(root), encoding: "utf8" });
        if (status !== 0) throw new Error(`ended with ${status}:\n${stdout}${stderr}`);
      },
    ],
  ];
}
