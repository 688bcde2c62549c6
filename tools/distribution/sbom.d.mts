export declare function sbom(root: string, release: { version: string; epoch: number }): string;
