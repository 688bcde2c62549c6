import { programs, runtimeFiles, runtimeFrame, runtimeSums } from "../generated/templates.ts";

export type Program = keyof typeof programs;

/** The shell that a program carries: the files of `templates/runtime/programs/PROGRAM.list`, an empty line after each. */
export interface Runtime {
  readonly chunks: readonly string[];
  /** Of all its text: what follows the line `# Part 3 of 3` of a script. */
  readonly sha256: string;
  /** What a script of this program may `want`. */
  readonly kinds: ReadonlySet<string>;
  /** Their paths below `templates/runtime`, in their order. */
  readonly files: readonly string[];
}

/** Several artifacts ask for the same one. */
const known = new Map<Program, Runtime>();

export function runtimeOf(program: Program): Runtime {
  const runtime = known.get(program) ?? readRuntime(program);
  known.set(program, runtime);
  return runtime;
}

/** The sums of all files of these runtimes by their paths, in order. */
export function sumsOf(runtimes: readonly Runtime[]): Readonly<Record<string, string>> {
  const carried = new Set(runtimes.flatMap(({ files }) => files));
  // Without a prototype: to any other object V8 adds a hundred names one by one as if they were those of a class.
  const sums: Record<string, string> = Object.create(null);
  for (const path in runtimeSums) if (carried.has(path)) sums[path] = present(runtimeSums[path], path);
  return sums;
}

function readRuntime(program: Program): Runtime {
  const { sha256, kinds, files } = programs[program];
  const [begin, end] = runtimeFrame;
  return {
    chunks: [begin, ...files.map((file) => present(runtimeFiles[file], file)), end],
    sha256,
    kinds: new Set<string>(kinds),
    files,
  };
}

function present(text: string | undefined, file: string): string {
  if (text === undefined) throw new Error(`no file ${file} in the runtime`);
  return text;
}
