// The table in docs/status.md is what the program prints of such reports.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace } from "../cli/command-line.ts";
import { manifest, pending, report } from "./reports.ts";

const here = workplace();

test("the table of docs/status.md", () => {
  const page = readFileSync("docs/status.md", "utf8");
  const [, block] = /^```\n(HOST [\s\S]*?)^```$/m.exec(page) ?? [];
  here.write("manifest.json", manifest({ lvs1: ["director"], web1: ["realserver"], web2: ["realserver", "nfs"] }));
  const time = (clock: string): string => `2026-11-29T${clock}+00:00`;
  const reports = [
    report({ host: "lvs1", role: "director", time: time("06:30:00"), events: [{ event: "drained", servers: "web1" }] }),
    report({ time: time("06:31:12"), code: 2, events: [pending("/var/www/html/index.html", "differs")] }),
    report({ host: "web2", command: "apply", time: time("06:33:40") }),
  ];
  here.write("all.jsonl", reports.join(""));
  expect(here.lvsgen("status", "all.jsonl", "--bundle", ".")).toEqual({ code: 2, out: block, err: "" });
});
