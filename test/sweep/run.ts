/**
 * The sweep: every text field of the schema × every trick × every place in the text, built for every network back end. Each case is
 * refused with a finding at the field, or what is built says the same as before with the other text in its field and nothing else.
 *
 *   node test/run/typescript.mjs test/sweep/run.ts [--all] [--field PART] [--shard N/OF]
 *
 * Without `--all`, every ninth case or so. Prints TAP; the figures are in lines that begin with `##`.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { consumers } from "./consumers.ts";
import { variants } from "./descriptions.ts";
import { textAt, textFields } from "./fields.ts";
import { type Case, judge, type Outcome, tally } from "./judge.ts";
import { placed, tricks } from "./texts.ts";

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    field: { type: "string", default: "" },
    shard: { type: "string" },
    out: { type: "string" },
  },
});

const schema = JSON.parse(readFileSync("schema/cluster.schema.json", "utf8"));
const fields = textFields(schema).filter((field) => field.includes(values.field));

/** Every case in a fixed order; a sample is spread over all of it. */
function* cases(): Generator<Case> {
  let number = 0;
  for (const field of fields) {
    const having = variants.filter(({ description }) => textAt(description, field) !== undefined);
    if (having.length === 0)
      throw new Error(`no description of descriptions.ts has a text at ${field}: give one a text there`);
    for (const trick of tricks) {
      const [first] = having;
      const text = (first && textAt(first.description, field)) ?? "";
      for (const place of placed(text, trick.text).keys()) {
        // One back end a case or two, which change from one to the next.
        for (const turn of having.length > 1 && number % 2 === 0 ? [0, 1] : [0]) {
          const variant = having[(number + turn) % having.length];
          if (variant !== undefined) yield { number, field, trick: trick.name, text: trick.text, place, variant };
        }
        number += 1;
      }
    }
  }
}

/** Processes that work side by side; of all cases each goes through several shares, one after the other, for a process keeps what it built. */
const workers = 2;
const shards = values.all ? 40 : workers;
/** Prime to every length above, so that a sample meets each field, trick and place. */
const sampleStep = 37;

if (values.shard === undefined) await whole();
else await shard(values.shard, values.out ?? "");

async function shard(which: string, out: string): Promise<void> {
  const [own = 0, of = 1] = which.split("/").map(Number);
  let index = 0;
  const chosen: Case[] = [];
  for (const one of cases()) {
    index += 1;
    if (!values.all && one.number % sampleStep !== 0) continue;
    if (index % of === own) chosen.push(one);
  }
  writeFileSync(out, JSON.stringify(await judge(chosen)));
}

async function whole(): Promise<void> {
  const begun = Date.now();
  const outcomes: Outcome[] = [];
  const left = Array.from({ length: shards }, (_, own) => own);
  const work = async (): Promise<void> => {
    for (let own = left.shift(); own !== undefined; own = left.shift()) {
      outcomes[own] = await share(own);
      if (shards > workers) process.stderr.write(`${shards - left.length} of ${shards} parts begun\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const { refused, kept, byFormat, faults, artifacts } = tally(outcomes);
  const distinct = [...new Map(artifacts.map((one) => [hash(JSON.stringify(one)), one])).values()];
  const seen = consumers(distinct);
  const escaped = [...faults, ...seen.faults];
  console.log(`## ${refused + kept} cases in ${fields.length} fields: ${refused} refused, ${kept} kept`);
  for (const [format, count] of Object.entries(byFormat)) console.log(`## ${format}: ${count} texts read back`);
  for (const line of seen.figures) console.log(`## ${line}`);
  console.log(`## ${escaped.length} left their field (${Math.round((Date.now() - begun) / 1000)} s)`);
  const kinds = new Map<string, string[]>();
  for (const { kind, message } of escaped) kinds.set(kind, [...(kinds.get(kind) ?? []), message]);
  const names = [...new Set([...fields, ...seen.names])];
  console.log(`1..${names.length}`);
  for (const [index, name] of names.entries()) {
    const found = kinds.get(name) ?? [];
    console.log(`${found.length > 0 ? "not ok" : "ok"} ${index + 1} - ${name}`);
    for (const message of found.slice(0, 5)) console.log(`# ${message}`);
    if (found.length > 5) console.log(`# and ${found.length - 5} more`);
  }
  process.exitCode = escaped.length > 0 ? 1 : 0;
}

/** One part of the cases, in a process of its own. */
function share(own: number): Promise<Outcome> {
  const out = join(tmpdir(), `lvsgen-sweep-${process.pid}-${own}.json`);
  const words = ["test/run/typescript.mjs", "test/sweep/run.ts", `--shard=${own}/${shards}`, `--out=${out}`];
  const child = spawn(process.execPath, [...words, ...process.argv.slice(2)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise<Outcome>((done, failed) =>
    child.on("close", (status) => {
      if (status !== 0) return failed(new Error(`a part of the sweep ended with ${status}`));
      const outcome = JSON.parse(readFileSync(out, "utf8")) as Outcome;
      rmSync(out);
      done(outcome);
    }),
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
