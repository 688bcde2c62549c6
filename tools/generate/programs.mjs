/**
 * The files that each program of the runtime consists of, from its list: a path a line, `#` begins a comment, and the name of another
 * list stands for its files. A list that another one names is no program.
 * Refuses a list with a file that is not there or stands twice, and a file that no program has.
 *
 * @param {{ key: string, text: string }[]} lists key: the name of a list without `.list`
 * @param {{ key: string }[]} runtime key: path below `templates/runtime/`
 * @returns {Record<string, string[]>}
 */
export function listedFiles(lists, runtime) {
  const linesOf = new Map(
    lists.map(({ key, text }) => [key, text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))]),
  );
  const shared = new Set([...linesOf.values()].flat().map(listNamed));
  const present = new Set(runtime.map(({ key }) => key));
  const idle = new Set(present);
  const programs = {};
  for (const [program, lines] of linesOf) {
    if (shared.has(program)) continue;
    const files = lines.flatMap((line) => linesOf.get(listNamed(line)) ?? [line]);
    for (const [index, file] of files.entries()) {
      if (!present.has(file)) throw new Error(`templates/runtime/programs/${program}.list: there is no file ${file}`);
      if (files.indexOf(file) !== index)
        throw new Error(`templates/runtime/programs/${program}.list: ${file} stands twice`);
      idle.delete(file);
    }
    programs[program] = files;
  }
  if (idle.size > 0) throw new Error(`templates/runtime: no program has ${[...idle].join(", ")}`);
  return programs;
}

function listNamed(line) {
  return /^([a-z-]+)\.list$/.exec(line)?.[1];
}
