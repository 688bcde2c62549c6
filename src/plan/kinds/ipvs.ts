import { wanted } from "./kind.ts";

export const ipvs = {
  /** The rules file, in which services of others stay, and the live table, both `ipvsadm-save -n`. */
  table: wanted<{ readonly path: string; readonly rules: readonly string[] }>({
    words: ({ path }) => [path],
    body: ({ rules }) => ({ chunks: rules }),
    artifact: ({ path, rules }) => ({ path, content: { chunks: rules } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path, rules }) => [{ kind: "file", name: path, part: "services", state: rules.join("") }],
  }),
  /** Lines for `ipvsadm -R` that carry thresholds, which the rules file does not hold. */
  thresholds: wanted<{ readonly path: string; readonly lines: string }>({
    words: ({ path }) => [path],
    body: ({ lines }) => ({ text: lines }),
    artifact: ({ path, lines }) => ({ path, content: { text: lines } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  /** Seconds for TCP, TCP after a FIN, and UDP: `ipvsadm --set`. */
  timeouts: wanted<{ readonly seconds: readonly [number, number, number] }>({
    words: ({ seconds }) => ["ipvs", ...seconds.map(String)],
  }),
  /** A UDP port that unwraps GUE (ip-fou(8)). */
  fou: wanted<{ readonly port: number }>({ words: ({ port }) => [String(port), "gue"] }),
};
