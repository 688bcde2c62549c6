export declare function rpmSpec(facts: { version: string; tree: string }): string;
