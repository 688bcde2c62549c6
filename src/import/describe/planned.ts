import type { FoundHost } from "../facts.ts";

export interface PlannedInterface {
  readonly name: string;
  readonly address: string | null;
  readonly address6: string | null;
}

export interface PlannedHost {
  readonly name: string;
  readonly role: "director" | "realserver" | "other";
  /** What nobody said about it; null: all of it is known. */
  readonly assumed: string | null;
  /** The default interface first. */
  readonly interfaces: readonly PlannedInterface[];
  readonly gateways: readonly string[];
  readonly found: FoundHost | null;
}
