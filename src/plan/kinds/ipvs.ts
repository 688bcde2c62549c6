import type { Content } from "../managed.ts";
import { wanted } from "./kind.ts";

export const ipvs = {
  /** The rules file, in which services of others stay, and the live table, both `ipvsadm-save -n`. */
  table: wanted<{ readonly path: string; readonly rules: readonly string[] }>({
    words: ({ path }) => [path],
    body: ({ rules }) => ({ chunks: rules }),
    artifact: ({ path, rules }) => ({ path, content: { chunks: rules } }),
    needs: ({ path }) => [{ kind: "file", path }],
    // One script of a host has it.
    claims: ({ path }) => [{ kind: "file", name: path, part: "services", state: "" }],
  }),
  /** Lines for `ipvsadm -R` that carry thresholds, which the rules file does not hold. */
  thresholds: wanted<{ readonly path: string; readonly lines: string }>({
    words: ({ path }) => [path],
    body: ({ lines }) => ({ text: lines }),
    artifact: ({ path, lines }) => ({ path, content: { text: lines } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  /**
   * keepalived's own file, that its unit runs, and that what runs is that file. `sorry` and `removes` are what health may change of
   * the table besides weights: `-t 192.0.2.80:80 192.0.2.60:80`, and services whose dead real servers are taken out.
   */
  keepalived: wanted<{
    readonly path: string;
    readonly content: Content;
    /** Whether its processes tell which file is in force. */
    readonly named: boolean;
    /** Whether it can be asked if it takes a file. */
    readonly tested: boolean;
    /** Whether a weight of 0 stays one. */
    readonly keepsZero: boolean;
    readonly sorry: readonly string[];
    readonly removes: readonly string[];
  }>({
    words: ({ path, named, tested, keepsZero, sorry, removes }) => [
      path,
      named ? "named" : "unnamed",
      tested ? "tested" : "untested",
      keepsZero ? "keeps" : "raises",
      ...sorry.map((entry) => `sorry ${entry}`),
      ...removes.map((name) => `removes ${name}`),
    ],
    body: ({ content }) => content,
    artifact: ({ path, content }) => ({ path, content }),
    needs: ({ path }) => [
      { kind: "file", path },
      { kind: "unit", names: ["keepalived.service"] },
      { kind: "keepalived", path },
    ],
    claims: ({ path }) => [
      { kind: "file", name: path, part: null },
      { kind: "unit", name: "keepalived.service", part: "at boot", state: "enabled" },
      { kind: "unit", name: "keepalived.service", part: "now", state: "active" },
    ],
  }),
  /** Seconds for TCP, TCP after a FIN, and UDP: `ipvsadm --set`. */
  timeouts: wanted<{ readonly seconds: readonly [number, number, number] }>({
    words: ({ seconds }) => ["ipvs", ...seconds.map(String)],
  }),
  /** A UDP port that unwraps GUE (ip-fou(8)). */
  fou: wanted<{ readonly port: number }>({ words: ({ port }) => [String(port), "gue"] }),
};
