/** A file that a build makes for a host. */
export interface Made {
  readonly build: string;
  /** `files/HOST/PATH ON THE HOST`, or the same below `parts/` */
  readonly path: string;
  readonly content: string;
}

/**
 * One text for each content, by the name of its file: who has the content, an empty line, and the content.
 *
 * A content is named after the path on the host where it is met first; where that has several contents, after the first build
 * that has it and, if that is not enough, the host there.
 */
export function goldenFiles(all: readonly Made[]): Map<string, string> {
  const owners = new Map<string, Made[]>();
  for (const made of all) owners.set(made.content, [...(owners.get(made.content) ?? []), made]);
  const files = new Map<string, string>();
  for (const [content, made] of owners) {
    const [first] = made;
    if (first === undefined) continue;
    const [, host = "", plain = ""] = /^(?:files|parts)\/([^/]+)\/(.*)$/.exec(first.path) ?? [];
    const names = [plain, `${plain}~${first.build}`, `${plain}~${first.build}-${host}`];
    files.set(names.find((name) => !files.has(name)) ?? "", `${heading(made)}\n${content}`);
  }
  return files;
}

/** A line for each path, with the builds that have the content there. */
function heading(made: readonly Made[]): string {
  const paths = [...new Set(made.map(({ path }) => path))].sort();
  return paths
    .map((path) => {
      const builds = made.filter((one) => one.path === path).map(({ build }) => build);
      return `${path.replace(/^(?:files|parts)\//, "")}: ${builds.join(" ")}\n`;
    })
    .join("");
}
