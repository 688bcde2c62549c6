// What suites need, each made once and only when a suite asks for it. A need gives `undefined` when it is there, or why it cannot be
// had on this machine (the suite is then left out); it throws when something that ought to work did not (the suite then failed).
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { architectures, postject } from "../../tools/distribution/architectures.mjs";
import { fetched } from "../../tools/distribution/fetch.mjs";
import { aptInstall, ensurePrograms, missingPrograms } from "../../tools/machine/apt.mjs";
import { container, repository } from "../docker/container.mjs";
import { dockerClient, ensureEngine } from "../docker/engine.mjs";
import { ensureImage, TARGETS } from "../docker/image.mjs";
import { ensureDaemons } from "../keepalived/daemons.mjs";
import { BUNDLES, bundlesDirectory, lvsgen } from "./bundles.mjs";

function npmRun(script) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script], {
    cwd: repository,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm run ${script} failed:\n${stdout}${stderr}`);
}

/**
 * shellcheck, and the variable that makes npm's wrapper of the same name use it instead of downloading one. npm puts that wrapper first
 * in the path of what it runs: named as the program to use, it would call itself without an end.
 */
function shellcheck(say) {
  const PATH = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => !directory.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
  const find = () =>
    spawnSync("/bin/sh", ["-c", "command -v shellcheck"], {
      encoding: "utf8",
      env: { ...process.env, PATH },
    }).stdout.trim();
  if (find() === "") {
    if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
      return "no shellcheck here and not root on Debian or Ubuntu: install shellcheck";
    say("installing shellcheck");
    const failed = aptInstall(["shellcheck"]);
    if (failed) return failed;
  }
  process.env.SHELLCHECKJS_BIN = find();
  return undefined;
}

/** What asks and listens on the segments that unit tests make of name spaces; without root those tests are left out. */
function segments(say) {
  const tools = { ip: "iproute2", arping: "iputils-arping", tcpdump: "tcpdump" };
  const missing = missingPrograms(tools);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say(`installing ${missing.join(", ")}`);
  return aptInstall(missing.map((tool) => tools[tool])) ?? undefined;
}

/** The terminal in which unit tests answer questions as a person does. */
const terminal = (say) => ensurePrograms({ tmux: "tmux" }, say);

/** What pages of docs/ have one type besides lvsgen. */
const pages = (say) => ensurePrograms({ git: "git", jq: "jq" }, say);

/** In which descriptions are opened as users open them. */
const editors = (say) => ensurePrograms({ vim: "vim", nvim: "neovim" }, say);

/** What reads manual pages: that of Linux, groff's macros, and the one with a lint. */
const manuals = (say) => ensurePrograms({ man: "man-db", groff: "groff", mandoc: "mandoc" }, say);

/** What puts logs aside on hosts. */
const logs = (say) => ensurePrograms({ logrotate: "logrotate" }, say);

/** In which the page of `lvsgen status` is tried, and a font for the Chinese one; where none can be had, those tests are left out. */
function browser(say) {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const isThere = () => names.some((name) => spawnSync("/bin/sh", ["-c", `command -v ${name}`]).status === 0);
  if (!isThere()) {
    if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
    say("installing chromium");
    const failed = aptInstall(["chromium", "fonts-noto-cjk"]);
    if (failed) return failed;
  }
  // From here on a test that finds none fails.
  process.env.LVSGEN_BROWSER = "1";
  return undefined;
}

/** What makes signatures, and what hosts have to verify them. */
const signatures = (say) =>
  ensurePrograms({ "ssh-keygen": "openssh-client", "ssh-agent": "openssh-client", openssl: "openssl" }, say);

/** What executables and packages are made of and by; the registry's Node is fetched once, and goes with node_modules. */
async function release(say) {
  if (process.platform !== "linux" || process.arch !== "x64") return "the packages are tried on Linux on x86_64";
  const reason = ensurePrograms({ "dpkg-deb": "dpkg", rpmbuild: "rpm", "eu-strip": "elfutils" }, say);
  if (reason) return reason;
  say("fetching the Node that executables are made of");
  const wanted = [architectures.find(({ node }) => node === process.arch).package, postject];
  return Promise.all(wanted.map((one) => fetched(repository, one))).then(
    () => undefined,
    (error) => error.message,
  );
}

async function engine(say) {
  const reason = await ensureEngine(say);
  if (reason) return reason;
  process.env.DOCKER = dockerClient();
  return undefined;
}

async function guests(say) {
  const reason = await need("engine", say);
  if (reason) return reason;
  container("reap");
  for (const target of TARGETS)
    process.env[`LVSGEN_IMAGE_${target.replace("-", "_")}`] = await ensureImage(target, say);
  return undefined;
}

/** The lab makes network namespaces and builds its guests from Debian's packages. */
async function kernels(say) {
  if (process.getuid?.() !== 0) return "the lab makes network namespaces: run the tests as root";
  if (!existsSync("/usr/bin/apt-get")) return "the lab's guests and their kernel come from Debian's packages";
  // What it lacks it installs itself; apt serves one at a time, and here one that begins later does not wait for every lock.
  for (const other of [
    "shellcheck",
    "segments",
    "terminal",
    "pages",
    "editors",
    "manuals",
    "logs",
    "signatures",
    "browser",
    "release",
    "engine",
  ])
    await need(other, say).catch(() => {});
  return undefined;
}

/** The simulation gives each of its hosts a /run of its own, with a lock that is not this machine's. */
function namespaces() {
  const { status } = spawnSync("unshare", [
    "--mount",
    "--propagation",
    "private",
    "mount",
    "-t",
    "tmpfs",
    "run",
    "/run",
  ]);
  return status === 0 ? undefined : "mount namespaces cannot be made here: run the tests as root, with CAP_SYS_ADMIN";
}

/** The scripts that the suites run: every description in BUNDLES, built by the lvsgen under test. */
function bundles(say) {
  say(`building ${BUNDLES.length} bundles for the tests`);
  rmSync(bundlesDirectory, { recursive: true, force: true });
  mkdirSync(bundlesDirectory, { recursive: true });
  for (const { name, description } of BUNDLES) {
    const out = join(bundlesDirectory, name);
    const { status, stdout, stderr } = spawnSync(process.execPath, [lvsgen(), "build", description, "-o", out], {
      cwd: repository,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`lvsgen build ${description} failed:\n${stdout}${stderr}`);
  }
  process.env.LVSGEN_BUNDLES = bundlesDirectory;
  return undefined;
}

const NEEDS = {
  async dist(say) {
    say("generating and bundling lvsgen");
    npmRun("generate");
    npmRun("build");
    process.env.LVSGEN_BUILT = "1";
  },
  shellcheck,
  segments,
  terminal,
  pages,
  editors,
  manuals,
  logs,
  signatures,
  browser,
  release,
  engine,
  guests,
  kernels,
  keepaliveds: ensureDaemons,
  namespaces,
  async bundles(say) {
    const reason = await need("dist", say);
    return reason ?? bundles(say);
  },
};

const made = new Map();

/** Makes a need once; later askers get the same answer. */
export function need(name, say) {
  if (!made.has(name))
    made.set(
      name,
      Promise.resolve().then(() => NEEDS[name](say)),
    );
  return made.get(name);
}
