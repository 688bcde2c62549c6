// What bash 4.2 and the other tools of EL7 do not have, with the version that brought it and where that is written.
// `NEWS` is bash's own NEWS file; "ran" was tried with bash 4.2.45. The tools are coreutils 8.22, util-linux 2.23, systemd 219,
// iproute 4.11, curl 7.29, diffutils 3.3, gawk 4.0.2 and procps 3.3.10.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: MASK is one

export interface Rule {
  readonly id: string;
  /** The first version that has it. */
  readonly since: string;
  readonly source: string;
  /** What was found, in a few words. */
  readonly say: string;
  /** Looked for in masked text. */
  readonly code: RegExp;
  /** Where given, must also match the text itself from where `code` matched. */
  readonly raw?: RegExp;
}

type PerVersion = Readonly<Record<string, readonly string[]>>;

const shopts: PerVersion = {
  "4.3": ["globasciiranges"],
  "4.4": ["inherit_errexit"],
  "5.0": ["assoc_expand_once", "localvar_inherit", "localvar_unset", "progcomp_alias"],
  "5.2": ["varredir_close", "patsub_replacement", "globskipdots", "noexpand_translation"],
  "5.3": ["array_expand_once", "bash_source_fullpath"],
};
const variables: PerVersion = {
  "4.3": ["BASH_COMPAT", "CHILD_MAX"],
  "4.4": ["BASH_LOADABLES_PATH", "EXECIGNORE", "PS0"],
  "5.0": ["BASH_ARGV0", "EPOCHSECONDS", "EPOCHREALTIME"],
  "5.1": ["SRANDOM"],
  "5.3": ["BASH_MONOSECONDS", "BASH_TRAPSIG", "GLOBSORT"],
};

const perVersion = (table: PerVersion, make: (since: string, name: string) => Rule): readonly Rule[] =>
  Object.entries(table).flatMap(([since, names]) => names.map((name) => make(since, name)));

