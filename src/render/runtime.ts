import { programs, runtimeFiles } from "../generated/templates.ts";

/** The shell that a program carries: the files of `templates/runtime/programs/PROGRAM.list`, an empty line after each. */
export function runtimeOf(program: keyof typeof programs): string[] {
  return programs[program].map((file) => {
    const source = runtimeFiles[file];
    if (source === undefined) throw new Error(`no file ${file} in the runtime`);
    return source;
  });
}
