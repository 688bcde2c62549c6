/** What OpenSSH and sudo say where a session does not come about or breaks off, and what a person does about it. */

export interface Complaint {
  readonly why: string;
  readonly hint: string;
}

/** As far as it is known: else `why` is what was said last. */
export interface Cause extends Complaint {
  readonly isKnown: boolean;
}

/** Nothing here ever turns off a check of OpenSSH's: a key that is another one is for a person to look into. */
const known: readonly (readonly [RegExp, string, (name: string) => string])[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|host key .* has changed/i,
    "its host key is another one than before: it was installed anew, or another machine answers",
    (name) =>
      `find out which; where it was installed anew: ssh-keygen -R ${name.replace(/^.*@/, "")}, and ssh ${name} once by hand`,
  ],
  [
    /Host key verification failed|host key is known for/i,
    "its host key is not known here",
    (name) => `ssh ${name} once by hand, and compare the fingerprint with the host's own`,
  ],
  [
    /sudo:.*(?:password is required|no tty present|a terminal is required)/i,
    "sudo asks for a password there",
    () => "allow bash to that user without one (NOPASSWD), or log in as root (User root in the configuration of ssh)",
  ],
  [
    /sudo:.*must have a tty/i,
    "sudo wants a terminal there",
    () => "take requiretty from its sudoers for that user (Defaults:USER !requiretty), or log in as root",
  ],
  [/sudo: (?:command )?not found|sudo: No such file/i, "there is no sudo", () => "log in as root, without --sudo"],
  [/not in the sudoers file|may not run/i, "sudo refuses that user", () => "allow it bash, or log in as root"],
  [
    /Permission denied \(/i,
    "it lets nobody in with these keys",
    (name) => `ssh ${name} has to come through without a question: a key in an agent, User in the configuration of ssh`,
  ],
  [
    /Could not resolve hostname|Name or service not known/i,
    "its name leads to no address",
    (name) => `write Host ${name} with its HostName into the configuration of ssh, or give --ssh-name HOST=NAME`,
  ],
  [
    /Connection (?:timed out|refused)|No route to host|Network is unreachable|Operation timed out/i,
    "it cannot be reached",
    (name) => `ssh ${name} has to come through; where the host is dead: --without HOST`,
  ],
];

/**
 * @param said what came to standard error
 * @param name how ssh is called for the host
 */
export function complaintOf(said: string, code: number | null, name: string): Cause {
  const found = known.find(([pattern]) => pattern.test(said));
  if (found !== undefined) return { why: found[1], hint: found[2](name), isKnown: true };
  const last = said.trim().split("\n").at(-1)?.trim() ?? "";
  return {
    why: last === "" ? `ssh ended with ${code ?? "a signal"}` : last,
    hint: `see what ssh ${name} says`,
    isKnown: false,
  };
}
