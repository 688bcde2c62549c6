/** The files of secrets that hosts get for the runs of a rollout, from a directory that `lvsgen secrets` made. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { readHead, secretsFileName } from "../../secrets/index.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";

/** Each by its host; a problem where the directory cannot be read, or has a file that is another cluster's or host's. */
export function readSecrets(directory: string, cluster: string): ReadonlyMap<string, Buffer> | Problem {
  const problem = (file: string, message: string): Problem => ({
    code: "CANNOT_READ",
    file,
    message,
    hint: "name a directory that lvsgen secrets wrote for this description",
    exitCode: exitCode.noInput,
  });
  const found = new Map<string, Buffer>();
  let file = directory;
  try {
    for (const name of readdirSync(directory)) {
      if (!name.startsWith("secrets-") || /\.(?:rsa|sig|signed)$/.test(name)) continue;
      file = join(directory, name);
      const content = readFileSync(file);
      const head = readHead(content.toString("utf8"));
      if (head?.cluster !== cluster || name !== secretsFileName(head.host))
        return problem(file, "is no file of secrets of a host of this cluster");
      found.set(head.host, content);
    }
    return found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return problem(file, `cannot be read: ${systemMessage(code)}`);
  }
}
