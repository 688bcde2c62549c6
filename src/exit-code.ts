/** Exit codes of the command line, after sysexits.h where it has one. */
export const exitCode = {
  ok: 0,
  /** Errors in the description, findings of `lint`, or `build --check` found the output stale. */
  findings: 1,
  /** `diff`: the two differ. */
  differs: 2,
  usage: 64,
  /** A file or directory to read is not there or cannot be read. */
  noInput: 66,
  /** A program that the command needs is not installed. */
  unavailable: 69,
  /** A bug in lvsgen. */
  internal: 70,
  cannotWrite: 73,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
