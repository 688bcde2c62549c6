// What is tried: on which platform, with which role's script and command, which faults, at which points.

export const ROLES = ["director", "realserver", "nfs"];

/** What can be interrupted besides an apply; `update` is the apply of a changed description. */
const OTHERS = {
  director: ["rollback", "uninstall", "update", "drain", "undrain"],
  realserver: ["rollback", "uninstall", "update"],
  nfs: ["rollback", "uninstall", "update"],
};

/**
 * kill: before the command runs; killed: after it ran, before anything else; fail: it does nothing and exits with 1; where it writes a file,
 * torn: killed when half is written; short: half is written, and it fails.
 */
const FAULTS = ["kill", "killed", "fail", "torn", "short"];

const PLATFORMS = ["debian12", "el7"];

/** In how many parts a command's points are tried, each in a guest of its own, unless it is said otherwise. */
const PARTS = { director: 2, realserver: 2, nfs: 1 };

/** Of a director with keepalived: the description with `ha` in place of the one without. */
const failover = { role: "director", variant: "ha" };

/** Every point, in parts: jobs of one try each. Faults that are tried together share what they know of states that were seen. */
function everyPoint(platform, { role, variant }, scenario, faults, brief, parts = PARTS[role]) {
  return Array.from({ length: parts }, (_, part) => ({
    platform,
    role,
    variant,
    tries: [{ scenario, faults, pick: ["share", part, parts], brief }],
  }));
}

/** In how many runs of `npm test`, by their commits, every point of every role's apply is tried: each takes the next part of it. */
export const RUNS = 6;

/** The points of a command that this one of RUNS tries, in jobs like `everyPoint`. */
function turnOf(turn, jobs) {
  return jobs.map((job) => ({
    ...job,
    tries: job.tries.map((one) => {
      const [, part, parts] = one.pick;
      return { ...one, pick: ["share", part * RUNS + turn, parts * RUNS] };
    }),
  }));
}

/** Points at random; kill and fail hit the same ones, and where both leave one state, each goes one way on from it. */
const sampled = (scenario, count, seed, faults = FAULTS) => ({
  scenario,
  faults,
  pick: ["sample", count, seed],
  brief: true,
});
const noop = { scenario: "noop", faults: ["none"], pick: [] };

/**
 * Every point of every role's apply on one platform, killed and failing, in RUNS turns (`turn` from 0), for all of them together take most of the time that
 * a run may have; a seeded sample of everything else.
 */
export function quickPlan(seed, turn) {
  return [
    ...ROLES.flatMap((role) => turnOf(turn, everyPoint("debian12", { role }, "apply", ["kill", "fail"], true))),
    ...ROLES.map((role) => ({
      platform: "debian12",
      role,
      tries: [
        noop,
        sampled("apply", 3, seed, ["killed", "torn", "short"]),
        ...OTHERS[role].map((scenario) => sampled(scenario, 1, seed)),
      ],
    })),
    {
      platform: "debian12",
      ...failover,
      tries: [
        noop,
        sampled("apply", 3, seed, ["kill", "fail"]),
        ...OTHERS.director.map((scenario) => sampled(scenario, 1, seed, ["kill", "fail"])),
      ],
    },
    ...ROLES.map((role) => ({ platform: "el7", role, tries: [noop, sampled("apply", 1, seed)] })),
  ];
}

/** Every point of everything, a command's in so many parts: both ways on from each, or in brief each way on from every state that a point leaves. */
export function fullPlan(brief, parts) {
  const together = brief ? [FAULTS] : FAULTS.map((fault) => [fault]);
  return PLATFORMS.flatMap((platform) =>
    [...ROLES.map((role) => ({ role })), failover].flatMap((script) => [
      { platform, ...script, tries: [noop] },
      ...["apply", ...OTHERS[script.role]].flatMap((scenario) =>
        together.flatMap((faults) => everyPoint(platform, script, scenario, faults, brief, parts)),
      ),
    ]),
  );
}
