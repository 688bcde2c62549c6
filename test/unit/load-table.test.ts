/** The program that makes the live table what keepalived takes it for, run with an ipvsadm that says what the table is and keeps what it gets. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { renderTemplate } from "../../src/render/templates.ts";

const home = mkdtempSync(join(tmpdir(), "lvsgen-load-table-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Tables {
  readonly rules: string;
  readonly live: string;
  readonly own?: string;
  readonly thresholds?: string;
}

/** What ipvsadm is given, a run after the other. */
function edits({ rules, live, own = "-t 192.0.2.80:80\n-f 4294967295\n", thresholds = "" }: Tables): string {
  const path = (name: string): string => join(home, name);
  writeFileSync(path("rules"), rules);
  writeFileSync(path("live"), live);
  writeFileSync(path("services"), own);
  writeFileSync(path("thresholds.rules"), thresholds);
  writeFileSync(path("given"), "");
  writeFileSync(path("keepalived.conf"), "# lvsgen-1a2b3c4d\n# of lvs1\n");
  writeFileSync(path("ipvsadm-save"), `#!/bin/sh\ncat ${path("live")}\n`, { mode: 0o755 });
  writeFileSync(path("ipvsadm"), `#!/bin/sh\n[ "$*" = -R ] && cat >>${path("given")}\n`, { mode: 0o755 });
  const program = renderTemplate("files/load-table", {
    rules: path("rules"),
    directory: home,
    config: path("keepalived.conf"),
    page: path("page"),
  }).replace("PATH=/usr/sbin", `PATH=${home}:/usr/sbin`);
  const { status, stderr } = spawnSync("bash", ["-c", program], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(path("page"), "utf8")).toBe("lvsgen-1a2b3c4d\n");
  return readFileSync(path("given"), "utf8");
}

const web = `-A -t 192.0.2.80:80 -s wrr
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1
`;
const foreign = "-A -t 192.0.2.90:80 -s rr\n-a -t 192.0.2.90:80 -r 192.0.2.91:80 -m -w 1\n";

test.each<[string, Tables, string]>([
  ["an empty table gets all of it", { rules: web + foreign, live: "" }, web + foreign],
  ["what is there as described is left alone", { rules: web + foreign, live: web + foreign }, ""],
  [
    "a weight that keepalived left at 0, another one, and a method that was bent",
    { rules: web, live: web.replace("-w 3", "-w 0").replace("12:80 -g -w 1", "12:80 -m -w 9") },
    "-e -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3\n-e -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1\n",
  ],
  [
    "one that is missing, one that nobody described, another scheduler",
    {
      rules: web,
      live: "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3\n-a -t 192.0.2.80:80 -r 192.0.2.99:80 -g -w 1\n",
    },
    "-E -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1\n-d -t 192.0.2.80:80 -r 192.0.2.99:80\n",
  ],
  [
    "services of others are added where they are missing, and nothing more",
    {
      rules: foreign,
      live: "-A -t 192.0.2.90:80 -s wlc\n-a -t 192.0.2.90:80 -r 192.0.2.92:80 -m -w 0\n-A -u 192.0.2.90:53 -s rr\n",
    },
    "",
  ],
  [
    "a mark that ipvsadm prints as a negative number",
    {
      rules: "-A -f 4294967295 -s wlc\n-a -f 4294967295 -r 192.0.2.11:0 -g -w 1\n",
      live: "-A -f -1 -s wlc\n-a -f -1 -r 192.0.2.99:0 -g -w 1\n",
    },
    "-E -f 4294967295 -s wlc\n-a -f 4294967295 -r 192.0.2.11:0 -g -w 1\n-d -f 4294967295 -r 192.0.2.99:0\n",
  ],
  [
    "thresholds, which no table is printed with",
    { rules: web, live: web, thresholds: "-e -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3 -x 9 -y 3\n" },
    "-e -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3 -x 9 -y 3\n",
  ],
  ["without rules nothing is done", { rules: "", live: web }, ""],
])("%s", (_name, tables, expected) => {
  expect(edits(tables)).toBe(expected);
});
