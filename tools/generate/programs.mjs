/**
 * The files that each program of the runtime consists of, from its list: a path a line, `#` begins a comment.
 * Refuses a list with a file that is not there or stands twice, and a file that no list has.
 *
 * @param {{ key: string, text: string }[]} programs key: name of a program
 * @param {{ key: string }[]} runtime key: path below `templates/runtime/`
 * @returns {Record<string, string[]>}
 */
export function listedFiles(programs, runtime) {
  const idle = new Set(runtime.map(({ key }) => key));
  const present = new Set(idle);
  const lists = {};
  for (const { key: program, text } of programs) {
    const files = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    for (const [index, file] of files.entries()) {
      if (!present.has(file)) throw new Error(`templates/runtime/programs/${program}.list: there is no file ${file}`);
      if (files.indexOf(file) !== index)
        throw new Error(`templates/runtime/programs/${program}.list: ${file} stands twice`);
      idle.delete(file);
    }
    lists[program] = files;
  }
  if (idle.size > 0) throw new Error(`templates/runtime: no program has ${[...idle].join(", ")}`);
  return lists;
}
