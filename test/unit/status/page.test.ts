// The page of a thousand hosts in a browser without a network: it loads, sorts and filters, and whatever a report says stays text.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chinese } from "../../../src/language/zh/index.ts";
import { overview, page, readExpected, readReport } from "../../../src/status/index.ts";
import { browserHere, inBrowser } from "./browser.ts";
import { failing, manifest, pending, report, standing, sums, type Told } from "./reports.ts";

const browser = browserHere();
const hosts = Array.from({ length: 1000 }, (_, index) => `web${index + 1}`);
const hostile = `<img src=x onerror="document.title='owned'"></td><script>document.title='owned'</script>&amp;"'\u202e`;

/** What host number `index` says: most are well, some of each kind are not. */
function toldBy(host: string, index: number): Told | null {
  if (index % 100 === 7) return null;
  if (index % 50 === 3) return { host, code: 2, events: [pending("/srv/b"), pending(hostile, hostile)] };
  if (index % 50 === 9)
    return { host, command: "apply", code: 1, events: [failing("/srv/c", "no space left on device")] };
  if (index % 50 === 11) return { host, command: "apply", events: [standing("closed", "pending")] };
  if (index % 50 === 13) return { host, bundle: sums.another };
  return { host, time: `2026-11-20T10:${String(index % 60).padStart(2, "0")}:00+00:00` };
}

function pageOf(say: (text: string) => string, language: string): string {
  const texts = hosts
    .map(toldBy)
    .filter((told) => told !== null)
    .map(report);
  const runs = texts.flatMap((text, index) => readReport(`reports/${index}.jsonl`, text).runs);
  const roles = Object.fromEntries(hosts.map((host) => [host, ["realserver"]]));
  const seen = overview(runs, {
    expected: readExpected(manifest(roles), () => null),
    now: Date.parse("2026-11-21T10:00:00Z") / 1000,
    olderThan: 7,
  });
  const flaws = [{ path: `reports/${hostile}.jsonl`, kind: "broken" as const, why: "is empty" }];
  return page({
    overview: seen,
    flaws,
    time: "2026-11-21T10:00:00+00:00",
    bundle: "out",
    version: "0.1.0",
    language,
    say,
  });
}

