import type { FoundServer } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Word } from "../word.ts";

export interface IpvsTable {
  /** Carries out one command line, whose place is that of the whole line. */
  run(words: readonly Word[], line: Place): void;
  /** The real server that a service's options and `ADDRESS:PORT` name. */
  server(service: readonly Word[], endpoint: Word): FoundServer | undefined;
}
