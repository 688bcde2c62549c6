export declare function packageVersion(version: string): string;
