// Makes what was found small: fewer steps, then less in each description, then less on the host, as long as the same oracle speaks.
//
// fast-check makes the sequences but does not shrink them: it knows neither that a step left out leaves the others as they are, nor a limit
// of time for tries that run scripts, and it would follow a shorter sequence into another fault.

const without = (list, from, count) => [...list.slice(0, from), ...list.slice(from + count)];

/** `fails(case)` resolves to true where the fault shows. Resolves to the smallest case found before `deadline`. */
export async function shrink(found, fails, deadline) {
  let best = { ...found, steps: found.steps.slice(0, found.index + 1) };
  const late = () => Date.now() > deadline;
  const attempt = async (candidate) => {
    if (late() || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let smaller = true; smaller && !late(); ) {
    smaller = false;
    for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      // From the end: what came last is needed least.
      for (let from = best.steps.length - size; from >= 0; from -= size)
        if (await attempt({ ...best, steps: without(best.steps, from, size) })) smaller = true;
    }
    for (const index of best.steps.keys())
      for (const simpler of simplerSteps(best.steps[index])) {
        const steps = best.steps.with(index, simpler);
        if (await attempt({ ...best, steps })) smaller = true;
      }
    for (const path of Object.keys(best.files)) {
      if (path === "/etc/os-release") continue;
      const { [path]: _, ...files } = best.files;
      if (await attempt({ ...best, files })) smaller = true;
    }
    const used = new Set(best.steps.flatMap((step) => [step.of, step.one?.of, step.other?.of]));
    for (const index of best.descriptions.keys()) {
      if (!used.has(index)) continue;
      for (const change of simplerDescriptions) {
        for (let at = 0; ; at += 1) {
          const simpler = structuredClone(best.descriptions[index]);
          if (!change(simpler, at)) break;
          if (await attempt({ ...best, descriptions: best.descriptions.with(index, simpler) })) {
            smaller = true;
            at -= 1;
          }
        }
      }
    }
  }
  return numbered(best);
}

function* simplerSteps(step) {
  for (const key of ["how", "only", "back"]) {
    if (step.do === "damage" || step[key] === undefined) continue;
    const { [key]: _, ...rest } = step;
    yield rest;
  }
}

/** Each takes the `at`-th thing out of a description; false where there is no such thing. */
const simplerDescriptions = [
  ...["files", "directories", "mounts"].map((key) => ({ hosts: { h1 } }, at) => {
    if (at >= (h1[key]?.length ?? 0)) return false;
    h1[key].splice(at, 1);
    if (h1[key].length === 0) delete h1[key];
    return true;
  }),
  ...["mode", "owner", "group"].map((right) => ({ hosts: { h1 } }, at) => {
    const having = [...(h1.files ?? []), ...(h1.directories ?? [])].filter((one) => right in one);
    if (at >= having.length) return false;
    delete having[at][right];
    return true;
  }),
  (description, at) => {
    if (at > 0 || description.nfs === undefined) return false;
    delete description.nfs;
    return true;
  },
  (description, at) => {
    if (at > 0 || description.directors[0] !== "h1") return false;
    description.directors = ["other"];
    return true;
  },
  ({ services: [{ realservers }] }, at) => {
    if (at > 0 || realservers.length < 2) return false;
    realservers.pop();
    return true;
  },
  ({ defaults }, at) => {
    if (at > 0 || (defaults.selinux !== "permissive" && defaults.mode !== "tun")) return false;
    if (defaults.selinux) defaults.selinux = "keep";
    defaults.mode = "dr";
    return true;
  },
  ({ hosts: { h1 } }, at) => {
    if (at > 0 || !("network" in h1)) return false;
    delete h1.network;
    return true;
  },
];

/** Only the descriptions that the steps name, equal ones once. */
function numbered({ files, descriptions, steps, platform }) {
  const kept = [];
  const renumber = (one) => {
    if (one?.of === undefined) return one;
    const text = JSON.stringify(descriptions[one.of]);
    let of = kept.findIndex((other) => JSON.stringify(other) === text);
    if (of < 0) of = kept.push(descriptions[one.of]) - 1;
    return { ...one, of };
  };
  const all = steps.map((step) =>
    step.do === "pair" ? { ...step, one: renumber(step.one), other: renumber(step.other) } : renumber(step),
  );
  return { platform, files, descriptions: kept, steps: all };
}
