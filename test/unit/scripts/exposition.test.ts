/** The judge of metrics (test/bats/exposition.mjs) finds what node_exporter and promtool object to. */
import { expect, test } from "vitest";
import { lint } from "../../bats/exposition.mjs";

const good = `# HELP lvsgen_generation Number of it.
# TYPE lvsgen_generation gauge
lvsgen_generation{cluster="a",role="nfs"} 3
`;

test("it takes what is right, in several files of one metric", () => {
  const other = good.replace('role="nfs"', 'role="director"');
  expect(lint({ "a.prom": good, "b.prom": other }).faults).toEqual([]);
});

test.each([
  ["a time", good.replace(" 3\n", " 3 1700000000000\n")],
  ["no line end", good.trimEnd()],
  ["CRLF", good.replaceAll("\n", "\r\n")],
  ["no help", good.replace(/# HELP.*\n/, "")],
  ["no type", good.replace(/# TYPE.*\n/, "")],
  ["a family without a sample", good.replace(/lvsgen_generation\{.*\n/, "")],
  ["a sample of another family", good.replace("lvsgen_generation{", "lvsgen_other{")],
  ["a quotation mark in a label", good.replace('"nfs"', '"n"fs"')],
  ["a comma at the end", good.replace('"nfs"', '"nfs",')],
  ["a family in two places", good + good.replace("nfs", "director")],
  ["a sample twice", `${good}lvsgen_generation{cluster="a",role="nfs"} 3\n`],
  ["a label twice", good.replace('role="nfs"', 'role="nfs",role="nfs"')],
  ["no value", good.replace(" 3\n", " \n")],
  ["a word for a value", good.replace(" 3\n", " three\n")],
  ["a gauge that ends in _total", good.replaceAll("lvsgen_generation", "lvsgen_total")],
  ["a unit that is none of the base", good.replaceAll("lvsgen_generation", "lvsgen_took_minutes")],
  ["an empty line", `${good}\n`],
])("it finds %s", (_what, text) => {
  expect(lint({ "a.prom": text }).faults).not.toEqual([]);
});

test("it finds another help in another file, and one sample in both", () => {
  expect(
    lint({ "a.prom": good, "b.prom": good.replace("Number of it", "Another").replace("nfs", "b") }).faults,
  ).toHaveLength(1);
  expect(lint({ "a.prom": good, "b.prom": good }).faults).toHaveLength(1);
});
