export declare function dockerClient(): string;
