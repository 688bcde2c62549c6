/** The packages `lvsgen-run`, for hosts: one bash program, the same on every architecture, and its page. Keys are the site's own matter. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeDeb } from "./deb.mjs";
import { writeRpm } from "./rpm.mjs";
import { setModes, setTimes } from "./tree.mjs";
import { maintainer, packageVersion } from "./words.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const summary = "runs scripts of lvsgen's after it has verified who signed them";
const description = [
  "It copies a bundle to where only root can go, verifies the signature of the",
  "copy with keys that reached the host another way, and runs a script of it.",
];

/** As deb-control(5) has it. */
export function runnerControl({ version, architecture, kibibytes }) {
  return `Package: lvsgen-run
Version: ${packageVersion(version)}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: bash (>= 4.2), coreutils, util-linux, openssh-client (>= 1:8.1) | openssl
Section: admin
Priority: optional
Description: ${summary}
${description.map((line) => ` ${line}`).join("\n")}
`;
}

/** EL7's openssh has no `ssh-keygen -Y`: there it is openssl that verifies. */
export function runnerSpec({ version, tree }) {
  return `Name: lvsgen-run
Version: ${packageVersion(version)}
Release: 1
Summary: ${summary[0].toUpperCase()}${summary.slice(1)}
License: MIT
AutoReqProv: no
Requires: bash >= 4.2, coreutils, util-linux, openssh, openssl

%description
${description.join("\n")}

%install
cp -a ${tree}/. %{buildroot}/

%files
%attr(0755, root, root) /usr/sbin/lvsgen-run
%doc %attr(0644, root, root) /usr/share/man/man8/lvsgen-run.8.gz
%defattr(0644, root, root, 0755)
%dir %doc /usr/share/doc/lvsgen-run
%license /usr/share/doc/lvsgen-run/copyright
`;
}

/**
 * Fills a directory with what is installed.
 *
 * @param {string} root the project
 * @param {string} tree
 */
export async function fillRunnerTree(root, tree) {
  const place = async (path) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    return join(tree, path);
  };
  await copyFile(join(root, "templates", "files", "lvsgen-run.hbs"), await place("usr/sbin/lvsgen-run"));
  const page = await readFile(join(here, "lvsgen-run.8"));
  await writeFile(await place("usr/share/man/man8/lvsgen-run.8.gz"), gzipSync(page, { level: 9 }));
  await copyFile(join(root, "LICENSE"), await place("usr/share/doc/lvsgen-run/copyright"));
  await setModes(tree);
}

/**
 * @param {string} root the project
 * @param {string} target a directory
 * @param {{ version: string, epoch: number }} release
 */
export async function writeRunner(root, target, { version, epoch, quick = false }) {
  const scratch = await mkdtemp(join(tmpdir(), "lvsgen-dist-"));
  try {
    const tree = join(scratch, "tree");
    await fillRunnerTree(root, tree);
    await setTimes(tree, epoch);
    const named = packageVersion(version);
    const deb = join(target, `lvsgen-run_${named}_all.deb`);
    const rpm = join(target, `lvsgen-run-${named}-1.noarch.rpm`);
    await writeDeb(tree, scratch, { version, architecture: "all", epoch, target: deb, quick }, runnerControl);
    await writeRpm(tree, scratch, { version, architecture: "noarch", epoch, target: rpm, quick }, runnerSpec);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
