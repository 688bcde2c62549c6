/** The runbooks of a first installation and of four changes, followed to the letter, gone back by, and followed again. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench, Proof } from "../../bench.ts";
import { type Description, procedure } from "../bundle.ts";
import { Cluster, place, specsOf } from "../cluster.ts";
import { isClosing, type Line, readChapter } from "./read.ts";

/** A folder as it lies on the hosts, beside the one before. */
interface Folder {
  readonly title: string;
  readonly cluster: Cluster;
}

type Ways = Map<string, string>;

/** A third real server, which is there from the beginning and described by the first change. */
const third = {
  address: "192.168.80.14/24",
  mounts: [{ export: "/opt/kgc", target: "/var/www/html" }],
};

function withThird(description: Description): Description {
  return {
    ...description,
    hosts: { ...description.hosts, web3: third },
    services: description.services.map((one) => ({ ...one, realservers: [...one.realservers, { host: "web3" }] })),
  };
}

const served = (description: Description, settings: Record<string, unknown>): Description => ({
  ...description,
  services: description.services.map((one) => ({ ...one, ...settings })),
});

export const runbookProof = (): Proof => ({
  name: "runbook",
  title: "RUNBOOK.md to the letter: first installation, server added, removed, another VIP, another method, and back",
  long: true,
  async run(bench) {
    const two = await procedure();
    const three = withThird(two);
    await bench.boot(...specsOf(three));
    const first = await folder(bench, "1-first", two);
    await follow(bench, first, "The first installation");
    await asDescribed(bench, first, "installed");
    const changes: readonly (readonly [string, Description])[] = [
      ["2-server-added", three],
      ["3-server-removed", two],
      ["4-another-vip", served(two, { vip: "192.168.80.189" })],
      ["5-another-method", served(two, { vip: "192.168.80.189", mode: "tun" })],
    ];
    let former = first;
    for (const [title, description] of changes) former = await changed(bench, title, description, former);
  },
});

async function folder(bench: Bench, title: string, description: Description, former?: Folder): Promise<Folder> {
  const cluster = await Cluster.of(bench, title, description, former?.cluster.bundle.directory);
  // Whoever is no part of the cluster any more is in the runbook still, and gets the folder as well.
  const others = bench.lab.hosts.filter(({ name }) => !(name in description.hosts));
  await Promise.all(others.map((host) => cluster.install(host)));
  return { title, cluster };
}

/** There, back, and there again. */
async function changed(bench: Bench, title: string, description: Description, former: Folder): Promise<Folder> {
  const now = await folder(bench, title, description, former);
  const ways = await follow(bench, now, "This change", former);
  await asDescribed(bench, now, title);
  const { back } = readChapter(await runbookOf(now), "This change");
  bench.book.check(`${title}: it says how to go back`, back.length > 0);
  const goBack = async (which: string): Promise<void> => {
    for (const line of back)
      await type(bench, line.folder === "former" ? former : now, `${title}, ${which}`, line, ways);
  };
  await goBack("back");
  await asDescribed(bench, former, `${title}, gone back`);
  // Somebody types it again, not knowing whether it has been done.
  await goBack("back once more");
  await asDescribed(bench, former, `${title}, gone back`);
  await follow(bench, now, "This change", former);
  await asDescribed(bench, now, `${title}, again`);
  return now;
}

const runbookOf = ({ cluster }: Folder): Promise<string> =>
  readFile(join(cluster.bundle.directory, "RUNBOOK.md"), "utf8");

async function follow(bench: Bench, now: Folder, heading: string, former: Folder = now): Promise<Ways> {
  const { lines } = readChapter(await runbookOf(now), heading);
  bench.book.check(`${now.title}: there are commands to type`, lines.length > 0);
  const ways: Ways = new Map();
  for (const line of lines) await type(bench, line.folder === "former" ? former : now, now.title, line, ways);
  return ways;
}

/** Each in a shell of its own, so that what has to be typed in a new session is. `ways` has the N that each apply has said, by host and script. */
async function type(bench: Bench, { title }: Folder, what: string, line: Line, ways: Ways): Promise<void> {
  const { host, command, expected } = line;
  const way = `${host} ${command.split(" ")[1]}`;
  const isBack = command.endsWith(" --to N");
  // Who has said nothing has nothing to go back to.
  if (isBack && !ways.has(way)) return;
  const typed = command.replace(/ --to N$/, ` --to ${ways.get(way)}`);
  const { code, out } = await bench.host(host).run(`cd ${join(place, title)} && { ${typed}; } 2>&1`, { timeout: 600 });
  const [, said] = /^to go back: .* rollback --to (\d+)$/m.exec(out) ?? [];
  if (said !== undefined) ways.set(way, said);
  const seen = code === (expected?.code ?? 0) && (expected === null || isClosing(out, expected.closing));
  bench.book.check(`${what}: ${host}: ${typed}`, seen, `exit code ${code}, not ${expected?.code ?? 0}: ${out}`);
}

/** What the runbook says of where it begins: in its folder each script's `check` ends with 0. And clients are served. */
async function asDescribed(bench: Bench, { title, cluster }: Folder, what: string): Promise<void> {
  const pending = await cluster.faults("check");
  bench.book.equal(`${what}: check of each script of ${title} ends with 0`, pending.map(({ text }) => text).join(), "");
  const test = await bench.host("pc").run(`cd ${join(place, title)} && bash client-test.sh`, { timeout: 120 });
  bench.book.check(`${what}: clients are served as ${title} describes`, test.code === 0, test.out + test.err);
}
