import { programs, runtimeFiles, runtimeFrame, runtimeSums } from "../generated/templates.ts";

export type Program = keyof typeof programs;

/** The shell that a program carries: the files of `templates/runtime/programs/PROGRAM.list`, an empty line after each. */
export interface Runtime {
  readonly chunks: readonly string[];
  /** Of all its text: what follows the line `# Part 3 of 3` of a script. */
  readonly sha256: string;
  /** What a script of this program may `want`. */
  readonly kinds: ReadonlySet<string>;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export function runtimeOf(program: Program): Runtime {
  const { sha256, kinds, files } = programs[program];
  const [begin, end] = runtimeFrame;
  return {
    chunks: [begin, ...files.map((file) => present(runtimeFiles[file], file)), end],
    sha256,
    kinds: new Set<string>(kinds),
    files: files.map((path) => ({ path, sha256: present(runtimeSums[path], path) })),
  };
}

function present(text: string | undefined, file: string): string {
  if (text === undefined) throw new Error(`no file ${file} in the runtime`);
  return text;
}
