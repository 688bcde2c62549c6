// In which order suites get the machine, and what runs beside what.
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Resources } from "../../run/resources.mjs";

/** Suites that run until they are told to end. */
function machine(capacity: Record<string, number>) {
  const resources = new Resources(capacity);
  const running = new Map<string, () => void>();
  let rank = 0;
  return {
    ask(name: string, takes: Parameters<Resources["use"]>[0]) {
      void resources.use(takes, rank++, () => new Promise<void>((done) => running.set(name, done)));
    },
    async end(name: string) {
      running.get(name)?.();
      running.delete(name);
      await turn();
      await turn();
    },
    async now() {
      await turn();
      await turn();
      return [...running.keys()].join(" ");
    },
  };
}

test("suites that compute share the processors, one with guests runs beside them", async () => {
  const { ask, now, end } = machine({ processors: 2, guests: 1 });
  ask("unit", { processors: 2 });
  ask("lint", { processors: 1 });
  ask("lab", { guests: 1 });
  ask("bats", { guests: 1 });
  expect(await now()).toBe("unit lab");
  await end("lab");
  expect(await now()).toBe("unit bats");
  await end("unit");
  expect(await now()).toBe("bats lint");
});

test("a suite that wants much is not overtaken for ever by those that want less", async () => {
  const { ask, now, end } = machine({ processors: 2 });
  ask("one", { processors: 1 });
  ask("both", { processors: 2 });
  ask("small", { processors: 1 });
  expect(await now()).toBe("one");
  await end("one");
  expect(await now()).toBe("both");
  await end("both");
  expect(await now()).toBe("small");
});

test("a suite that may have either takes what is free first, after those that need the very thing", async () => {
  const { ask, now, end } = machine({ processors: 2, guests: 1 });
  const either = [{ guests: 1 }, { processors: 2 }];
  ask("faults", { processors: 2 });
  ask("bats", { guests: 1 });
  ask("lab", { guests: 1 });
  ask("life", either);
  ask("attacks", either);
  expect(await now()).toBe("faults bats");
  await end("bats");
  expect(await now()).toBe("faults lab");
  await end("faults");
  expect(await now()).toBe("lab life");
  await end("life");
  expect(await now()).toBe("lab attacks");
  await end("lab");
  ask("backends", either);
  expect(await now()).toBe("attacks backends");
});

test("a suite that may have either is not overtaken on either side", async () => {
  const { ask, now, end } = machine({ processors: 2, guests: 1 });
  ask("one", { processors: 1 });
  ask("bats", { guests: 1 });
  ask("life", [{ guests: 1 }, { processors: 2 }]);
  ask("small", { processors: 1 });
  expect(await now()).toBe("one bats");
  await end("one");
  expect(await now()).toBe("bats life");
});

test("what a suite that failed had is free again", async () => {
  const resources = new Resources({ processors: 1 });
  await expect(resources.use({ processors: 1 }, 0, () => Promise.reject(new Error("broken")))).rejects.toThrow();
  expect(await resources.use({ processors: 1 }, 1, async () => "next")).toBe("next");
});
