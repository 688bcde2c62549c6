/** The .rpm by rpm's own tools, in a root of its own. */
import { join } from "node:path";

/** What EL 8 has: glibc 2.28, and the libstdc++ of GCC 8. */
const newest = { GLIBC: "2.28", GLIBCXX: "3.4.25", CXXABI: "1.3.11", GCC: "8.0" };

export function redHat({ root, release, scratch, shell, architectures }) {
  const hostRoot = join(scratch, "red-hat");
  const rpm = `rpm --root ${hostRoot}`;
  return [
    [
      "rpm installs the .rpm, what it installs builds the example, and nothing is left when it is erased",
      () => {
        // There is no glibc in that root, and Debian's rpm wants to be told that it may.
        shell(`mkdir ${hostRoot}; ${rpm} --initdb; ${rpm} --install --nodeps --force-debian ${release}/*.x86_64.rpm`);
        shell(`${rpm} --verify --nodeps lvsgen`);
        shell(`${hostRoot}/usr/bin/lvsgen build --quiet --no-since examples/kgc.json -o ${scratch}/by-rpm`);
        shell(`diff -r out ${scratch}/by-rpm`);
        shell(`test -s ${hostRoot}/usr/share/man/man1/lvsgen.1.gz -a -s ${hostRoot}/usr/share/doc/lvsgen/README.md`);
        shell(`${rpm} --erase lvsgen; test -z "$(find ${hostRoot}/usr -name '*lvsgen*')"`, { cwd: root });
      },
    ],
    ...architectures.map((name) => [
      `the .rpm for ${name} asks for nothing that EL 8 has not`,
      () => {
        const lines = shell(`rpm -qp --requires ${release}/*.${name}.rpm`).trimEnd().split("\n");
        const symbols = lines.flatMap((line) => [...line.matchAll(/\((GLIBC|GLIBCXX|CXXABI|GCC)_([0-9.]+)\)/g)]);
        if (symbols.length < 10) throw new Error(`what does it need?\n${lines.join("\n")}`);
        const newer = symbols.filter(([, kind, version]) => isNewer(version, newest[kind]));
        if (newer.length > 0) throw new Error(newer.map(([symbol]) => symbol).join(", "));
        const libraries = new Set(lines.map((line) => /^(\S+\.so\.\d+)\(/.exec(line)?.[1]).filter(Boolean));
        return [...libraries].join(", ");
      },
    ]),
  ];
}

function isNewer(version, other) {
  const [a, b] = [version, other].map((text) => text.split(".").map(Number));
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  return at >= 0 && a[at] > (b[at] ?? 0);
}
