// Shares out what suites take of the machine, by name and amount: `{ processors: 2 }`.

/** Who waits gets them by rank, the lowest first; one that has to wait for a resource is not overtaken by another that wants the same. */
export class Resources {
  #free;
  #waiting = [];

  constructor(capacity) {
    this.#free = { ...capacity };
  }

  /** Waits until `takes` is free, and holds it while `work` runs. */
  async use(takes, rank, work) {
    await new Promise((start) => {
      this.#waiting.push({ takes: Object.entries(takes), rank, start });
      this.#waiting.sort((one, other) => one.rank - other.rank);
      // Who asks in the same turn is looked at together, or the first to ask would come before the first by rank.
      setImmediate(() => this.#share());
    });
    try {
      return await work();
    } finally {
      for (const [name, amount] of Object.entries(takes)) this.#free[name] += amount;
      this.#share();
    }
  }

  #share() {
    const awaited = new Set();
    this.#waiting = this.#waiting.filter(({ takes, start }) => {
      const lacking = takes.filter(([name, amount]) => this.#free[name] < amount || awaited.has(name));
      for (const [name] of lacking) awaited.add(name);
      if (lacking.length > 0) return true;
      for (const [name, amount] of takes) this.#free[name] -= amount;
      start();
      return false;
    });
  }
}
