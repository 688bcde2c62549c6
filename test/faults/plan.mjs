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

/** In how many parts a command's points are tried, each in a guest of its own. */
const PARTS = { director: 2, realserver: 2, nfs: 1 };

/** Every point, in parts: jobs of one try each. Faults that are tried together share what they know of states that were seen. */
function everyPoint(platform, role, scenario, faults, brief) {
  return Array.from({ length: PARTS[role] }, (_, part) => ({
    platform,
    role,
    tries: [{ scenario, faults, pick: ["share", part, PARTS[role]], brief }],
  }));
}

const sampled = (scenario, count, seed, faults = FAULTS) => ({ scenario, faults, pick: ["sample", count, seed] });
const noop = { scenario: "noop", faults: ["none"], pick: [] };

/** Every point of every role's apply on one platform, killed and failing; a seeded sample of everything else. */
export function quickPlan(seed) {
  return [
    ...ROLES.flatMap((role) => everyPoint("debian12", role, "apply", ["kill", "fail"], true)),
    ...ROLES.map((role) => ({
      platform: "debian12",
      role,
      tries: [
        noop,
        sampled("apply", 3, seed, ["killed", "torn", "short"]),
        ...OTHERS[role].map((scenario) => sampled(scenario, 1, seed)),
      ],
    })),
    ...ROLES.map((role) => ({ platform: "el7", role, tries: [noop, sampled("apply", 1, seed)] })),
  ];
}

/** Every point of everything. */
export function fullPlan() {
  return PLATFORMS.flatMap((platform) =>
    ROLES.flatMap((role) => [
      { platform, role, tries: [noop] },
      ...["apply", ...OTHERS[role]].flatMap((scenario) =>
        FAULTS.flatMap((fault) => everyPoint(platform, role, scenario, [fault], false)),
      ),
    ]),
  );
}
