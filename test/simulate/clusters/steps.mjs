// Random sequences of what people do to up to three clusters on one host, by seed; plain data: runs, each with what is on the host after it.
import fc from "fast-check";
import { LETTERS, SHAPES, VERSIONS_OF_EACH } from "./descriptions.mjs";

const just = (...pairs) => fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const letter = fc.constantFrom(...LETTERS);

const wish = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      wish: fc.constant("apply"),
      letter,
      version: fc.nat({ max: VERSIONS_OF_EACH - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      wish: fc.constant("rename"),
      letter,
      first: just([2, "apply"], [1, "uninstall"]),
      version: fc.option(fc.nat({ max: VERSIONS_OF_EACH - 1 }), { freq: 3, nil: undefined }),
      between: just([5, undefined], [1, "reboot"]),
    }),
  },
  { weight: 3, arbitrary: fc.record({ wish: fc.constant("uninstall"), letter }) },
  { weight: 1, arbitrary: fc.record({ wish: just([2, "reboot"], [1, "reset"]) }) },
);

/** A cluster's one name and its other. */
const otherName = (name) => (name.endsWith("-new") ? name.slice(0, 2) : `${name}-new`);

/** Clusters on the host, as `name.version`, sorted: in whatever order they came. */
export const setOf = (faces) => [...faces].sort();
const faceOf = (name, version) => `${name}.${version}`;

/**
 * `{ platform, shape, steps }` of a seed: four in a row have each shape, eight each with each platform. A step is `{ do: apply | uninstall, name, version, left }` or
 * `{ do: reboot | reset, left }`, `left` being what is on the host after it. `kept`: the step belongs to a move that drops no connection, with the step
 * before it.
 */
export function clustersSequence(seed, length) {
  const shape = Object.keys(SHAPES)[seed % 4];
  const platform = ["debian12", "el7"][(seed + Math.floor(seed / 4)) % 2];
  const [{ wishes, order }] = fc.sample(
    fc.record({
      wishes: fc.array(wish, { minLength: length, maxLength: length, size: "max" }),
      order: fc.shuffledSubarray(LETTERS, { minLength: LETTERS.length }),
    }),
    { seed, numRuns: 1 },
  );
  return { platform, shape, steps: stepsOf(wishes, order) };
}

function stepsOf(wishes, order) {
  /** Letter to `{ name, version }`, of those that are on the host. */
  const here = new Map();
  const names = new Map(LETTERS.map((one) => [one, one]));
  const steps = [];
  const step = (one, besides = []) => {
    const left = setOf([...here.values()].map(({ name, version }) => faceOf(name, version)).concat(besides));
    steps.push({ ...one, left });
  };
  const apply = (one, version, besides) => {
    const face = { name: names.get(one), version };
    here.set(one, face);
    step({ do: "apply", ...face }, besides);
  };
  const uninstall = (one) => {
    const face = here.get(one);
    here.delete(one);
    step({ do: "uninstall", ...face });
  };
  const rename = ({ letter: one, first, version, between }) => {
    const before = here.get(one);
    names.set(one, otherName(before.name));
    if (first === "uninstall") {
      uninstall(one);
      apply(one, version ?? before.version);
      return;
    }
    // The new one beside the old one, then the old one goes: what both describe is there all the time. What is to change besides has its turn
    // later: two that describe a service otherwise contradict each other.
    const old = [faceOf(before.name, before.version)];
    apply(one, before.version, old);
    if (between) step({ do: between }, old);
    step({ do: "uninstall", ...before, kept: true });
  };
  for (const one of order.slice(0, 2)) apply(one, 0);
  for (const one of wishes) {
    if (one.wish === "apply") apply(one.letter, one.version);
    else if (one.wish === "reboot" || one.wish === "reset") step({ do: one.wish });
    else if (!here.has(one.letter)) apply(one.letter, one.version ?? 0);
    else if (one.wish === "uninstall") uninstall(one.letter);
    else rename(one);
  }
  for (const one of [...order].reverse()) if (here.has(one)) uninstall(one);
  return steps;
}
