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
/** Such a word, a key in base64 say, fits no line. */
const unbreakable = /\S{60}/;

/**
 * @param {object} schema
 * @param {readonly string[]} defaultFiles
 * @param {typeof import("./words.mjs").englishWords} words
 * @returns {string[]} the parts of the page
 */
export function clusterPage(schema, defaultFiles, words) {
  const { say } = words;
  const { objects, values } = named(schema);
  const [shown] = schema.examples;
  return [
    section(say("name")),
    filled(`lvsgen\\-cluster \\- ${literal(say(`${schema.title} description for lvsgen`))}`),
    section(say("synopsis")),
    filled(defaultFiles.map(italic).join(", ")),
    section(say("description")),
    paragraphs(clusterTexts.description.map((text) => prose(say(text)))),
    section(say("keys")),
    filled([schema.description, clusterTexts.objects].map((text) => prose(say(text))).join(words.gap)),
    ...keysOf(schema, schema, words),
    section(say("objects")),
    ...objects.flatMap((name) => object(name, schema, words)),
    section(say("values")),
    ...values.map((name) => value(name, schema.$defs[name], words)),
    section(say("examples")),
    filled(literal(say("A cluster in JSON:"))),
    ".PP",
    example(JSON.stringify(shown, null, 2).split("\n")),
    paragraph(literal(say("The same in YAML:"))),
    ".PP",
    example(stringify(shown).trimEnd().split("\n")),
    section(say("see also")),
    filled(clusterTexts.seeAlso.map(([name, number]) => `${bold(name)}(${number})`).join(", ")),
  ];
}

const nameOf = ({ $ref }) => $ref?.replace("#/$defs/", "");

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

function object(name, schema, words) {
  const definition = schema.$defs[name];
  const heading = `${italic(name)}${literal(words.colon)}${prose(words.say(definition.description))}`;
  return [subsection(words.title(definition.title)), filled(heading), ...keysOf(definition, schema, words)];
}

function value(name, definition, words) {
  const head = words.withType(italic(name), type(definition, words), false);
  const said = term(escaped(head), description(definition, words), usual(definition, words));
  return `${said}${choices(definition, words)}`;
}

function keysOf({ properties, required = [] }, schema, words) {
  return Object.entries(properties).map(([key, property]) => {
    const keys = property.properties === undefined ? "" : `\n${indented(keysOf(property, schema, words))}`;
    // A key without words of its own has those of what it refers to; what is left out there may mean something else here.
    const said = { ...schema.$defs[nameOf(property)], ...property, default: property.default };
    const head = words.withType(bold(key), type(property, words), required.includes(key));
    return `${term(escaped(head), description(said, words), usual(said, words))}${choices(property, words)}${keys}`;
  });
}

/** What a language puts between parts that are escaped already. */
const escaped = (text) => text.replaceAll(/[^\n -~]+/gu, literal);

/** What a value is, in words: `integer from 1 to 255`, `list of host`. */
function type(part, words) {
  const name = nameOf(part);
  if (name !== undefined) return italic(name);
  if (part.const !== undefined) return literal(JSON.stringify(part.const));
  // A choice of words may go without saying that they are text.
  const types = [part.type ?? typeof part.enum?.[0]].flat();
  return words.types(types.map((one) => typeWords[one](part, words)));
}

const numberWords = (word, { enum: values, minimum, maximum }, words) => {
  if (values !== undefined) return words.values(values);
  return minimum === undefined ? words.say(word) : words.range(words.say(word), minimum, maximum);
};

const typeWords = {
  string: ({ enum: values }, { say }) => say(values === undefined ? "text" : "word"),
  integer: (part, words) => numberWords("integer", part, words),
  number: (part, words) => numberWords("number", part, words),
  boolean: (_part, { say }) => say("true or false"),
  array: ({ items }, words) => words.listOf(within(items, words)),
  object: ({ properties, propertyNames, additionalProperties: values }, words) =>
    properties === undefined && values
      ? words.objectOf(within(propertyNames, words), within(values, words))
      : words.say("object"),
};

/** What has no name of its own is called by its title, under which it is explained. */
const within = (part, words) => (nameOf(part) === undefined ? literal(words.within(part.title)) : type(part, words));

/** What the schema says of a value, and of those within it that have no name. */
function description(
  { $ref, description: own, propertyNames, items, additionalProperties },
  { say, title, colon, gap },
) {
  // What it refers to is explained at its own place.
  const inner = $ref === undefined ? [propertyNames, items, additionalProperties] : [];
  const titled = inner.filter((part) => part?.title !== undefined);
  return [say(own), ...titled.map((part) => `${title(part.title)}${colon}${say(part.description)}`)]
    .map(prose)
    .join(gap);
}

/** The default and an example. */
function usual({ default: value, examples: [shown] }, { defaultIs, exampleIs, gap }) {
  const said = [];
  if (value !== undefined) said.push(escaped(defaultIs(bold(spaced(value)))));
  const text = spaced(shown);
  if (text !== spaced(value) && text.length <= exampleLimit && !unbreakable.test(text))
    said.push(escaped(exampleIs(bold(text))));
  return said.join(gap);
}

/** JSON that can be broken at its blanks: `{ "host": "web1" }`. */
function spaced(value) {
  return (JSON.stringify(value, null, 1) ?? "").replaceAll(/\n\s*/g, " ");
}

/** The words of a choice with what each means, below their key. */
function choices({ enum: values, enumDescriptions: texts, items }, words) {
  if (values === undefined) return items?.enum === undefined ? "" : choices(items, words);
  if (texts === undefined) return "";
  const meanings = texts.map((text) => prose(words.meaning(words.say(text))));
  return `\n${indented(values.map((value, index) => term(bold(String(value)), meanings[index])))}`;
}
