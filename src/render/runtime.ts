import { programs, runtimeFiles, runtimeFrame, runtimeSums } from "../generated/templates.ts";
import type { Language } from "../language/index.ts";

export type Program = keyof typeof programs;

/** The shell that a program carries: the files of `templates/runtime/programs/PROGRAM.list`, an empty line after each. */
export interface Runtime {
  readonly chunks: readonly string[];
  /** Of all its text: what follows the line `# Part 3 of 3` of a script. */
  readonly sha256: string;
  /** What a script of this program may `want`. */
  readonly kinds: ReadonlySet<string>;
  /** Their paths below `templates/runtime`, in their order; what is in another language alone is `zh/…`, of `templates/zh/runtime`. */
  readonly files: readonly string[];
}

/** By program, in each language: several artifacts ask for the same one. */
const known = new Map<string, Runtime>();

/** @param language what its scripts say to a person on a terminal */
export function runtimeOf(program: Program, language: Language): Runtime {
  const key = `${language.name} ${program}`;
  const runtime = known.get(key) ?? readRuntime(program, language.runtime);
  known.set(key, runtime);
  return runtime;
}

/** The sums of all files of these runtimes by their paths, in order. */
export function sumsOf(runtimes: readonly Runtime[], { runtime }: Language): Readonly<Record<string, string>> {
  const carried = new Set(runtimes.flatMap(({ files }) => files));
  // Without a prototype: to any other object V8 adds a hundred names one by one as if they were those of a class.
  const sums: Record<string, string> = Object.create(null);
  for (const path in runtimeSums) if (carried.has(path)) sums[path] = present(runtimeSums[path], path);
  for (const path in runtime?.files) if (carried.has(path)) sums[path] = present(runtime.files[path]?.sha256, path);
  return sums;
}

function readRuntime(program: Program, spoken: Language["runtime"]): Runtime {
  const { kinds } = programs[program];
  const { sha256, files } = spoken === null ? programs[program] : present(spoken.programs[program], program);
  const [begin, end] = runtimeFrame;
  return {
    chunks: [begin, ...files.map((file) => present(spoken?.files[file]?.text ?? runtimeFiles[file], file)), end],
    sha256,
    kinds: new Set<string>(kinds),
    files,
  };
}

function present<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`no ${name} in the runtime`);
  return value;
}
