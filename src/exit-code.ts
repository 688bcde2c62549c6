/** Exit codes of the command line, after sysexits.h where it has one. */
export const exitCode = {
  ok: 0,
  /** Errors in the description, findings of `lint`, `build --check` found the output stale, or `verify-bundle` refuses. `status`: something differs. `rollout`: something is left. */
  findings: 1,
  /** `diff`: the two differ. `verify-bundle`: something could not be checked. `status`: something failed, or was never seen. `rollout`: something failed, or its end is not known. */
  differs: 2,
  /** `status`: there is nothing to tell of, which monitoring calls unknown. */
  unknown: 3,
  usage: 64,
  /** A file or directory to read is not there or cannot be read. */
  noInput: 66,
  /** A program that the command needs is not installed. */
  unavailable: 69,
  /** A bug in lvsgen. */
  internal: 70,
  cannotWrite: 73,
  /** `rollout`: another one is at work with the same folder. */
  busy: 75,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What each means, in a line of help. */
export const exitMeanings: Readonly<Record<keyof typeof exitCode, string>> = {
  ok: "done",
  findings: "errors in the description; a check found something; rollout: not done",
  differs: "diff: it differs; verify-bundle: unproven; status, rollout: failed",
  unknown: "status: nothing is known",
  usage: "wrong usage",
  noInput: "no such file, or it cannot be read",
  unavailable: "a needed program is missing, or Node is too old",
  internal: "a bug in lvsgen; LVSGEN_DEBUG=1 shows where",
  cannotWrite: "the output cannot be written, or something of someone else is in its way",
  busy: "another rollout is at work with the same folder",
};
