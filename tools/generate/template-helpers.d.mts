export const shellHelpers: readonly string[];
export const formatHelpers: Readonly<Record<string, readonly string[]>>;
export const knownHelpers: Readonly<Record<string, boolean>>;
