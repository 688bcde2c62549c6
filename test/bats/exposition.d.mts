export function lint(texts: Readonly<Record<string, string>>): {
  readonly faults: readonly string[];
  readonly samples: ReadonlyMap<string, string>;
};
