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
  const code = standaloneCode.default(ajv, ajv.compile(schema));
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

/** The declaration of {@link validatorModule}; ajv's own types are used at compile time only. */
export const validatorTypes = `import type { ErrorObject } from "ajv";
import type { Config } from "./config.ts";

export interface ValidateConfig {
  (data: unknown): data is Config;
  errors?: ErrorObject[] | null;
}
export declare const validate: ValidateConfig;
`;
