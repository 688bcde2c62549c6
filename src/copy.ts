/** A copy of a value of JSON in which what stands in several places is there several times. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  // An assignment to `__proto__` would lose the key.
  for (const [key, member] of Object.entries(value))
    Object.defineProperty(copy, key, { value: copyOf(member), enumerable: true, configurable: true, writable: true });
  return copy;
}
