/** A bundle is read as what the plan has put into it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse, compile } from "../../../src/compile.ts";
import { textOfBundle } from "../../../src/diff/index.ts";
import { readSnapshot } from "../../../src/diff/read/index.ts";
import { readWords } from "../../../src/diff/read/words.ts";
import type { Part } from "../../../src/diff/snapshot.ts";
import { contentReader } from "../../../src/render/contents.ts";
import { shellWord } from "../../../src/render/quote.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const descriptions = ["examples", "test/fixtures/valid"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => /\.(?:json|ya?ml)$/.test(file))
    .map((file) => `${folder}/${file}`),
);

test.each(descriptions)("%s", async (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const [{ plan }, { bundle }] = await Promise.all([analyse(text, { file }), compile(text, { file })]);
  if (plan === null || bundle === null) throw new Error("it does not build");
  const snapshot = readSnapshot(textOfBundle(bundle));
  if ("kind" in snapshot) throw new Error(`${snapshot.file} ${snapshot.message}`);
  const textOf = contentReader();
  const planned = plan.scripts.flatMap(({ role, hosts }) =>
    hosts.map(({ host, sections }) => ({
      host: host.name,
      role,
      declared: sections
        .flatMap(({ wants }) => wants)
        .map(({ verb, words: [kind = "", ...words], body }) => ({
          verb,
          kind,
          words,
          text: body === null ? null : "chunks" in body ? body.chunks.join("") : textOf(body),
        })),
    })),
  );
  const inSections = ({ declared, ...part }: Part) => ({
    ...part,
    // A script has the sections in one order for all its hosts.
    declared: declared.map((one) => JSON.stringify(one)).sort(),
  });
  expect(snapshot.parts.map(inSections)).toEqual(planned.map(inSections));
});

describe("words", () => {
  test("are read as they were written", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "binary" }).filter((text) => text.isWellFormed() && !text.includes("\0")),
          { maxLength: 5 },
        ),
        (words) => {
          expect(readWords(words.map(shellWord).join(" "))).toEqual({ words, delimiter: null });
        },
      ),
    );
  });

  test.each(["a $(x)", "a `x`", "'a", "$'a", "a;b", "a\\", "$'\\x41'", "<<END"])(
    "of what lvsgen does not write there are none: %s",
    (line) => {
      expect(readWords(line)).toBeNull();
    },
  );
});

test.each([
  ["no manifest", new Map([["manifest.json", "{}"]]), "manifest.json"],
  ["no JSON", new Map([["manifest.json", "["]]), "manifest.json"],
  [
    "a script that is missing",
    new Map([
      [
        "manifest.json",
        JSON.stringify({
          generator: "lvsgen",
          format: 1,
          cluster: "a",
          version: "1",
          hosts: [],
          files: [{ path: "nfs.sh", sha256: "0" }],
        }),
      ],
    ]),
    "nfs.sh",
  ],
])("%s is said", (_name, files, file) => {
  expect(readSnapshot({ files })).toMatchObject({ kind: "unreadable", file });
});
