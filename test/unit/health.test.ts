/** What keepalived may have made of a service, and what it may not: the shell that tells them apart, and the one that writes its file anew. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";

const runtime = join(import.meta.dirname, "../../templates/runtime");

function bash(program: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -Eeuo pipefail\n${program}`, "bash", runtime, ...words],
    {
      encoding: "utf8",
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const key = "-t 192.0.2.80:80";
const service = (...servers: readonly string[]): string =>
  [`-A ${key} -s wrr`, ...servers.map((one) => `-a ${key} -r 192.0.2.${one.replace(" ", ":80 -g -w ")}`)].join("\n");

/** The described state, as it may be by now. */
function withHealth(have: string, state: string, { mode = "now", active = "active", more = "" } = {}): string {
  return bash(
    `source "$1/engine/words.sh"
source "$1/facts/table-lines.sh"
source "$1/facts/table-texts.sh"
source "$1/facts/health.sh"
load_units() { :; }
declare -A unit_of=([keepalived.service]="loaded enabled $5")
watched=keepalived.service
eval "$6"
have=$2 state=$3
with_health '${key}' "$4"
printf %s "$state"`,
    have,
    state,
    mode,
    active,
    more,
  );
}

const described = service("11 3", "12 1");
const sorry = `is_sorry['${key} 192.0.2.60:80']=1`;
const removes = `may_be_missing['${key}']=1`;

describe("what may be, while keepalived runs", () => {
  test.each<[string, string, string, string, object?]>([
    ["as described", described, described, described],
    ["one that does not answer", service("11 0", "12 1"), described, service("11 0", "12 1")],
    ["another weight than the described one is none of its doing", service("11 9", "12 1"), described, described],
    [
      "nor is another method",
      service("11 0", "12 1").replace("-g -w 1", "-m -w 1"),
      described,
      service("11 0", "12 1"),
    ],
    [
      "one that was drained comes down, and nobody comes up",
      service("11 3", "12 0"),
      service("11 0", "12 1"),
      service("11 0", "12 0"),
    ],
    ["one that is missing was taken by a hand", service("12 1"), described, described],
    ["or by keepalived, where it takes them out", service("12 1"), described, service("12 1"), { more: removes }],
    ["what nobody described stays a difference", service("11 3", "12 1", "99 1"), described, described],
    [
      "a sorry server in use",
      service("11 0", "12 0", "60 1"),
      service("11 3", "12 1", "60 0"),
      service("11 0", "12 0", "60 1"),
      { more: sorry },
    ],
    [
      "and one with a weight that it never has",
      service("11 3", "12 1", "60 7"),
      service("11 3", "12 1", "60 0"),
      service("11 3", "12 1", "60 0"),
      { more: sorry },
    ],
    [
      "one that 1.3.5 brings in",
      service("11 0", "12 0", "60 1"),
      described,
      `${service("11 0", "12 0")}\n${service("60 1").split("\n")[1]}`,
      { more: sorry },
    ],
    [
      "what health was then is over",
      service("11 3", "12 0"),
      service("11 0", "12 1"),
      service("11 3", "12 0"),
      { mode: "former" },
    ],
    ["without the daemon nothing is its doing", service("11 0", "12 1"), described, described, { active: "inactive" }],
    ["a service that is not there", "absent", described, described],
    ["a service that goes", described, "absent", "absent"],
  ])("%s", (_name, have, state, expected, options) => {
    expect(withHealth(have, state, options)).toBe(expected);
  });
});

describe("keepalived's file with other weights", () => {
  async function fileOf(platform: string): Promise<string> {
    const { bundle } = await compile(
      JSON.stringify({
        version: 1,
        name: "pair",
        defaults: { platform, interface: "ens33" },
        hosts: { lvs1: { address: "192.0.2.10/24" } },
        directors: ["lvs1"],
        ha: {},
        services: [80, 81].map((port) => ({
          name: `web${port}`,
          vip: "192.0.2.80",
          port,
          realservers: [
            { address: "192.0.2.11", weight: 3 },
            { address: "192.0.2.111", weight: port - 80 },
          ],
        })),
      }),
    );
    const file = bundle?.files.find(({ path }) => path.endsWith("/keepalived.conf"));
    return file?.chunks.join("") ?? "";
  }

  function weigh(text: string, described: string, out: string, back: string, zero: string): string {
    return bash(
      `source "$1/engine/words.sh"; source "$1/engine/files.sh"
source "$1/kinds/table-keepalived-file.sh"
watched_text=$3 zero_weight=$6
weigh_checks "$2" "$4" "$5"
printf %s "$weighed"`,
      text,
      described,
      out,
      back,
      zero,
    );
  }

  const weights = (text: string): string[] =>
    [...text.matchAll(/^ {8}weight (.*)$/gm)].map(([, weight = ""]) => weight);
  const mark = (text: string): string => /^# (lvsgen-[0-9a-f]{8})$/m.exec(text)?.[1] ?? "";
  const sum = (text: string): string =>
    `lvsgen-${createHash("sha256")
      .update(text.replaceAll(mark(text), "lvsgen-00000000"))
      .digest("hex")
      .slice(0, 8)}`;

  test.each([
    ["debian12", "keeps", 0],
    ["el8", "raises", 1],
  ])("%s: out, and back as it was", async (platform, zero, always) => {
    const text = await fileOf(platform);
    expect(mark(text)).toBe(sum(text));
    expect(weights(text)).toEqual(["3", "0", "3", "1"]);
    const drained = weigh(text, text, " 192.0.2.11 ", " ", zero);
    expect(weights(drained)).toEqual(["0", "0", "0", "1"]);
    expect(drained.split("MISC_CHECK").length - 1).toBe(always * 3);
    expect(mark(drained)).toBe(sum(drained));
    expect(mark(drained)).not.toBe(mark(text));
    expect(weigh(drained, text, " 192.0.2.11 ", " ", zero)).toBe(drained);
    const both = weigh(drained, text, " 192.0.2.111 ", " ", zero);
    expect(weights(both)).toEqual(["0", "0", "0", "0"]);
    expect(weigh(both, text, " ", " 192.0.2.111 ", zero)).toBe(drained);
    expect(weigh(drained, text, " ", " 192.0.2.11 ", zero)).toBe(text);
  });
});