export const LANGUAGE: readonly Rule[] = [
  {
    id: "nameref",
    since: "4.3",
    source: "NEWS 4.3 w",
    code: /\b(?:declare|local|typeset)\s+(?:-\w+\s+)*-\w*n/g,
    say: "namerefs",
  },
  { id: "unset-n", since: "4.3", source: "NEWS 4.3 w", code: /\bunset\s+-\w*n/g, say: "`unset -n`" },
  { id: "is-nameref", since: "4.3", source: "NEWS 4.3 w", code: /\[\[?\s+(?:!\s+)?-R\s/g, say: "`-R`" },
  {
    id: "element-is-set",
    since: "4.3",
    source: "ran",
    code: /(?:\[\[?|\btest|&&|\|\||!)\s+-v\s/g,
    raw: /^(?:\[\[?|test|&&|\|\||!)\s+-v\s+["']?\w+\[/,
    say: "`-v` of an array element (it tests a variable of that name)",
  },
  {
    id: "negative-index",
    since: "4.3",
    source: "NEWS 4.3 u, ran",
    code: /\b\w+\[-\d+\]\+?=/g,
    say: "assigning to a negative index",
  },
  {
    id: "negative-unset",
    since: "4.3",
    source: "NEWS 4.3 u, ran",
    code: /\bunset\s/g,
    raw: /^unset\s+(?:-v\s+)?["']?\w+\[-\d/,
    say: "`unset` of a negative index",
  },
  { id: "wait-n", since: "4.3", source: "NEWS 4.3 z", code: /\bwait\s+-\w*n/g, say: "`wait -n`" },
  { id: "wait-fp", since: "5.0", source: "NEWS 5.0, 5.1", code: /\bwait\s+-\w*[fp]/g, say: "`wait -f`, `wait -p`" },
  {
    id: "global-array",
    since: "4.3",
    source: "ran",
    code: /\b(?:declare|typeset)\s+(?:-\w+\s+)*-(?:\w*g\w*A|\w*A\w*g)\w*\s+\w+=\(/g,
    say: "`declare -gA name=(…)` in a function (it stays empty)",
  },
  {
    id: "date-without-time",
    since: "4.3",
    source: "NEWS 4.3, ran",
    code: /\bprintf\s/g,
    raw: /^printf\s+(?:-v\s+\w+\s+)?(['"])(?:(?!\1).)*%\([^)]*\)T(?:(?!\1).)*\1\s*(?:$|[;|&)}\n])/,
    say: "`%(…)T` without an argument (it prints the epoch; give -1)",
  },
  {
    id: "transform",
    since: "4.4",
    source: "NEWS 4.4 r",
    code: /\$\{!?\w+(?:\[[^\]]*\])?@[A-Za-z]\}/g,
    say: "`${name@operator}`",
  },
  {
    id: "local-dash",
    since: "4.4",
    source: "NEWS 4.4 ww",
    code: /\blocal\s+(?:\w+\s+)*-(?=\s*(?:$|[;&|\n}]))/gm,
    say: "`local -`",
  },
  {
    id: "mapfile-d",
    since: "4.4",
    source: "NEWS 4.4 g",
    code: /\b(?:mapfile|readarray)\s+(?:-[ntsuOcC]\s*\S+\s+|-t\s+)*-\w*d/g,
    say: "`mapfile -d`",
  },
  {
    id: "wait-substitution",
    since: "4.4",
    source: "NEWS 4.4 d",
    code: /<\s+<\([^\n]*\)\s*(?:\n\s*|;\s*)wait\s+["\u0001]?\$!/g,
    say: "waiting for a process substitution",
  },
  {
    id: "unguarded-array",
    since: "4.4",
    source: "NEWS 4.4, ran",
    code: /\$\{(\w+)\[[@*]\](?![+])[^}]*\}/g,
    say: 'an array that may be empty under `set -u` (write ${name[@]+"${name[@]}"}, or say `# never empty` on the line)',
  },
  { id: "local-I", since: "5.1", source: "NEWS 5.1", code: /\blocal\s+-\w*I/g, say: "`local -I`" },
  { id: "function-substitution", since: "5.3", source: "NEWS 5.3", code: /\$\{[ \t\n|]/g, say: "`${ command; }`" },
  { id: "read-E", since: "5.3", source: "NEWS 5.3", code: /\bread\s+(?:-\w+\s+)*-\w*E/g, say: "`read -E`" },
  {
    id: "source-p",
    since: "5.3",
    source: "NEWS 5.3",
    code: /(?:\bsource|(?:^|[;&|]\s*|\n\s*)\.)\s+-p\b/g,
    say: "`source -p`",
  },
  ...perVersion(shopts, (since, name) => ({
    id: `shopt-${name}`,
    since,
    source: `NEWS ${since}`,
    code: new RegExp(`\\bshopt\\s+-\\w+\\s+(?:\\w+\\s+)*${name}\\b`, "g"),
    say: `\`shopt ${name}\``,
  })),
  ...perVersion(variables, (since, name) => ({
    id: `variable-${name}`,
    since,
    source: `NEWS ${since}`,
    code: new RegExp(`\\$\\{?${name}\\b`, "g"),
    say: `\`$${name}\``,
  })),
];

/** The tool with one of these options in the same simple command. */
const option = (tool: string, pattern: string): RegExp =>
  new RegExp(`(?:^|[\\s;&|(])${tool}\\s(?:[^\\n;&|]*\\s)?(?:${pattern})(?=[\\s=;&|)]|$)`, "gm");

export const TOOLS: readonly Rule[] = [
  {
    id: "sync-option",
    since: "coreutils 8.24",
    source: "coreutils NEWS",
    code: option("sync", "-d|--data|-f|--file-system"),
    say: "`sync -d`, `sync -f` (without options 8.22 warns about FILE and syncs everything)",
  },
  {
    id: "checksum-ignore-missing",
    since: "coreutils 8.25",
    source: "coreutils NEWS",
    code: option("sha\\d+sum", "--ignore-missing"),
    say: "`--ignore-missing`",
  },
  {
    id: "checksum-zero",
    since: "coreutils 8.25",
    source: "coreutils NEWS",
    code: option("sha\\d+sum", "-z|--zero"),
    say: "`--zero`",
  },
  {
    id: "env-split",
    since: "coreutils 8.28",
    source: "coreutils NEWS",
    code: option("env", "-S|--split-string|-C|--chdir"),
    say: "`env -S`, `env -C`",
  },
  {
    id: "timeout-verbose",
    since: "coreutils 8.29",
    source: "coreutils NEWS",
    code: option("timeout", "-v|--verbose"),
    say: "`timeout -v`",
  },
  { id: "b2sum", since: "coreutils 8.26", source: "coreutils NEWS", code: /(?:^|[\s;&|(])b2sum\s/gm, say: "`b2sum`" },
  { id: "ls-zero", since: "coreutils 9", source: "coreutils NEWS", code: option("ls", "--zero"), say: "`ls --zero`" },
  {
    id: "mv-exchange",
    since: "coreutils 9.5",
    source: "coreutils NEWS",
    code: option("mv", "--exchange"),
    say: "`mv --exchange`",
  },
  {
    id: "setsid-wait",
    since: "util-linux 2.24",
    source: "util-linux release notes",
    code: option("setsid", "-\\w*[wf]\\w*|--wait|--fork"),
    say: "`setsid --wait`, `--fork`",
  },
  {
    id: "flock-verbose",
    since: "util-linux 2.27 and later",
    source: "util-linux release notes",
    code: option("flock", "--verbose|-F|--no-fork|--fcntl"),
    say: "`flock --verbose`, `--no-fork`, `--fcntl`",
  },
  {
    id: "findmnt-json",
    since: "util-linux 2.27",
    source: "util-linux release notes",
    code: option("(?:findmnt|lsblk|lscpu)", "-\\w*J\\w*|--json"),
    say: "JSON output",
  },
  {
    id: "systemctl-value",
    since: "systemd 230",
    source: "systemd NEWS",
    code: option("systemctl", "--value"),
    say: "`systemctl --value`",
  },
  {
    id: "systemctl-wait",
    since: "systemd 240",
    source: "systemd NEWS",
    code: option("systemctl", "is-system-running\\s+--wait|--what\\S*|--with-dependencies"),
    say: "`--wait`",
  },
  {
    id: "systemd-run",
    since: "systemd 230 and later",
    source: "systemd NEWS",
    code: option("systemd-run", "--wait|--pipe|-P|--collect|-G|--shell"),
    say: "`systemd-run --wait`, `--pipe`, `--collect`",
  },
  {
    id: "ip-json",
    since: "iproute 4.13",
    source: "iproute2 release notes",
    code: option("(?:ip|bridge|ss)", "-j|-json|--json|-p|-pretty"),
    say: "JSON output",
  },
  {
    id: "ss-no-header",
    since: "iproute 4.15",
    source: "iproute2 release notes",
    code: option("ss", "-\\w*H\\w*|--no-header|-O|--oneline"),
    say: "`ss -H`, `-O`",
  },
  {
    id: "diff-color",
    since: "diffutils 3.4",
    source: "diffutils NEWS",
    code: option("diff", "--color\\S*"),
    say: "`diff --color`",
  },
  {
    id: "curl-new",
    since: "curl 7.32 and later",
    source: "curl's list of options",
    code: option(
      "curl",
      "--connect-to|--path-as-is|--retry-connrefused|--retry-all-errors|--fail-with-body|--no-progress-meter|--http0\\.9|--unix-socket|--parallel|-Z|--json|--url-query|--variable|--proto-default|--suppress-connect-headers|--styled-output",
    ),
    say: "an option that curl 7.29 lacks",
  },
  {
    id: "curl-fraction",
    since: "curl 7.32",
    source: "curl's list of options",
    code: option("curl", "(?:-m|--max-time|--connect-timeout)[ =]\\d*\\.\\d+"),
    say: "a time limit below a second",
  },
  {
    id: "gawk-new",
    since: "gawk 4.1",
    source: "gawk NEWS",
    code: option("(?:awk|gawk)", "-i|--include|-M|--bignum"),
    say: "`awk -i`, `-M`",
  },
  {
    id: "other-language",
    since: "any EL7",
    source: "script contract",
    code: /(?:^|[;&|(\n]|\$\()[ \t]*(?:(?:command|exec|env)\s+)?(?:perl|python[0-9.]*|jq|nc|netstat|ifconfig)(?=[\s;&|)])/gm,
    say: "a program that a minimal host lacks",
  },
];
