/** YAML 1.1, as libyaml of netplan reads it. */

/** A key that is no other type in any version of YAML when it is written bare. */
const bareKey = /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)[A-Za-z_][A-Za-z0-9_.-]*$/i;

/** In double quotes every escape of JSON is one of YAML (YAML 1.2, 5.7 and 7.3.1); what is not ASCII is escaped as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export const yaml = {
  yamlText: (value: unknown): string => quoted(String(value)),
  yamlKey: (value: unknown): string => (bareKey.test(String(value)) ? String(value) : quoted(String(value))),
};