const directory = mkdtempSync(join(tmpdir(), "lvsgen-page-"));
const file = join(directory, "status.html");
const inChinese = join(directory, "status.zh.html");
beforeAll(() => {
  writeFileSync(
    file,
    pageOf((text) => text, "en"),
  );
  writeFileSync(inChinese, pageOf(chinese.terminal, "zh-CN"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The texts of a column of the rows that are shown. */
const column = (index: number): string =>
  `[...document.querySelectorAll("#hosts tbody tr")].filter((row) => row.offsetParent !== null).map((row) => row.cells[${index}].textContent)`;
const click = (index: number): string =>
  `document.querySelector("#hosts thead tr").cells[${index}].querySelector("button").click()`;
const choose = (selector: string, value: string, event: string): string =>
  `{ const field = document.querySelector(${JSON.stringify(selector)}); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event("${event}")); }`;

// Without a browser there is nothing to try it with, but for runs that install one (test/run/setup.mjs): those fail.
describe.skipIf(browser === null && process.env["LVSGEN_BROWSER"] === undefined)("in a browser", () => {
  const program = browser ?? "chromium";

  test("loads a thousand hosts in their order, asks for nothing else, and its policy has nothing to forbid", async () => {
    await inBrowser(program, file, async (page) => {
      expect(await page.evaluate(column(0))).toEqual(hosts);
      expect(await page.evaluate("document.title")).toBe("kgc: state of the hosts");
      await page.evaluate(`document.querySelector(".scroll").scrollTop = 9000`);
      const top = `document.querySelector("thead th").getBoundingClientRect().top - document.querySelector(".scroll").getBoundingClientRect().top`;
      expect(await page.evaluate(top)).toBeLessThan(3);
      expect(page.fetched).toEqual([]);
      expect(page.complaints).toEqual([]);
    });
  });

  test("sorts by each column, both ways, with numbers as people count", async () => {
    await inBrowser(program, file, async (page) => {
      await page.evaluate(click(0));
      expect(await page.evaluate(column(0))).toEqual(hosts);
      await page.evaluate(click(0));
      expect(await page.evaluate(column(0))).toEqual([...hosts].reverse());
      expect(await page.evaluate(`document.querySelector("#hosts thead th").getAttribute("aria-sort")`)).toBe(
        "descending",
      );
      await page.evaluate(click(2));
      const states = [...new Set(await page.evaluate<string[]>(column(2)))];
      expect(states).toEqual(["failed", "never seen", "pending", "confirm pending", "as described"]);
      await page.evaluate(click(4));
      const seen = (await page.evaluate<string[]>(column(4))).map((text) => text.slice(0, 19));
      expect(seen).toEqual([...seen].sort());
      expect(page.complaints).toEqual([]);
    });
  });

  test("filters by words and by state, and says how many are left", async () => {
    await inBrowser(program, file, async (page) => {
      const left = () => page.evaluate(`document.querySelector("output").value`);
      expect(await left()).toBe("1000 / 1000");
      await page.evaluate(choose("select", "failed", "change"));
      expect(await left()).toBe("20 / 1000");
      expect([...new Set(await page.evaluate<string[]>(column(2)))]).toEqual(["failed"]);
      await page.evaluate(choose("input", "WEB510 space", "input"));
      expect(await page.evaluate(column(0))).toEqual(["web510"]);
      await page.evaluate(choose("select", "", "change"));
      await page.evaluate(choose("input", "nothing such", "input"));
      expect(await page.evaluate(column(0))).toEqual([]);
      await page.evaluate(choose("input", "", "input"));
      expect(await left()).toBe("1000 / 1000");
    });
  });

  test("text of reports is text, and nothing of it runs", async () => {
    await inBrowser(program, file, async (page) => {
      await page.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
      expect(await page.evaluate("document.title")).toBe("kgc: state of the hosts");
      expect(await page.evaluate(`document.querySelectorAll("img, script").length`)).toBe(1);
      const shown = hostile.replace("\u202e", "\\u202e");
      expect(await page.evaluate<string>("document.body.textContent")).toContain(`pending file ${shown} ${shown}`);
      expect(await page.evaluate<string>("document.body.textContent")).toContain(`reports/${shown}.jsonl is empty`);
    });
  });

  test("what gets into it all the same is forbidden by its policy", async () => {
    const evil = join(directory, "evil.html");
    writeFileSync(
      evil,
      pageOf((text) => text, "en").replace(
        "<h1>",
        `<img src="http://192.0.2.1/x"><script>document.title = "owned"</script><h1>`,
      ),
    );
    await inBrowser(program, evil, async (page) => {
      expect(await page.evaluate("document.title")).toBe("kgc: state of the hosts");
      expect(page.complaints.join("\n")).toMatch(/violates the following Content Security Policy directive/);
    });
  });

  test("is whole where no script runs: all rows, and no control that would do nothing", async () => {
    await inBrowser(
      program,
      file,
      async (page) => {
        expect(await page.evaluate(column(0))).toEqual(hosts);
        expect(await page.evaluate(`document.querySelectorAll("button").length`)).toBe(0);
        expect(await page.evaluate(`document.querySelector("form").offsetParent === null`)).toBe(true);
      },
      { scripts: false },
    );
  });

  test("in Chinese, and in dark, and narrow: the page itself is never wider than the window", async () => {
    await inBrowser(
      program,
      inChinese,
      async (page) => {
        expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
        expect(await page.evaluate("document.title")).toMatch(/主机状态/);
        expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
        await page.evaluate(choose("select", "failed", "change"));
        const picture = await page.picture();
        expect(picture.length).toBeGreaterThan(10_000);
        keep("status-zh.png", picture);
      },
      { width: 700, isDark: true },
    );
    await inBrowser(program, file, async (page) => {
      await page.evaluate(click(2));
      await page.evaluate(`document.querySelectorAll("details")[0].open = true`);
      keep("status.png", await page.picture());
    });
  });
});

/** For whoever wants to look at it: LVSGEN_PICTURES names a folder. */
function keep(name: string, picture: Buffer): void {
  const folder = process.env["LVSGEN_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), picture);
}

test("has no address, no style of an element's own, and no handler: the policy would stop them", () => {
  const text = pageOf((text) => text, "en");
  expect(text).not.toMatch(/\bhttps?:|\sstyle="|<[a-z][^>]*\son[a-z]+=|<link|@import|url\(/);
  expect(text.match(/<script>/g)).toHaveLength(1);
});
