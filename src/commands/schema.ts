import schema from "../../schema/cluster.schema.json" with { type: "json" };
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function printSchema({ out }: Terminal): ExitCode {
  out.write(`${JSON.stringify(schema, null, 2)}\n`);
  return exitCode.ok;
}
