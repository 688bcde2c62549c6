export declare function checkIntegrity(bytes: Uint8Array, integrity: string, specifier: string): void;
