/** With `monitoring` each host keeps a copy of its script, which is another file wherever the script is another one. */
import { expect, test } from "vitest";
import { difference, textOfBundle } from "../../../src/diff/index.ts";
import { type Bundle, compile } from "../../../src/index.ts";
import { former } from "../runbook/changed.ts";
import { textOf } from "../scripts/bundle.ts";
import { compared, web } from "./sides.ts";

const monitored = () => ({ ...web(), monitoring: {} });
/** What web1 alone gets. */
function changedOn(host: string) {
  const one = monitored();
  one.hosts[host].files = [{ path: "/srv/page", content: "new\n" }];
  return one;
}

async function bundle(description: unknown, before?: Bundle): Promise<Bundle> {
  const options = { perHost: true, ...(before === undefined ? {} : { former: former(before) }) };
  const compiled = await compile(JSON.stringify(description), options);
  if (compiled.bundle === null) throw new Error("it does not build");
  return compiled.bundle;
}

const appliedTo = (steps: readonly { readonly script: string | null; readonly hosts: readonly string[] }[]) =>
  steps.map(({ script, hosts }) => [script, hosts]);

test("what changes for one host changes the copy on all of its role, which need the script all the same", async () => {
  const { changes, steps } = await compared(monitored(), changedOn("web1"));
  expect(changes.filter(({ rule }) => rule === "script")).toEqual([
    expect.objectContaining({
      subject: { kind: "hosts", names: ["web1", "web2"], role: "realserver" },
      action: "changed",
      what: "copy of the script on the host, /etc/lvsgen/web/realserver.sh",
      was: "one text",
      becomes: "another text",
      verdict: "none",
    }),
  ]);
  expect(appliedTo(steps)).toEqual([["realserver.sh", ["web1", "web2"]]]);
});

test("the same script is the same copy", async () => {
  expect((await compared(monitored(), monitored())).changes).toEqual([]);
  const { changes, steps } = await compared(web(), {
    ...web(),
    hosts: { ...web().hosts, web1: changedOn("web1").hosts.web1 },
  });
  expect(changes.map(({ rule }) => rule)).not.toContain("script");
  expect(appliedTo(steps)).toEqual([["realserver.sh", ["web1"]]]);
});

test("with a folder for each host its own script counts, in diff and in the runbook", async () => {
  const before = await bundle(monitored());
  const after = await bundle(changedOn("web1"), before);
  const found = difference(textOfBundle(before), textOfBundle(after));
  if (found.kind === "unreadable") throw new Error(found.message);
  expect(appliedTo(found.steps)).toEqual([["realserver.sh", ["web1"]]]);
  const { since } = JSON.parse(textOf(after, "manifest.json"));
  expect(appliedTo(since.steps)).toEqual([["realserver.sh", ["web1"]]]);
});

test("of a bundle that does not tell the numbers of its scripts nothing is guessed", async () => {
  const before = textOfBundle(await bundle(monitored()));
  const manifest = JSON.parse(before.files.get("manifest.json") ?? "");
  for (const file of manifest.files) delete file.sum;
  const files = new Map([...before.files, ["manifest.json", JSON.stringify(manifest)] as const]);
  const found = difference({ ...before, files }, textOfBundle(await bundle(changedOn("web1"))));
  if (found.kind === "unreadable") throw new Error(found.message);
  expect(found.changes.map(({ rule }) => rule)).not.toContain("script");
  expect(appliedTo(found.steps)).toEqual([["realserver.sh", ["web1"]]]);
});

test.each([{ keep: 7 }, { interval: 120 }])(
  "how its timer asks is told as what interrupts nobody: %j",
  async (monitoring) => {
    const { changes } = await compared(monitored(), { ...monitored(), monitoring });
    expect(new Set(changes.map(({ rule, verdict }) => `${rule}: ${verdict}`))).toEqual(
      new Set(["script: none", "own-timer: none"]),
    );
  },
);

test("another file of lvsgen's that differs alone is told as what nothing explains", async () => {
  const before = textOfBundle(await bundle(monitored()));
  const script = before.files.get("realserver.sh") ?? "";
  const other = script.replace("\n# Answer ARP only for ", "\n# Ask and answer ARP only for ");
  const found = difference(before, { ...before, files: new Map([...before.files, ["realserver.sh", other] as const]) });
  if (found.kind === "unreadable") throw new Error(found.message);
  expect(new Set(found.changes.map(({ rule, verdict }) => `${rule}: ${verdict}`))).toEqual(
    new Set(["own-file: not-classified"]),
  );
});
