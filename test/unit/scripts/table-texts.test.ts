// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bash } from "./bundle.ts";

const runtime = fileURLToPath(new URL("../../../templates/runtime", import.meta.url));

/** What a piece of shell prints that has the functions for tables of many lines, with its input and its words. */
function shell(text: string, input = "", ...words: string[]): string {
  const sources = [
    "engine/words.sh",
    "facts/table-lines.sh",
    "facts/table-texts.sh",
    "kinds/table-rules.sh",
    "kinds/table-rule-lines.sh",
  ];
  const script = `set -euo pipefail; export LC_ALL=C; kind() { :; }
${sources.map((file) => `source "$runtime/${file}"`).join("\n")}
escape_file=$(sed -n '/^escape()/,/^}/p;/^unescape()/,/^}/p' "$runtime/engine/journal.sh")
source /dev/fd/9 9<<<"$escape_file"
${text}`;
  const { status, stdout, stderr } = spawnSync(bash, ["-c", script, "shell", ...words], {
    input,
    encoding: "utf8",
    env: { ...process.env, runtime },
    maxBuffer: 1 << 26,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const listing = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn
  -> RemoteAddress:Port
TCP  192.0.2.1:80 wrr
  -> 10.0.0.1:80                  100        50         0          0
  -> 10.0.0.2:80                  0          0          0          0
FWM  -294967296 IPv6 rr
  -> [2001:db8::1]:0              7          0          0          0
FWM  7 rr
  -> 10.0.0.1:0                   0          3          0          0
complete thresholds
`;
const rules = `-A -t 192.0.2.1:80 -s wrr
-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 3
-a -t 192.0.2.1:80 -r 10.0.0.2:80 -g -w 3
-A -f -294967296 -6 -s rr
-a -f -294967296 -6 -r [2001:db8::1]:0 -g -w 1
-A -f 7 -s rr -p 360
-a -f 7 -r 10.0.0.1:0 -i -w 1 --tun-type ipip
-A -u 192.0.2.1:53 -s rr
complete rules
`;

test("the live table by service, with its thresholds and marks as they are", () => {
  expect(shell("lines_by_service", listing + rules)).toBe(
    `${[
      [
        "-t 192.0.2.1:80",
        "-A -t 192.0.2.1:80 -s wrr",
        "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 3 -x 100 -y 50",
        "-a -t 192.0.2.1:80 -r 10.0.0.2:80 -g -w 3",
      ],
      ["-f 4000000000 -6", "-A -f 4000000000 -6 -s rr", "-a -f 4000000000 -6 -r [2001:db8::1]:0 -g -w 1 -x 7 -y 0"],
      ["-f 7", "-A -f 7 -s rr -p 360", "-a -f 7 -r 10.0.0.1:0 -i -w 1 --tun-type ipip -x 0 -y 3"],
      ["-u 192.0.2.1:53", "-A -u 192.0.2.1:53 -s rr"],
    ]
      .map((lines) => `${lines.join("\n")}\u0002`)
      .join("")}complete thresholds rules\n`,
  );
});

test("what could not be read is missing in the last line", () => {
  expect(shell("lines_by_service", rules).split("\u0002").at(-1)).toBe("complete rules\n");
  expect(shell("lines_by_service", listing)).toBe("complete thresholds\n");
  expect(shell("lines_by_service")).toBe("complete\n");
});

test("a described table has its thresholds from the lines that set them", () => {
  const set = "-e -t [2001:db8::1]:80 -r [2001:db8::11]:80 -g -w 3 -x 9 -y 4\n";
  const table = "-A -t [2001:db8::1]:80 -s rr\n-a -t [2001:db8::1]:80 -r [2001:db8::11]:80 -g -w 0\n";
  const lines = shell(
    'described_thresholds=$1 text=$2; split_table; take_service 0; printf "%s|%s|%s" "$key" "$state" "${services[*]}"',
    "",
    set,
    table,
  );
  expect(lines).toBe(`-t [2001:db8::1]:80|${table.slice(0, -1)} -x 9 -y 4|`);
});

test("lines of a rules file belong to services by whatever name their options are called", () => {
  const lines = [
    ["-A -t 192.0.2.1:80 -s rr", "own"],
    ["--add-server --tcp-service 192.0.2.1:80 -r 10.0.0.1", "own"],
    ["-a -t 192.0.2.1:8080 -r 10.0.0.1", "others"],
    ["# a comment", "rest"],
    ["", "rest"],
    ["-A --fwmark-service -294967296 --ipv6 -s rr", "own"],
    ["-A -f 4000000000 -s rr", "others"],
    ["-a -f x[$(touch /tmp/x)] -r 10.0.0.1", "others"],
    ["-A -u 192.0.2.1:53 -s rr", "held"],
    ["--set 900 120 300", "rest"],
  ] as const;
  const text = lines.map(([line]) => `${line}\n`).join("");
  const of = (...kinds: string[]) =>
    lines
      .filter(([, kind]) => kinds.includes(kind))
      .map(([line]) => `${line}\n`)
      .join("");
  const parted = shell(
    `load_own_keys() { own_keys=(['-t 192.0.2.1:80']=1 ['-f 4000000000 -6']=1 ['-u 192.0.2.1:53']=1) held_keys=(['-u 192.0.2.1:53']=1); }
split_rules "$1" standing; printf '%s|%s|%s|%s' "$own" "$own_before" "$others" "$other_services"`,
    "",
    text,
  );
  expect(parted).toBe([of("own", "held"), of("own"), of("others", "rest"), "1"].join("|"));
  expect(shell('rule_keys "$1"; printf "<%s>" "${line_keys[@]}"', "", text)).toBe(
    "<-t 192.0.2.1:80><-t 192.0.2.1:80><-t 192.0.2.1:8080><><><-f 4000000000 -6><-f 4000000000><-f x[$(touch><-u 192.0.2.1:53><><>",
  );
});

const server = fc.record({ number: fc.nat(40), weight: fc.constantFrom(0, 1, 30) });
const state = fc
  .uniqueArray(server, { selector: ({ number }) => number, maxLength: 30 })
  .map((servers) => [
    "-A -t 192.0.2.1:80 -s rr",
    ...servers.map(({ number, weight }) => `-a -t 192.0.2.1:80 -r 10.0.0.${number}:80 -g -w ${weight}`),
  ]);

test("what two states do not have in common is the same by awk and by bash", () => {
  const apart = `set_apart "$1" "$2"
printf '%s\\n' "$serves" had \${only_had[@]+"\${only_had[@]}"} wanted \${only_wanted[@]+"\${only_wanted[@]}"}`;
  fc.assert(
    fc.property(state, state, (have, want) => {
      const common = have.filter((line) => want.includes(line));
      const serves = common.some((line) => line.startsWith("-a ") && !line.includes(" -w 0")) ? "serves" : "";
      const lines = [
        "had",
        ...have.filter((line) => !want.includes(line)),
        "wanted",
        ...want.filter((line) => !have.includes(line)),
      ];
      const words = [have.join("\n"), want.join("\n")];
      expect(shell(apart, "", ...words).replace(/^1\n/, "serves\n")).toBe(`${[serves, ...lines].join("\n")}\n`);
      expect(shell(`small_table=0; ${apart}`, "", ...words)).toBe(`${[serves, ...lines].join("\n")}\n`);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("lines are exchanged and taken out, and nothing else of a text changes", () => {
  const exchange = `declare -A instead=(['one']=first ['three']='')
exchange_lines "$1"; printf '%s' "$exchanged"`;
  const [text, wanted] = ["one\n\ntwo\none two\nthree\n\n\n", "first\n\ntwo\none two\n\n\n"];
  expect(shell(exchange, "", text)).toBe(wanted);
  expect(shell(`small_table=0; ${exchange}`, "", text)).toBe(wanted);
});

test("a long text comes back from the journal as it was", () => {
  const piece = fc.constantFrom("a line", "", "\ttab", "back\\slash\\n", "\n", "\\");
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (pieces) => {
      const text = `${pieces.join("\n")}\n`.repeat(Math.ceil(20_000 / (pieces.join("\n").length + 1)));
      expect(
        shell(
          'text=$(cat; printf .); text=${text%.}; escape "$text"; [[ $escaped != *[$\'\\n\\t\']* ]]; unescape "$escaped"; printf %s "$unescaped"',
          text,
        ),
      ).toBe(text);
    }),
    { numRuns: 10 },
  );
}, 120_000);

test("a live weight is a number, whatever stands behind it", () => {
  const table = "-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 0 -x 100 -y 50";
  const live = `source "$runtime/facts/ipvs.sh"; service_of=(['-t 192.0.2.1:80']=$1)
for server in 10.0.0.1:80 10.0.0.2:80; do live_weight '-t 192.0.2.1:80' "$server"; printf '<%s>' "$live"; done`;
  expect(shell(live, "", table)).toBe("<0><>");
});

/** A table, and what reads it by awk. */
const readable = "-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 3\n";
const readers = [
  ["lines that are exchanged", 'declare -A instead=([a]=b); exchange_lines "$1"'],
  ["lines of real servers", 'lines_at 10.0.0.1 "$1"'],
  ["what differs", 'set_apart "$1" other'],
  ["names of services", 'services_in "$1"'],
  ["described services", 'described_thresholds="" text=$1; split_table'],
  ["whose rules they are", 'load_own_keys() { :; }; split_rules "$1" standing'],
  ["names of rules", 'rule_keys "$1"'],
  [
    "connections",
    "ipvsadm() { :; }; source \"$runtime/kinds/service-edits.sh\"; count_active '-d -t 192.0.2.1:80 -r 10.0.0.1:80'",
  ],
];

test.each(readers)("an awk that is ended early is told, and nothing taken for gone: %s", (_, call) => {
  const cut = `small_table=0; awk() { command awk "$@" | sed '$d'; }; cannot_read() { printf 'not read'; exit; }`;
  expect(shell(`${cut}\n(${call}; printf 'taken for whole') || :`, "", readable)).toBe("not read");
});

test.each([...readers, ["what is described", 'source "$runtime/kinds/table.sh"; read_here_text']])(
  "a program that fails is told once, and not as an error of the script's own: %s",
  (_, call) => {
    const failing = `kind() { :; }; watchdog_after=''; small_table=0; awk() { return 1; }; cat() { return 1; }
cannot_read() { trap - ERR; printf 'not read'; exit; }`;
    expect(
      shell(
        `${failing}\nset -Eeuo pipefail; trap 'printf "internal error: %s" "$BASH_COMMAND" >&2; exit 1' ERR\n${call}`,
        "",
        readable,
      ),
    ).toBe("not read");
  },
);
