/** Every text of a description, found in the schema itself: what joins the schema joins the sweep. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Keys of an object and elements of a list are `*`; a key itself is `*` with `~key` behind it. */
export type Pattern = string;

export function textFields(schema: Schema): Pattern[] {
  const found: Pattern[] = [];
  const resolved = (part: Schema): Schema => ({ ...schema.$defs?.[part.$ref?.split("/").at(-1) ?? ""], ...part });
  const walk = (written: Schema, at: string): void => {
    const part = resolved(written);
    if ([part.type].flat().includes("string") || part.enum?.some((value) => typeof value === "string")) found.push(at);
    for (const [key, member] of Object.entries(part.properties ?? {})) walk(member, `${at}/${key}`);
    if (part.items) walk(part.items, `${at}/*`);
    if (part.propertyNames) found.push(`${at}/*~key`);
    if (typeof part.additionalProperties === "object") walk(part.additionalProperties, `${at}/*`);
  };
  walk(schema, "");
  return found;
}

/** The text that a description has in a field, the first where it has several; undefined where it has none. */
export function textAt(description: unknown, pattern: Pattern): string | undefined {
  const isKey = pattern.endsWith("~key");
  const tokens = pattern.replace("~key", "").split("/").slice(1);
  const walk = (value: unknown, [token, ...rest]: readonly string[]): string | undefined => {
    if (token === undefined) return typeof value === "string" ? value : undefined;
    if (typeof value !== "object" || value === null) return undefined;
    if (isKey && rest.length === 0) return Object.keys(value)[0];
    const members = token === "*" ? Object.values(value) : [(value as Record<string, unknown>)[token]];
    for (const member of members) {
      const found = walk(member, rest);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(description, tokens);
}

/**
 * The description, as JSON, with another text wherever this one stands, as a value or as a key, and where: so that references stay right.
 * An object of JavaScript has keys that are numbers before all others; JSON has them where they were.
 */
export function replaced(description: unknown, from: string, to: string): { text: string; pointers: string[] } {
  const pointers: string[] = [];
  const unsorted = "unsorted key: ";
  const walk = (value: unknown, at: string): unknown => {
    if (value === from) {
      pointers.push(at);
      return to;
    }
    if (Array.isArray(value)) return value.map((one, index) => walk(one, `${at}/${index}`));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, member]): [string, unknown] => {
      const name = key === from ? to : key;
      const place = `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (key === from) pointers.push(place);
      return [`${unsorted}${name}`, walk(member, place)];
    });
    return Object.fromEntries(entries);
  };
  const value = walk(description, "");
  return { text: JSON.stringify(value).replaceAll(`"${unsorted}`, '"'), pointers };
}
