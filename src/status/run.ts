/** What a run of a script said of itself and its host: the objects of docs/status.md, as far as `status` asks for them. */

/** One thing that is not as described, or failed. */
export interface Difference {
  readonly result: "pending" | "failed";
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
}

export interface Run {
  /** The file that it was read from. */
  readonly path: string;
  /** Its number, the same in every copy of the report. */
  readonly run: string;
  /** Empty where the script did not find it, or has none. */
  readonly host: string;
  /** It is of none of the described hosts: `host` is what it was called when something was applied there last, else as `machine`. */
  readonly isUndescribed: boolean;
  /** What the kernel of the machine calls it. */
  readonly machine: string;
  readonly role: string;
  readonly cluster: string;
  readonly command: string;
  /** SHA-256 in the head of the script that ran. */
  readonly bundle: string;
  readonly lvsgen: string;
  /** As it stands there, in UTC; `at` is the same in seconds since 1970. */
  readonly time: string;
  readonly at: number;
  /** Seconds that the machine had been up: tells runs of one second apart; 0: it does not say. */
  readonly uptime: number;
  /** It was about an image below this directory; empty: about the host itself. */
  readonly root: string;
  /** It was about these kinds alone; empty: about all. */
  readonly only: string;
  readonly isDry: boolean;
  /** The exit code; null: the report breaks off before the end. */
  readonly code: number | null;
  /** Why it ended, in the script's words; null where it does not say. */
  readonly error: string | null;
  readonly differences: readonly Difference[];
  /** How many more there are than are kept. */
  readonly more: number;
  readonly standing: Standing | null;
  /** Who is out of rotation; null: it is not told, as the script is no director's. */
  readonly drained: readonly string[] | null;
}

export interface Standing {
  readonly generation: number;
  readonly isInterrupted: boolean;
  readonly isUnconfirmed: boolean;
}

/** The first part of a name that a machine has for itself: `web1` of `web1.example.com`. */
export function shortName(host: string): string {
  return host.replace(/\..*$/s, "");
}

/** A file that is no report, or not a whole one. */
export interface Flaw {
  readonly path: string;
  /** `foreign`: not lvsgen's, and nothing is known to be missing by it. `broken`: what it said is lost, or a part of it. */
  readonly kind: "foreign" | "broken";
  /** What is wrong with it. */
  readonly why: string;
}
