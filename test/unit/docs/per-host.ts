/** What `docs/per-host.md` shows. */
import { expect } from "vitest";
import { commandsIn, onWorkstation, type Proof, repository, succeeds, textOf } from "./deeds.ts";

const page = "docs/per-host.md";

export const perHostProofs: Readonly<Record<string, Proof>> = {
  "lvsgen build --per-host": () =>
    onWorkstation(async (here) => {
      await repository(here);
      const [command = ""] = commandsIn(textOf(page, "lvsgen build --per-host"));
      expect(await succeeds(here, command)).toContain("out/hosts/HOST");
    }),
  "out/\n": () =>
    onWorkstation(async (here) => {
      await repository(here);
      await succeeds(here, "lvsgen build --per-host");
      const shown = textOf(page, "out/\n").split("\n").slice(1);
      const [whole, own] = [shown.slice(0, 4), shown.slice(5)].map((lines) =>
        lines
          .flatMap(
            (line) =>
              line
                .trim()
                .split(/ {3,}/)[0]
                ?.match(/[\w./-]+/g) ?? [],
          )
          .filter((name) => name !== "…"),
      );
      for (const name of whole ?? []) await succeeds(here, `test -e out/${name}`);
      for (const name of own ?? []) await succeeds(here, `test -e out/hosts/web1/${name}`);
      expect(own?.length).toBe(8);
    }),
};
