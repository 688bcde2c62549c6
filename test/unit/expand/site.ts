import { type Analysis, analyse } from "../../../src/compile.ts";

/** A description of one director with what a test says. */
export function description(changes: object): object {
  return {
    version: 1,
    name: "kgc",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: { lvs1: { address: "192.168.80.10/24" } },
    directors: ["lvs1"],
    ...changes,
  };
}

/** What the compiler makes of it; its text has a member of an object or list a line. */
export function analysed(changes: object): Promise<Analysis> {
  return analyse(JSON.stringify(description(changes), null, 1));
}

/** `UNKNOWN_POOL /services/0/pool: no pool …`, without warnings that a small cluster cannot be without. */
export async function findings(changes: object): Promise<string[]> {
  const { diagnostics } = await analysed(changes);
  return diagnostics
    .filter(({ code }) => code !== "SINGLE_REAL_SERVER")
    .map(({ code, pointer, message }) => `${code} ${pointer}: ${message}`);
}
