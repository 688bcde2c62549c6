import type { Sizes } from "../../rollout/index.ts";

/** What commander gives. */
export interface RolloutOptions {
  readonly ssh?: true;
  readonly sudo?: true;
  readonly sshName?: ReadonlyMap<string, string>;
  readonly state?: string;
  readonly packages?: string;
  readonly secrets?: string;
  readonly former?: string;
  readonly first?: true;
  readonly canary: number;
  readonly batch: Sizes["batch"];
  readonly maxParallel: number;
  readonly stopAfter?: number;
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  readonly done?: readonly number[];
  readonly allowedSigners?: string;
  readonly leastSerial?: number;
  readonly markdown?: true;
  readonly json?: true;
}
