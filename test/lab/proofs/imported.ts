/** The table that keepalived makes of a site's file is the one that the director's script makes of its import. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import type { Proof } from "../bench.ts";
import { must } from "../command.ts";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";
import { hostSpec } from "../spec.ts";
import { type Description, program } from "./bundle.ts";
import { Cluster } from "./cluster.ts";

const directory = join(sources, "../keepalived/samples");

export const importedProof = (): Proof => ({
  name: "imported",
  title: "the table that keepalived makes of files is the one that director.sh makes of their import",
  xtables: true,
  async run(bench) {
    const { book } = bench;
    const [director] = await bench.boot(hostSpec("lvs1", "192.168.80.10/24,fd00:80::10/64"));
    if (director === undefined) throw new Error("no director");
    await director.put(directory, "/root/samples");
    const files = (await readdir(directory)).filter((one) => one.endsWith(".conf")).sort();
    const theirs: Table[] = [];
    for (const file of files) {
      const table = await tableOfKeepalived(director, file);
      book.check(`keepalived makes a table of ${file}`, table.rules.length > 1, table.said);
      theirs.push(table);
    }
    const description = await imported(files);
    const cluster = await Cluster.of(bench, "imported", description);
    for (const step of cluster.stepsOf("lvs1")) {
      const told = await book.timed("apply of what is imported", () => cluster.tell(step, "apply"));
      book.check(`${step.script} applies what is imported`, told.code === 0, told.text);
    }
    const ours = await tableAtStart(director);
    const all = new Set(theirs.flatMap(({ rules }) => rules));
    const spare = ours.rules.filter((rule) => isSpare(rule, description) && !all.has(rule));
    book.equal(
      "the table is that of keepalived, but for sorry servers that wait in it",
      ours.rules.filter((rule) => !spare.includes(rule)).join("\n"),
      [...all].sort().join("\n"),
    );
    book.equal(
      "so are the thresholds",
      thresholds(ours.listing).join("\n"),
      theirs
        .flatMap(({ listing }) => thresholds(listing))
        .sort()
        .join("\n"),
    );
  },
});

/** What it is before any check has come to an end, here of real servers that are not there: the unit loads it at each start. */
async function tableAtStart(director: Host): Promise<Table> {
  await director.must("systemctl stop keepalived.service && /etc/lvsgen/imported/load-table");
  return tableNow(director);
}

interface Table {
  /** As ipvsadm -S has them, sorted. */
  readonly rules: readonly string[];
  /** With thresholds. */
  readonly listing: string;
}

const looked = "ipvsadm -S -n; echo ---; ipvsadm -L -n --thresholds";

async function tableNow(director: Host): Promise<Table> {
  const [rules = "", listing = ""] = (await director.must(looked)).split("---\n");
  return {
    rules: rules
      .split("\n")
      .filter((line) => line !== "")
      .sort(),
    listing,
  };
}

/** What the daemon makes of a file while it takes everybody for up: before its first check has come to an end. */
async function tableOfKeepalived(director: Host, file: string): Promise<Table & { said: string }> {
  await director.must(`mkdir -p /run/sample; systemctl stop keepalived.service; ipvsadm -C
    cd /root/samples
    keepalived --check --dont-fork --log-console --config-id=main --use-file=/root/samples/${file} --pid=/run/sample/k.pid --checkers_pid=/run/sample/c.pid > /run/sample/log 2>&1 &
    echo $! > /run/sample/daemon
    last=none
    for i in {1..100}; do
      now=$(ipvsadm -S -n)
      [[ -n $now && $now == "$last" ]] && break
      last=$now; sleep 0.3
    done`);
  const table = await tableNow(director);
  const said = await director.must(
    `daemon=$(< /run/sample/daemon)
    kill "$daemon"
    for i in {1..50}; do [[ -d /proc/$daemon ]] || break; sleep 0.1; done
    ipvsadm -C
    cat /run/sample/log`,
  );
  return { ...table, said };
}

/** What `lvsgen import` writes of the files. */
async function imported(files: readonly string[]): Promise<Description> {
  const words = [
    ...["import", ...files.map((file) => join(directory, file)), "-o", "-", "--quiet"],
    ...["--platform", "debian12", "--interface", "ens33"],
    ...["--id", "main", "--name", "imported"],
    ...["192.168.80.10/24", "fd00:80::10/64"].flatMap((cidr) => ["--director", `lvs1=${cidr}`]),
    ...["5=192.168.80.195:80/tcp", "6=192.168.80.196:80/tcp", "7=[fd00:80::197]:80/tcp"].flatMap((one) => [
      "--mark",
      one,
    ]),
  ];
  const text = await must(process.execPath, [await program(), ...words]);
  return parse(text, [], { allowTrailingComma: true }) as Description;
}

/** An entry that lvsgen keeps with weight 0 for when it is needed. */
function isSpare(rule: string, { services }: Description): boolean {
  const sorry = services.flatMap(({ sorryServer }) => (sorryServer as { address?: string } | undefined)?.address ?? []);
  return / -w 0(?: |$)/.test(rule) && sorry.some((address) => rule.includes(` -r ${address}:`));
}

function thresholds(listing: string): string[] {
  return listing
    .split("\n")
    .filter((line) => /^ +-> .* [1-9][0-9]* +[0-9]+ /.test(line))
    .map((line) => line.trim().split(/\s+/).slice(1, 4).join(" "))
    .sort();
}
