/** The files of a release by themselves. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { release as releaseOf } from "../../tools/release/index.mjs";
import { dockerClient, ensureEngine } from "../docker/engine.mjs";
import { ensureBase } from "../docker/image.mjs";

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
    ["gives the same files, bit for bit", () => compared(release, second)],
  ];
}

/**
 * A third one on a machine of its own: a Debian 12 with its own name, programs installed this minute, another user, another place. What is
 * taken from here is the tree, Node with npm, and what npm has fetched.
 */
export function anotherMachine({ root, release, scratch, shell, say }) {
  const [copy, third] = [join(scratch, "carried"), join(scratch, "third")];
  return [
    [
      "a build on another machine gives the same files, too",
      async () => {
        const reason = await ensureEngine(say);
        if (reason) throw new Error(reason);
        const image = await ensureBase(say);
        // Copied, not linked: they are given to another user there.
        shell(
          `mkdir ${copy} ${third}; chmod 711 ${scratch}; git ls-files -coz --exclude-standard | xargs -0 cp --parents -t ${copy} --; cp -a node_modules ${copy}`,
        );
        const npm = realpathSync(shell("command -v npm").trim()).replace(/\/bin\/npm-cli\.js$/, "");
        const volumes = [
          [copy, "/srv/somebody/lvsgen"],
          [third, "/srv/release"],
          [process.execPath, "/usr/bin/node:ro"],
          [npm, "/usr/lib/node_modules/npm:ro"],
        ].flatMap(([from, to]) => ["--volume", `${from}:${to}`]);
        const environment = ["--env", `SOURCE_DATE_EPOCH=${releaseOf(root).epoch}`, "--env", "TZ=America/St_Johns"];
        const args = ["run", "--rm", "--interactive", "--network", "host", "--hostname", "builder"];
        const { status, stdout, stderr } = spawnSync(
          dockerClient(),
          [...args, ...volumes, ...environment, image, "bash"],
          { input: builder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
        );
        if (status !== 0) throw new Error(`ended with ${status}:\n${stdout}${stderr}`);
        return compared(release, third);
      },
    ],
  ];
}

const builder = `
set -eux
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y --no-install-recommends rpm elfutils xz-utils git >/dev/null
ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/bin/npm
useradd --create-home --uid 4711 somebody
chown -R somebody /srv/somebody /srv/release
su somebody -c 'umask 027; cd /srv/somebody/lvsgen && npm run --silent build && node tools/distribution/index.mjs /srv/release'
`;

/** Says how many files two builds have alike; throws where any differs. */
function compared(release, other) {
  const names = readdirSync(release);
  const others = readdirSync(other);
  const differing = names.filter(
    (name) => !others.includes(name) || !readFileSync(join(release, name)).equals(readFileSync(join(other, name))),
  );
  if (differing.length > 0) throw new Error(`differ: ${differing.join(", ")}`);
  if (others.length !== names.length || names.length < 9) throw new Error(`only ${names.join(", ")}`);
  return `${names.length} files`;
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
