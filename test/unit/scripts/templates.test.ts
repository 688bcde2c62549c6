import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { describe, expect, test } from "vitest";
import { knownHelpers } from "../../../tools/generate/template-helpers.mjs";

const root = join(import.meta.dirname, "../../../templates");
/** Templates whose text is run by a shell: there a value is quoted, or it is a heredoc or a piece of the library. */
const shell = ["script.sh.hbs", "client-test.sh.hbs", "preamble.sh.hbs", "files/load-rules.hbs"];
const quoting = ["words", "heredoc", "patterns", "splice"];

const templates = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".hbs"));

describe.each(templates)("%s", (name) => {
  const used = mustaches(Handlebars.parse(readFileSync(join(root, name), "utf8")));

  test("puts every value in through a helper", () => {
    const allowed = shell.includes(name) ? quoting : [...quoting, "value"];
    expect(
      used
        .filter(({ helper, parameters }) => parameters === 0 || !allowed.includes(helper))
        .map(({ source }) => source),
    ).toEqual([]);
  });
});

test("every helper is one that the templates may use", () => {
  expect(Object.keys(knownHelpers).sort()).toEqual([...quoting, "value"].sort());
});

interface Mustache {
  readonly helper: string;
  readonly parameters: number;
  readonly source: string;
}

/** Every `{{…}}` of a template that puts text in, in blocks too; a partial would be one without a helper. */
function mustaches(node: hbs.AST.Node): Mustache[] {
  switch (node.type) {
    case "Program":
      return (node as hbs.AST.Program).body.flatMap(mustaches);
    case "BlockStatement": {
      const { program, inverse } = node as hbs.AST.BlockStatement;
      return [program, inverse].flatMap((part) => (part ? mustaches(part) : []));
    }
    case "ContentStatement":
    case "CommentStatement":
      return [];
    default: {
      const { path, params } = node as hbs.AST.MustacheStatement;
      const helper = path && "original" in path ? String(path.original) : node.type;
      return [{ helper, parameters: params?.length ?? 0, source: `line ${node.loc.start.line}: ${helper}` }];
    }
  }
}
