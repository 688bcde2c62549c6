export interface Release {
  readonly version: string;
  readonly epoch: number | null;
}

export declare function release(root: string, environment?: Readonly<Record<string, string | undefined>>): Release;
export declare function changelogEpoch(changelog: string, version: string): number | null;
export declare function dayOf(epoch: number): string;
