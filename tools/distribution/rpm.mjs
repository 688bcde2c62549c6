/** The .rpm, by rpmbuild. */
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.mjs";
import { description, packageVersion, summary } from "./words.mjs";

/**
 * The file that rpmbuild reads: it installs a tree that is there already, as it is.
 *
 * @param {{ version: string, tree: string }} facts
 * @returns {string}
 */
export function rpmSpec({ version, tree }) {
  const paragraphs = description.map((lines) => lines.join("\n"));
  return `Name: lvsgen
Version: ${packageVersion(version)}
Release: 1
Summary: ${summary[0].toUpperCase()}${summary.slice(1)}
License: MIT

%description
${paragraphs.join("\n\n")}

%install
cp -a ${tree}/. %{buildroot}/

%files
%attr(0755, root, root) /usr/bin/lvsgen
%attr(0644, root, root) /usr/share/bash-completion/completions/lvsgen
%doc %attr(0644, root, root) /usr/share/man/man1/lvsgen.1.gz
%doc %attr(0644, root, root) /usr/share/man/man5/lvsgen-cluster.5.gz
%lang(zh_CN) %doc %attr(0644, root, root) /usr/share/man/zh_CN/man1/lvsgen.1.gz
%lang(zh_CN) %doc %attr(0644, root, root) /usr/share/man/zh_CN/man5/lvsgen-cluster.5.gz
%defattr(0644, root, root, 0755)
%license /usr/share/doc/lvsgen/copyright
%dir %doc /usr/share/doc/lvsgen
%doc /usr/share/doc/lvsgen/[!c]*
`;
}

/** rpm's own steps would strip and compress anew, and what it notes of the time and the machine would differ each time. */
const settings = {
  __os_install_post: "%{nil}",
  debug_package: "%{nil}",
  _build_id_links: "none",
  _buildhost: "localhost",
  use_source_date_epoch_as_buildtime: "1",
  clamp_mtime_to_source_date_epoch: "1",
  // What rpm 4.11 and later can read.
  _binary_payload: "w6.xzdio",
  _source_filedigest_algorithm: "8",
  _binary_filedigest_algorithm: "8",
};

/**
 * @param {string} tree what is installed, as tree.mjs fills it
 * @param {string} scratch a directory for the work
 * @param {{ version: string, architecture: string, epoch: number, target: string, quick?: boolean }} facts architecture: as rpm calls it
 * @param {typeof rpmSpec} specOf what the package says of itself
 */
export async function writeRpm(
  tree,
  scratch,
  { version, architecture, epoch, target, quick = false },
  specOf = rpmSpec,
) {
  const top = join(scratch, "rpm");
  await mkdir(top, { recursive: true });
  const spec = join(top, "lvsgen.spec");
  await writeFile(spec, specOf({ version, tree }));
  const packing = quick ? { _binary_payload: "w1.gzdio" } : {};
  const defines = Object.entries({ ...settings, ...packing, _topdir: top }).flatMap(([name, value]) => [
    "--define",
    `${name} ${value}`,
  ]);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch), LC_ALL: "C.UTF-8" };
  await run("rpmbuild", ["-bb", "--target", `${architecture}-linux`, ...defines, spec], { env });
  const [made] = await readdir(join(top, "RPMS", architecture));
  await cp(join(top, "RPMS", architecture, made), target);
}
