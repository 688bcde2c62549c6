export declare function debControl(facts: { version: string; architecture: string; kibibytes: number }): string;
