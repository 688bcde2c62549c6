/**
 * lvsgen as a library: the compiler as a pure function of a text, and what leads from one bundle to another. Nothing here reads or writes
 * a file.
 *
 * @example
 * import { compile, graph } from "lvsgen";
 * const { bundle, diagnostics } = await compile(text, { file: "cluster.json" });
 * const { picture } = await graph(text, { format: "mermaid" });
 */
export type { Bundle, BundleFile, BundleScript } from "./bundle.ts";
export { type Compiled, type CompileOptions, compile, type Graph, type GraphOptions, graph } from "./compile.ts";
export type { Code, DiagnosticJson, LocatedDiagnostic, LocatedRelated, Severity } from "./diagnostics/index.ts";
export type { Change, Difference, Step, Subject, Verdict } from "./diff/index.ts";
export { diff } from "./diff/index.ts";
export type { Config } from "./generated/config.ts";
export type { GraphFormat } from "./graph/index.ts";
export type { Role } from "./model.ts";
export type { ReadSource, Source, SourceText } from "./sources/index.ts";
