export declare function runnerControl(facts: { version: string; architecture: string; kibibytes: number }): string;
export declare function runnerSpec(facts: { version: string; tree: string }): string;
export declare function fillRunnerTree(root: string, tree: string): Promise<void>;
