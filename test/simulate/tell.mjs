// A sequence as commands that a person can run, in a directory of its own.
const quote = (text) => (/^[\w./=:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
/** Text for printf: what cannot be seen as an escape. */
const printed = (text) =>
  quote(text.replaceAll("\\", "\\\\").replaceAll("%", "%%").replaceAll("\n", "\\n").replaceAll("\r", "\\r"));

function making([path, what]) {
  const at = quote(`r${path}`);
  const parent = quote(`r${path.replace(/\/[^/]*$/, "")}`);
  if (typeof what === "object" && "link" in what) return `mkdir -p ${parent}; ln -s ${quote(what.link)} ${at}`;
  const { text, directory, mode, owner } = typeof what === "string" ? { text: what } : what;
  const rights = `${owner ? `; chown ${owner}:${owner} ${at}` : ""}${(directory ?? mode) ? `; chmod ${directory ?? mode} ${at}` : ""}`;
  return text === undefined
    ? `mkdir -p ${at}${rights}`
    : `mkdir -p ${parent}; printf ${printed(text)} > ${at}${rights}`;
}

function editing({ edit, path, text, mode }) {
  const at = quote(`r${path}`);
  const parent = quote(`r${path.replace(/\/[^/]*$/, "")}`);
  switch (edit) {
    case "append":
      return `printf ${printed(text)} >> ${at}`;
    case "prepend":
      return `{ printf ${printed(text)}; cat ${at}; } > t; cat t > ${at}`;
    case "rewrite":
      return `printf ${printed(text)} > ${at}`;
    case "create":
      return `mkdir -p ${parent}; printf ${printed(text)} > ${at}`;
    case "inside":
      return `sed -i '/^# BEGIN lvsgen/a ${text.trim()}' ${at}`;
    case "chop":
      return `printf %s "$(cat ${at})" > t; cat t > ${at}`;
    case "crlf":
      return `sed -i 's/$/\\r/' ${at}`;
    case "link":
      return `rm -rf ${at}; mkdir -p ${parent}; ln -s /etc/elsewhere ${at}`;
    case "directory":
      return `rm -rf ${at}; mkdir -p ${at}`;
    default:
      return `${{ chmod: `chmod ${mode}`, touch: "touch", delete: "rm -rf" }[edit]} ${at}`;
  }
}

function command({ do: what, of, role, how, only, adopt, back, to }) {
  const words = [
    only && `--only ${only}`,
    adopt && "--adopt",
    back !== undefined && `--to LAST-${back}`,
    to !== undefined && `--to ${to}`,
  ].filter(Boolean);
  const line = `d${of}/${role}.sh ${what} ${[...words, "--root r --host h1"].join(" ")}`;
  return how ? `"$lvsgen"/test/simulate/host/disturb ${how.fault} ${how.at} ${line}` : `bash ${line}`;
}

function told(step, { descriptions }) {
  switch (step.do) {
    case "edit":
      return editing(step);
    case "damage": {
      const { what, how, number, of, role } = step;
      return `# ${how} ${what}${what === "blob" || what === "generation" ? ` (of those there, sorted, number ${number} modulo their count)` : ""} below r/var/lib/lvsgen/${descriptions[of].name}/${role}`;
    }
    case "pair":
      return `${command(step.one)} & ${command(step.other)}; wait`;
    case "expect":
      return `# then: ${JSON.stringify(step)}`;
    default:
      return command(step);
  }
}

/** Lines of shell. A disturbed run stands in host/enter's surroundings, which the first line enters. */
export function asShell(found) {
  return [
    `# lvsgen=CHECKOUT; where a run is disturbed, first: "$lvsgen"/test/simulate/host/enter bash, and r=/run/simulate/image/r`,
    ...found.descriptions.map(
      (description, index) =>
        `echo ${quote(JSON.stringify(description))} > d${index}.json; node "$lvsgen"/dist/start.cjs build d${index}.json -o d${index}`,
    ),
    "rm -rf r; mkdir -p r/etc r/srv r/var/lib r/var/log",
    ...Object.entries(found.files).map(making),
    ...found.steps.map((step) => told(step, found)),
  ];
}
