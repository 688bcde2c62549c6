export const knownHelpers: Readonly<Record<string, boolean>>;
