export const sharedCatalogues: readonly string[];
export function catalogueEntries(text: string, key: string): [string, string][];
