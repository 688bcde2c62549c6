import { compile } from "json-schema-to-typescript";

/**
 * The TypeScript types of a description, as source text. The root type is `Config`; every entry of
 * `$defs` becomes a type of its own, named after its key.
 *
 * @param {object} schema the JSON schema of `cluster.json`
 * @returns {Promise<string>}
 */
export async function configTypes(schema) {
  return compile(withoutTitles(schema), "Config", {
    additionalProperties: false,
    bannerComment: "// Generated from schema/cluster.schema.json by `npm run generate`.",
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    unreachableDefinitions: false,
    style: { printWidth: 120 },
  });
}

/**
 * Editors show titles to people; json-schema-to-typescript would make each a type name of its own
 * (`export type TheNameOfTheCluster = string`). Names come from the keys of `$defs` instead.
 */
function withoutTitles(schema) {
  const text = JSON.stringify(schema, (key, value) =>
    (key === "title" || key === "$id") && typeof value === "string" ? undefined : value,
  );
  return JSON.parse(text);
}
