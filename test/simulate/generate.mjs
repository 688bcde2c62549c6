// Random sequences, by seed: what people do to one host in a year, over few names, so that things collide. fast-check makes the values;
// what it makes are wishes, and `sequence` turns them into plain data: descriptions, and steps that name them by number.
import fc from "fast-check";
import { DESCRIBED, describe, EDITED, FEATURES } from "./cluster.mjs";
import { WORLDS } from "./world.mjs";

const CLUSTERS = ["aa", "bb", "cc"];
const ROLES = ["director", "realserver", "nfs"];

const often = (...pairs) => fc.oneof(...pairs.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const just = (...pairs) => often(...pairs.map(([weight, value]) => [weight, fc.constant(value)]));

const cluster = just([4, "aa"], [1, "bb"], [1, "cc"]);
const role = just([2, "director"], [5, "realserver"], [3, "nfs"]);

/** A disturbance: at which program that the script calls; about 9 are called where nothing is to do, up to 150 where much is. */
const at = often([3, fc.integer({ min: 1, max: 12 })], [5, fc.integer({ min: 8, max: 90 })]);
const fault = just([4, "kill"], [2, "killed"], [2, "term"], [3, "fail"], [2, "full"]);
const disturbed = (undisturbed) => often([undisturbed, fc.constant(undefined)], [1, fc.record({ fault, at })]);

/** Each key of a description chosen anew, or left as it is. */
const change = fc.record(Object.fromEntries(Object.entries(FEATURES).map(([key, values]) => [key, just(...values)])), {
  requiredKeys: [],
});
const paths = (which) => fc.constantFrom(...which);
const text = just([3, "a line by hand\n"], [1, "no line end"], [1, "two\r\nlines\r\n"], [1, ""]);

const wish = often(
  [9, fc.record({ wish: fc.constant("change"), cluster, change, how: disturbed(1), again: fc.boolean() })],
  [
    16,
    fc.record({
      wish: fc.constant("apply"),
      cluster,
      role,
      how: disturbed(2),
      old: just([9, 0], [1, 1], [1, 2]),
      only: just([12, undefined], [1, "directory,file"], [1, "block"]),
    }),
  ],
  [
    5,
    fc.record({
      wish: fc.constant("rollback"),
      cluster,
      role,
      how: disturbed(3),
      back: just([6, undefined], [1, 2], [1, 3]),
    }),
  ],
  [2, fc.record({ wish: fc.constant("uninstall"), cluster, role, how: disturbed(3) })],
  [1, fc.record({ wish: fc.constant("check"), cluster, role })],
  [
    1,
    fc.record({
      wish: fc.constant("rename"),
      cluster,
      first: fc.constantFrom("apply", "uninstall"),
      how: disturbed(2),
    }),
  ],
  [
    6,
    fc.record({
      wish: fc.constant("edit"),
      edit: just(
        [4, "append"],
        [2, "chmod"],
        [1, "touch"],
        [2, "delete"],
        [2, "rewrite"],
        [1, "link"],
        [1, "directory"],
        [3, "create"],
        [2, "prepend"],
        [1, "inside"],
        [1, "chop"],
        [1, "crlf"],
      ),
      path: often([3, paths(EDITED)], [2, paths(DESCRIBED)]),
      text,
      mode: just([1, "0600"], [1, "0777"], [1, "2755"], [1, "0444"]),
    }),
  ],
  [
    1,
    fc.record({
      wish: fc.constant("pair"),
      one: fc.record({ cluster, role, do: just([3, "apply"], [1, "rollback"], [1, "uninstall"]) }),
      other: fc.record({ cluster, role, do: just([3, "apply"], [1, "check"]) }),
      wait: fc.boolean(),
    }),
  ],
);
const damage = fc.record({
  wish: fc.constant("damage"),
  cluster,
  role,
  what: just([2, "blob"], [2, "generation"], [1, "base"], [1, "holds"], [1, "all"]),
  how: just([2, "delete"], [2, "truncate"], [1, "empty"], [1, "garbage"]),
  number: fc.nat({ max: 9 }),
});

const plan = fc.record({
  platform: fc.constantFrom("debian12", "el7"),
  world: fc.array(fc.nat({ max: 999 }), { minLength: 8, maxLength: 8 }),
  clusters: just([5, 1], [2, 2], [2, 3]),
  damaged: just([5, false], [1, true]),
  first: fc.array(change, { minLength: 3, maxLength: 3 }),
  wishes: fc.array(wish, { minLength: 24, maxLength: 24, size: "max" }),
  damages: fc.array(fc.tuple(fc.nat({ max: 23 }), damage), { minLength: 1, maxLength: 4 }),
});

/** The sequence of a seed: `{ platform, files, descriptions, steps }`. */
export function sequence(seed) {
  const [wanted] = fc.sample(plan, { seed, numRuns: 1 });
  const { platform } = wanted;
  const files = {};
  for (const [index, choices] of WORLDS[platform].entries())
    Object.assign(files, choices[(wanted.world[index % 8] + index) % choices.length]);
  const clusters = CLUSTERS.slice(0, wanted.clusters);
  const features = {};
  const history = {};
  const names = Object.fromEntries(clusters.map((cluster) => [cluster, cluster]));
  const descriptions = [];
  const steps = [];
  const next = (name, changes) => {
    features[name] = { ...features[name], ...changes };
    descriptions.push(describe(name, platform, features[name], names[name]));
    history[name] = [...(history[name] ?? []), descriptions.length - 1];
  };
  for (const [index, name] of clusters.entries()) {
    next(name, {
      ...Object.fromEntries(Object.entries(FEATURES).map(([key, [[, value]]]) => [key, value])),
      ...wanted.first[index],
    });
  }
  const newest = (name, old = 0) => history[name].at(-1 - Math.min(old, history[name].length - 1));
  const known = (name) => (clusters.includes(name) ? name : "aa");
  const script = (one) => ({ of: newest(known(one.cluster), one.old), role: one.role });
  const wishes = wanted.damaged
    ? wanted.wishes.flatMap((one, index) => [
        one,
        ...wanted.damages.filter(([place]) => place === index).map(([, it]) => it),
      ])
    : wanted.wishes;
  for (const role of ROLES) steps.push({ do: "apply", of: newest("aa"), role });
  for (const one of wishes) {
    switch (one.wish) {
      case "change":
        next(known(one.cluster), one.change);
        // A change is made in order to be applied, and an apply that did not come through is often repeated.
        for (const name of ROLES)
          if ((descriptions.length + ROLES.indexOf(name)) % 2) {
            const step = { do: "apply", of: descriptions.length - 1, role: name };
            steps.push(clean({ ...step, how: one.how }));
            if (one.how && one.again) steps.push(step);
          }
        break;
      case "rename": {
        const name = known(one.cluster);
        const before = newest(name);
        names[name] = names[name] === name ? `${name}-new` : name;
        history[name] = [];
        next(name, {});
        // Both ways: the new one beside the old one, which drops no connection; or the old one first.
        const moves = ROLES.flatMap((role) => [
          clean({ do: "apply", of: descriptions.length - 1, role }),
          clean({ do: "uninstall", of: before, role, how: one.how }),
        ]);
        steps.push(...moves.filter((step) => step.do === one.first), ...moves.filter((step) => step.do !== one.first));
        break;
      }
      case "apply":
      case "rollback":
      case "uninstall":
      case "check":
        steps.push(clean({ do: one.wish, ...script(one), how: one.how, only: one.only, back: one.back }));
        break;
      case "pair":
        steps.push({
          do: "pair",
          one: { do: one.one.do, ...script(one.one) },
          other: { do: one.other.do, ...script(one.other) },
          wait: one.wait,
        });
        break;
      case "damage":
        steps.push({ do: "damage", ...script(one), what: one.what, how: one.how, number: one.number });
        break;
      case "edit":
        steps.push(
          clean({
            do: "edit",
            edit: one.edit,
            path: one.path,
            text: one.text.replace("by hand", `by hand, ${steps.length}`),
            mode: one.edit === "chmod" ? one.mode : undefined,
          }),
        );
    }
  }
  // In the end everything is brought to its state once more, and taken off.
  for (const name of clusters) for (const role of ROLES) steps.push({ do: "apply", of: newest(name), role });
  for (const of of lastOfEachName(descriptions)) for (const role of ROLES) steps.push({ do: "uninstall", of, role });
  return { platform, files, descriptions, steps };
}

/** A name that a cluster had once may still be on the host, where its uninstall was disturbed. */
function lastOfEachName(descriptions) {
  return [...new Map(descriptions.map(({ name }, index) => [name, index])).values()];
}

function clean(step) {
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined));
}
