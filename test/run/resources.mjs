// Shares out what suites take of the machine, by name and amount: `{ processors: 2 }`.

/** Who waits gets them by rank, the lowest first; one that has to wait for a resource is not overtaken by another that wants the same. */
export class Resources {
  #free;
  #waiting = [];

  constructor(capacity) {
    this.#free = { ...capacity };
  }

  /** Waits until `takes` is free, or the first of several that `takes` may be, and holds it while `work` runs. */
  async use(takes, rank, work) {
    const held = await new Promise((start) => {
      this.#waiting.push({ ways: [takes].flat().map(Object.entries), rank, start });
      this.#waiting.sort((one, other) => one.rank - other.rank);
      // Who asks in the same turn is looked at together, or the first to ask would come before the first by rank.
      setImmediate(() => this.#share());
    });
    try {
      return await work();
    } finally {
      for (const [name, amount] of held) this.#free[name] += amount;
      this.#share();
    }
  }

  #share() {
    const awaited = new Set();
    this.#waiting = this.#waiting.filter(({ ways, start }) => {
      const lacking = ways.map((way) =>
        way.filter(([name, amount]) => this.#free[name] < amount || awaited.has(name)).map(([name]) => name),
      );
      const free = ways[lacking.findIndex((names) => names.length === 0)];
      if (free === undefined) {
        for (const name of lacking.flat()) awaited.add(name);
        return true;
      }
      for (const [name, amount] of free) this.#free[name] -= amount;
      start(free);
      return false;
    });
  }
}
