import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { ajvOptions } from "./ajv-options.mjs";

/**
 * The compiled validator as one ES module that exports `validate`. ajv's standalone code still calls
 * `require("ajv/dist/runtime/…")` for string lengths and deep equality; bundling takes those in, so that
 * the module runs anywhere without ajv.
 *
 * @param {object} schema the JSON schema of `cluster.json`
 * @param {string} resolveDir a directory from which `ajv` resolves
 * @returns {Promise<string>}
 */
export async function validatorModule(schema, resolveDir) {
  const ajv = new Ajv2020(ajvOptions);
  const code = lateSchemas(standaloneCode.default(ajv, ajv.compile(schema)));
  const bundled = await build({
    stdin: { contents: code, resolveDir, loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "node20",
    charset: "utf8",
    banner: { js: "// Generated from schema/cluster.schema.json by `npm run generate`." },
    logLevel: "warning",
  });
  return bundled.outputFiles[0].text;
}

/**
 * The schemas that errors refer to, read when the first error asks for one: most descriptions have none. Of long lists of keys ajv asks
 * the schema itself; those stand beside it. All of it is loaded at each start, so definitions, which stand elsewhere once more, are
 * left out, and characters are escaped that would make V8 take two bytes for each of a text.
 */
function lateSchemas(code) {
  const schemas = /^const (schema\d+) = (\{.*\});$/gm;
  const names = [...code.matchAll(schemas)].map(([, name]) => name);
  const asked = new Set([...code.matchAll(/\.call\((schema\d+)\.properties,/g)].map(([, name]) => name));
  const uses = new RegExp(`(?<![\\w$.])(?:${names.join("|")})(?![\\w$])(?! = late)`, "g");
  const declared = code.replaceAll(
    schemas,
    (_statement, name, json) =>
      `const ${name} = late(${JSON.stringify(lean(json))});${asked.has(name) ? keysOf(name, json) : ""}`,
  );
  const late = "const late = (json) => { let schema; return () => (schema ??= JSON.parse(json)); };";
  return `${late}\n${declared.replaceAll(/(?<=\.call\()(schema\d+)\.properties(?=,)/g, "$1Keys").replaceAll(uses, "$&()")}`;
}

function lean(json) {
  const { $defs: _, ...rest } = JSON.parse(json);
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(rest).replaceAll(/[^\0-\xff]/g, escaped);
}

function keysOf(name, json) {
  const keys = Object.keys(JSON.parse(json).properties).map((key) => [key, true]);
  return `\nconst ${name}Keys = ${JSON.stringify(Object.fromEntries(keys))};`;
}

/** The declaration of {@link validatorModule}; ajv's own types are used at compile time only. */
export const validatorTypes = `import type { ErrorObject } from "ajv";
import type { Config } from "./config.ts";

export interface ValidateConfig {
  (data: unknown): data is Config;
  errors?: ErrorObject[] | null;
}
export declare const validate: ValidateConfig;
`;
