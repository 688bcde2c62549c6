/** What `docs/secrets.md` shows. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { base, builds, commandsIn, fragment, onWorkstation, type Proof, service, succeeds, textOf } from "./deeds.ts";

const page = "docs/secrets.md";

/** A real server has the files of the page. */
const described = () => ({
  ...base,
  name: "kgc",
  hosts: { ...base.hosts, web1: { ...base.hosts.web1, ...fragment(page, '"files"') } },
  services: [service],
});

export const secretsProofs: Readonly<Record<string, Proof>> = {
  '"files"': () => builds(described()),
  "SITE_TOKEN=": () =>
    onWorkstation(async (here) => {
      here.write("cluster.json", JSON.stringify(described()));
      here.write("private/site.key", "-----BEGIN PRIVATE KEY-----\n");
      here.write("token", "a token");
      const [command = ""] = commandsIn(textOf(page, "SITE_TOKEN="));
      const printed = await succeeds(here, command.replace("/run/user/0/token", "token"));
      expect(printed.trimEnd()).toBe(textOf(page, "  FILE").trimEnd());
      // The lines of the page, with its sum cut off, are those of the file, but for the second secret.
      const shown = textOf(page, "lvsgen-secrets 1").trimEnd().split("\n");
      const written = (await succeeds(here, "cat secrets/secrets-web1")).trimEnd().split("\n");
      expect(written.filter((line) => !line.endsWith("/etc/site/token")).slice(0, -1)).toEqual(shown.slice(0, -1));
      const [, sum] = (written.at(-1) ?? "").split(" ");
      expect(
        createHash("sha256")
          .update(`${written.slice(0, -1).join("\n")}\n`)
          .digest("hex"),
      ).toBe(sum);
    }),
  "  FILE": { by: "test/unit/docs/secrets.ts", says: 'textOf(page, "  FILE")' },
  "lvsgen-secrets 1": { by: "test/unit/docs/secrets.ts", says: 'textOf(page, "lvsgen-secrets 1")' },
  "install -m 600": { by: "test/bats/83-secrets.bats", says: "docs/secrets.md" },
};
