/** The files of a release by themselves. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { release as releaseOf } from "../../tools/release/index.mjs";

/** What is for this machine's processor, made once. */
export function quick({ release, shell }) {
  return [["npm run dist, for this processor", () => shell(`node tools/distribution/index.mjs --quick ${release}`)]];
}

/** Two builds: as one types it, and from a copy of the tree in another place, with other rights, another language and another time zone. */
export function twice({ root, release, scratch, shell }) {
  const [copy, second] = [join(scratch, "copy"), join(scratch, "second")];
  const epoch = releaseOf(root).epoch;
  return [
    ["npm run dist", () => shell("npm run --silent dist")],
    [
      "and once more elsewhere",
      () => {
        shell(
          `mkdir ${copy}; git ls-files -coz --exclude-standard | xargs -0 cp --parents -t ${copy} --; cp -al node_modules ${copy}`,
        );
        const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch), TZ: "Asia/Shanghai", LC_ALL: "C" };
        shell(`umask 077; npm run --silent build; node tools/distribution/index.mjs ${second}`, { cwd: copy, env });
      },
    ],
    [
      "gives the same files, bit for bit",
      () => {
        const names = readdirSync(release);
        const differing = names.filter(
          (name) => !readFileSync(join(release, name)).equals(readFileSync(join(second, name))),
        );
        if (differing.length > 0) throw new Error(`differ: ${differing.join(", ")}`);
        if (readdirSync(second).length !== names.length || names.length < 9)
          throw new Error(`only ${names.join(", ")}`);
        return `${names.length} files`;
      },
    ],
  ];
}

/** What a release of any extent says of itself. */
export function lists({ root, release, shell }) {
  return [
    [
      "SHA256SUMS are those of all other files",
      () => {
        shell("sha256sum --check --strict SHA256SUMS", { cwd: release });
        const listed = readFileSync(join(release, "SHA256SUMS"), "utf8").trimEnd().split("\n").length;
        if (listed !== readdirSync(release).length - 1) throw new Error(`${listed} files are listed`);
      },
    ],
    [
      "the SBOM names every package in dist/, and Node",
      () => {
        const [file] = readdirSync(release).filter((name) => name.endsWith(".cdx.json"));
        const { components } = JSON.parse(readFileSync(join(release, file), "utf8"));
        const bundled = JSON.parse(readFileSync(join(root, "dist", "bundled.json"), "utf8"));
        const wanted = [...bundled.map(({ name, version }) => `${name}@${version}`)].sort();
        const found = components
          .map(({ name, version }) => `${name}@${version}`)
          .filter((name) => !name.startsWith("node@"));
        if (found.sort().join() !== wanted.join()) throw new Error(`${found.join()}\n${wanted.join()}`);
        if (components.length !== wanted.length + 1) throw new Error("Node is not in it");
        return `${components.length} components`;
      },
    ],
  ];
}

/** Packages and executables for each processor. */
export function processors({ release, shell }) {
  return [
    [
      "the packages say for which system they are",
      () => {
        const field = (deb) => shell(`dpkg-deb --field ${deb} Architecture`, { cwd: release }).trim();
        const arch = (rpm) => shell(`rpm -qp --qf '%{ARCH}' ${rpm}`, { cwd: release }).trim();
        const said = [field("*_amd64.deb"), field("*_arm64.deb"), arch("*.x86_64.rpm"), arch("*.aarch64.rpm")];
        if (said.join() !== "amd64,arm64,x86_64,aarch64") throw new Error(said.join());
      },
    ],
    [
      "executables are for their processor",
      () => {
        // e_machine of the ELF head.
        const machine = (name) =>
          readFileSync(
            join(
              release,
              readdirSync(release).find((one) => one.endsWith(name)),
            ),
          ).readUInt16LE(18);
        const [x86, arm] = [machine("-linux-x86_64"), machine("-linux-aarch64")];
        if (x86 !== 62 || arm !== 183) throw new Error(`ELF machines ${x86} and ${arm}`);
      },
    ],
  ];
}
