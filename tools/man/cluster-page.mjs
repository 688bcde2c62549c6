/** lvsgen-cluster(5): every key of the schema with what the schema says of it. */
import { stringify } from "yaml";
import { clusterTexts } from "./texts.mjs";
import {
  bold,
  example,
  filled,
  indented,
  italic,
  literal,
  paragraph,
  paragraphs,
  prose,
  section,
  subsection,
  term,
} from "./troff.mjs";

/** Characters of an example beside a key: a longer one is no help there. */
const exampleLimit = 160;

/**
 * @param {object} schema
 * @param {readonly string[]} defaultFiles
 * @returns {string[]} the parts of the page
 */
export function clusterPage(schema, defaultFiles) {
  const { objects, values } = named(schema);
  const [shown] = schema.examples;
  return [
    section("name"),
    `lvsgen\\-cluster \\- ${literal(lowerFirst(schema.title))} description for lvsgen`,
    section("synopsis"),
    filled(defaultFiles.map(italic).join(", ")),
    section("description"),
    paragraphs(clusterTexts.description.map(prose)),
    section("keys"),
    filled(prose(schema.description)),
    filled(prose(clusterTexts.objects)),
    ...keysOf(schema, schema),
    section("objects"),
    ...objects.flatMap((name) => object(name, schema)),
    section("values"),
    ...values.map((name) => value(name, schema.$defs[name])),
    section("examples"),
    "A cluster in JSON:",
    ".PP",
    example(JSON.stringify(shown, null, 2).split("\n")),
    paragraph("The same in YAML:"),
    ".PP",
    example(stringify(shown).trimEnd().split("\n")),
    section("see also"),
    filled(clusterTexts.seeAlso.map(([name, number]) => `${bold(name)}(${number})`).join(", ")),
  ];
}

const nameOf = ({ $ref }) => $ref?.replace("#/$defs/", "");

/** `LVS cluster` stays, `Host name` is `host name`. */
const lowerFirst = (text) => (/^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** The definitions that something refers to, in the order in which a reader meets them. */
function named(schema) {
  const met = new Set();
  const visit = (part) => {
    if (typeof part !== "object" || part === null) return;
    const name = nameOf(part);
    if (name !== undefined && !met.has(name)) {
      met.add(name);
      visit(schema.$defs[name]);
    }
    for (const [key, member] of Object.entries(part))
      if (!["$defs", "examples", "default", "defaultSnippets", "enum"].includes(key)) visit(member);
  };
  visit(schema);
  const idle = Object.keys(schema.$defs).filter((name) => !met.has(name));
  if (idle.length > 0) throw new Error(`schema: nothing refers to ${idle.join(", ")}`);
  const hasKeys = (name) => schema.$defs[name].properties !== undefined;
  return { objects: [...met].filter(hasKeys), values: [...met].filter((name) => !hasKeys(name)).sort() };
}

function object(name, schema) {
  const definition = schema.$defs[name];
  const heading = `${italic(name)}: ${prose(definition.description)}`;
  return [subsection(definition.title), filled(heading), ...keysOf(definition, schema)];
}

function value(name, definition) {
  const head = `${italic(name)} (${type(definition)})`;
  return `${term(head, description(definition), usual(definition))}${choices(definition)}`;
}

function keysOf({ properties, required = [] }, schema) {
  return Object.entries(properties).map(([key, property]) => {
    const needed = required.includes(key) ? ", required" : "";
    const keys = property.properties === undefined ? "" : `\n${indented(keysOf(property, schema))}`;
    // A key without words of its own has those of what it refers to; what is left out there may mean something else here.
    const said = { ...schema.$defs[nameOf(property)], ...property, default: property.default };
    const head = `${bold(key)} (${type(property)}${needed})`;
    return `${term(head, description(said), usual(said))}${choices(property)}${keys}`;
  });
}

/** What a value is, in words: `integer from 1 to 255`, `list of host`. */
function type(part) {
  const name = nameOf(part);
  if (name !== undefined) return italic(name);
  if (part.const !== undefined) return literal(JSON.stringify(part.const));
  // A choice of words may go without saying that they are text.
  const types = [part.type ?? typeof part.enum?.[0]].flat();
  return types.map((one) => typeWords[one](part)).join(", or ");
}

const numberWords = (word, { enum: values, minimum, maximum }) => {
  if (values !== undefined) return values.join(" or ");
  return minimum === undefined ? word : `${word} from ${minimum} to ${maximum}`;
};

const typeWords = {
  string: ({ enum: values }) => (values === undefined ? "text" : "word"),
  integer: (part) => numberWords("integer", part),
  number: (part) => numberWords("number", part),
  boolean: () => "true or false",
  array: ({ items }) => `list of ${within(items)}`,
  object: ({ properties, propertyNames, additionalProperties: values }) =>
    properties === undefined && values ? `object, ${within(propertyNames)} to ${within(values)}` : "object",
};

/** What has no name of its own is called by its title, under which it is explained. */
const within = (part) => (nameOf(part) === undefined ? literal(lowerFirst(part.title)) : type(part));

/** What the schema says of a value, and of those within it that have no name. */
function description({ $ref, description: own, propertyNames, items, additionalProperties }) {
  // What it refers to is explained at its own place.
  const inner = $ref === undefined ? [propertyNames, items, additionalProperties] : [];
  const titled = inner.filter((part) => part?.title !== undefined);
  return [own, ...titled.map((part) => `${part.title}: ${part.description}`)].map(prose).join(" ");
}

/** The default and an example. */
function usual({ default: value, examples: [shown] }) {
  const words = [];
  if (value !== undefined) words.push(`Default: ${bold(spaced(value))}.`);
  const text = spaced(shown);
  if (text !== spaced(value) && text.length <= exampleLimit) words.push(`Example: ${bold(text)}`);
  return words.join(" ");
}

/** JSON that can be broken at its blanks: `{ "host": "web1" }`. */
function spaced(value) {
  return (JSON.stringify(value, null, 1) ?? "").replaceAll(/\n\s*/g, " ");
}

/** The words of a choice with what each means, below their key. */
function choices({ enum: values, enumDescriptions: texts, items }) {
  if (values === undefined) return items?.enum === undefined ? "" : choices(items);
  if (texts === undefined) return "";
  return `\n${indented(values.map((value, index) => term(bold(String(value)), prose(`${texts[index]}.`))))}`;
}
