import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, expectTypeOf, test } from "vitest";
import { compile } from "../../src/compile.ts";
import type * as config from "../../src/generated/config.ts";
import type * as model from "../../src/model.ts";
import { platforms } from "../../src/platform/index.ts";
import { tokens } from "../../src/pointer.ts";
import { defaults } from "../../src/resolve/defaults.ts";
import { ajvOptions } from "../../tools/generate/ajv-options.mjs";

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly defaultSnippets?: readonly { readonly label: string; readonly body: unknown }[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const text = readFileSync(join(import.meta.dirname, "..", "..", "schema", "cluster.schema.json"), "utf8");
const schema = JSON.parse(text) as Schema;
const definitions = schema.$defs ?? {};

/** A property as an editor sees it: its own words, else those of what it refers to. */
function resolved(property: Schema): Schema {
  const name = property.$ref?.split("/").at(-1);
  return { ...(name === undefined ? {} : definitions[name]), ...property };
}

const objects = Object.entries({ "(root)": schema, ...definitions });
const properties = objects.flatMap(([name, { properties: members = {} }]) =>
  Object.entries(members).map(([key, member]) => ({ name: `${name}.${key}`, property: resolved(member) })),
);

describe.each(properties)("$name", ({ property }) => {
  test("has a title, a description and examples that are right", () => {
    expect(property.title).toMatch(/^[A-Z]/);
    expect(property.description).toMatch(/^[^\s].*[.]$/s);
    expect(property.examples).not.toHaveLength(0);
    const { $ref, ...own } = property;
    const ajv = new Ajv2020({ ...ajvOptions, strict: false });
    const validate = ajv.compile({ ...own, ...($ref === undefined ? {} : { $ref }), $defs: definitions });
    for (const example of property.examples ?? []) expect([example, validate(example)]).toEqual([example, true]);
  });
});

test("no object takes keys that are not described", () => {
  const open = properties.filter(({ property }) => property.additionalProperties === true).map(({ name }) => name);
  expect(open).toEqual([]);
  const loose = objects.filter(
    ([, { properties: members, additionalProperties }]) => members && additionalProperties !== false,
  );
  expect(loose).toEqual([]);
});

test.each([
  ["/$defs/firewall", defaults.firewall],
  ["/$defs/selinux", defaults.selinux],
  ["/$defs/mode", defaults.mode],
  ["/$defs/scheduler", defaults.scheduler],
  ["/$defs/protocol", defaults.protocol],
  ["/$defs/threshold", defaults.threshold],
  ["/$defs/realServer/properties/weight", defaults.weight],
  ["/$defs/service/properties/onePacket", defaults.onePacket],
  ["/$defs/persistence/properties/timeout", defaults.persistenceTimeout],
  ["/$defs/packageSource/properties/source", defaults.packageSource],
  ["/$defs/check/properties/path", defaults.check.path],
  ["/$defs/check/properties/interval", defaults.check.interval],
  ["/$defs/check/properties/timeout", defaults.check.timeout],
  ["/$defs/check/properties/retries", defaults.check.retries],
  ["/$defs/check/properties/onFailure", defaults.check.onFailure],
  ["/$defs/ha/properties/advertInterval", defaults.ha.advertInterval],
  ["/$defs/ha/properties/version", defaults.ha.version],
  ["/$defs/ha/properties/preempt", defaults.ha.preempt],
  ["/$defs/ha/properties/unicast", defaults.ha.unicast],
  ["/$defs/timeouts/properties/tcp", defaults.timeout],
  ["/$defs/timeouts/properties/tcpfin", defaults.timeout],
  ["/$defs/timeouts/properties/udp", defaults.timeout],
  ["/$defs/monitoring/properties/interval", defaults.monitoring.interval],
  ["/$defs/monitoring/properties/keep", defaults.monitoring.keep],
])("the default of %s is what resolve fills in", (pointer, value) => {
  const found = tokens(pointer).reduce<unknown>((at, token) => (at as Record<string, unknown>)[token], schema);
  expect((found as Schema).default).toBe(value);
});

test("the model has the values that the schema allows", () => {
  type Of<Type, Key extends keyof Type> = NonNullable<Type[Key]>;
  expectTypeOf<Of<config.Host, "platform">>().toEqualTypeOf<model.PlatformName>();
  expectTypeOf<Of<config.Host, "network">>().toEqualTypeOf<model.NetworkBackend>();
  expectTypeOf<Of<config.Host, "firewall">>().toEqualTypeOf<model.FirewallPolicy>();
  expectTypeOf<Of<config.Host, "selinux">>().toEqualTypeOf<model.SelinuxPolicy>();
  expectTypeOf<Of<config.Service, "mode">>().toEqualTypeOf<model.Mode>();
  expectTypeOf<Of<config.Service, "protocol">>().toEqualTypeOf<model.Protocol>();
  expectTypeOf<Of<config.Service, "scheduler">>().toEqualTypeOf<model.Scheduler>();
  expectTypeOf<Of<config.Service, "schedulerFlags">[number]>().toEqualTypeOf<model.SchedulerFlag>();
  expectTypeOf<Of<config.Check, "type">>().toEqualTypeOf<model.HealthCheck["type"]>();
});

describe("forms of a text", () => {
  const ajv = new Ajv2020({ ...ajvOptions, strict: false });
  const form = (name: string) => ajv.compile({ ...definitions[name], $defs: definitions });

  test.each([
    ["httpd", true],
    ["php-fpm.service", true],
    ["getty@tty2.service", true],
    ["getty@tty2", true],
    // A template is no unit: systemctl start says that the instance is missing.
    ["getty@.service", false],
    ["getty@", false],
    ["backup@.timer", false],
  ])("unit %s: %s", (name, isOne) => {
    expect(form("unitName")(name)).toBe(isOne);
  });
});

describe("what editors read beside the standard", () => {
  const enums: { at: string; part: Schema & { enum: readonly unknown[] } }[] = [];
  const snippets: { name: string; part: Schema; body: unknown }[] = [];
  const walk = (part: unknown, at: string): void => {
    if (typeof part !== "object" || part === null) return;
    const { enum: values, defaultSnippets } = part as Schema;
    if (Array.isArray(values)) enums.push({ at, part: part as Schema & { enum: readonly unknown[] } });
    if (Array.isArray(defaultSnippets))
      for (const { label, body } of defaultSnippets) snippets.push({ name: `${at}: ${label}`, part, body });
    for (const [key, member] of Object.entries(part)) if (key !== "defaultSnippets") walk(member, `${at}/${key}`);
  };
  walk(schema, "");

  /** A snippet as it is inserted, when every placeholder is left as it is. */
  const inserted = (body: unknown): unknown => {
    if (Array.isArray(body)) return body.map(inserted);
    if (typeof body === "object" && body !== null)
      return Object.fromEntries(Object.entries(body).map(([key, value]) => [filled(key), inserted(value)]));
    if (typeof body !== "string") return body;
    return body.startsWith("^") ? JSON.parse(filled(body.slice(1))) : filled(body);
  };
  const filled = (text: string): string => {
    const plain = text.replaceAll(/\$\{\d+:([^{}$]*)\}/g, "$1").replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1");
    expect(plain).not.toMatch(/[{}]|\$\d/);
    return plain;
  };

  test.each(enums)("the values of $at are explained, in a list or in the description", ({ part }) => {
    const { enum: values, enumDescriptions, description } = part;
    if (enumDescriptions === undefined) for (const value of values) expect(description).toContain(String(value));
    else {
      expect(enumDescriptions).toHaveLength(values.length);
      for (const text of enumDescriptions) expect(text).toMatch(/^\S.*[^.\s]$/);
    }
  });

  test("platforms are called as the compiler calls them", () => {
    const { enum: names, enumDescriptions } = definitions["platform"] as Schema;
    expect(enumDescriptions).toEqual(names?.map((name) => platforms[name as model.PlatformName].title));
  });

  test("there are snippets, each called by a name of its own", () => {
    expect(snippets.length).toBeGreaterThan(5);
    expect(new Set(snippets.map(({ name }) => name)).size).toBe(snippets.length);
  });

  test.each(snippets)("what the snippet $name inserts is right as it is", ({ part, body }) => {
    const { $id: _id, ...own } = part as Schema & { $id?: string };
    const validate = new Ajv2020({ ...ajvOptions, strict: false }).compile({ ...own, $defs: definitions });
    expect([validate(inserted(body)), validate.errors]).toEqual([true, null]);
  });

  test.each(schema.defaultSnippets ?? [])(
    "the cluster of the snippet $label builds without a finding",
    async ({ body }) => {
      const { bundle, diagnostics } = await compile(JSON.stringify(inserted(body)));
      expect(diagnostics).toEqual([]);
      expect(bundle).not.toBeNull();
    },
  );

  test("ajv knows all of it in its strict mode", () => {
    expect(() => new Ajv2020(ajvOptions).compile(JSON.parse(text) as object)).not.toThrow();
    expect(() => new Ajv2020(ajvOptions).compile({ enumDescription: [] })).toThrow("unknown keyword");
  });
});
