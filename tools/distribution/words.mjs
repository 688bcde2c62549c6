/** What both kinds of packages say of themselves. */

export const summary = "compiler from a description of an LVS cluster to bash scripts";

export const maintainer = "The lvsgen authors";

/** Paragraphs of lines that fit a terminal. */
export const description = [
  [
    "lvsgen compiles one description of a Linux Virtual Server cluster into",
    "self-contained, idempotent bash scripts, one per role, with a runbook for",
    "each change.",
  ],
  [
    "It runs on a workstation. The hosts of the cluster, which may have no",
    "network and an older system, run what it writes and need nothing of it.",
  ],
];

/** Before a release: `0.2.0-rc.1` sorts before 0.2.0 with a tilde, and a dash begins the number of the packaging. */
export const packageVersion = (version) => version.replace("-", "~").replaceAll("-", ".");
