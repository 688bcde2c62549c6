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
  const code = joinedErrors(standaloneCode.default(ajv, ajv.compile(withItemTypes(withoutEditors(schema)))));
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

/** Errors carry the parts of the schema that they broke: texts for editors alone would make the validator longer for nothing. */
function withoutEditors(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) => (ajvOptions.keywords.includes(key) ? undefined : value));
}

/**
 * ajv compares every item of a list with every other one to see that none stands twice, unless it knows at the list itself that
 * they are text: a list's items are written out where the schema refers to a definition.
 */
function withItemTypes(schema) {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (value?.uniqueItems !== true) return value;
    const { $ref, ...besides } = value.items;
    const items = $ref === undefined ? value.items : { ...schema.$defs[$ref.replace("#/$defs/", "")], ...besides };
    if (items.type !== "string") throw new Error(`ajv would compare all with all: ${JSON.stringify(value.items)}`);
    return { ...value, items };
  });
}

/**
 * ajv makes a new list of all errors so far for each part of a description that has some, which takes the square of their number.
 * The list of a part is nobody else's, so that it can be added to.
 */
function joinedErrors(code) {
  const concatenation = /vErrors === null \? (validate\d+\.errors) : vErrors\.concat\(\1\)/g;
  const join = "const join = (all, more) => { for (const error of more) all.push(error); return all; };";
  const joined = code.replaceAll(concatenation, "vErrors === null ? $1 : join(vErrors, $1)");
  if (joined === code || joined.includes(".concat(")) throw new Error("ajv joins errors in another way than it did");
  return `${join}\n${joined}`;
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
