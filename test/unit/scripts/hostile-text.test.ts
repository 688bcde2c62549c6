import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { replaceHidden } from "../../../src/hidden.ts";
import { artifactPath } from "../../../src/render/artifacts.ts";
import { bundleOf, inDirectory, run, syntaxIsFine, tree, writeBundle } from "./bundle.ts";

/** What shells, heredocs, terminals and templates trip over; `touch CANARY` leaves a trace where it is run. */
const hostile = [
  "$(touch CANARY)",
  "`touch CANARY`",
  "'; touch CANARY; '",
  '"; touch CANARY; "',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is for the shell.
  "${IFS}",
  "$0",
  "\\",
  "\\\\n",
  "'",
  '"',
  "!",
  "#",
  "&& touch CANARY",
  "\nEND\ntouch CANARY\n",
  "\nEND_2\n",
  "END",
  "\r\n",
  "\r",
  "\t",
  "\u0001",
  "\u007f",
  "\u001b[2J",
  "\u202e",
  "\ufeff",
  "é",
  "日本語",
  "🦊",
  "-rf",
  "--",
  "{{value}}",
  "%s%n",
  "*",
  "?",
  "~",
  "[a]",
  "=",
  "|",
  ";",
  "<(touch CANARY)",
  "\u0085",
  "\u2028",
  "# BEGIN lvsgen test realserver\n",
  "# END lvsgen test realserver\n",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join("").replaceAll("\0", "").toWellFormed());
/** A component of a path: no slash, nothing that cannot be seen, nor what stands for this or the parent directory. */
const component = text
  .map((value) =>
    replaceHidden(value.replaceAll("/", "_").slice(0, 40).toWellFormed(), () => "_").replace(/[ \\]$/, "_"),
  )
  .filter((value) => value !== "" && value !== "." && value !== ".." && Buffer.byteLength(value) <= 28);
const visible = fc
  .array(fc.constantFrom(...hostile.filter((value) => /^[!-~]+$/.test(value))), { maxLength: 4 })
  .map((parts) => `/${parts.join("")}`);

function description(content: string, name: string, path: string, body: string) {
  return {
    version: 1,
    name: "test",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: {
        address: "192.168.80.12/24",
        files: [
          { path: `/srv/${name}/page`, content },
          { path: `/srv/page of ${name}`, content: body },
        ],
        directories: [{ path: `/srv/dir/${name}` }],
        // A source is one word of fstab(5) and of the wire: the schema lets no control character in.
        mounts: [{ source: `192.168.80.13:/srv/${name.replace(/[\p{C}\p{Z}]/gu, "_")}`, target: `/mnt/${name}` }],
      },
      web2: { address: "192.168.80.13/24", files: [{ path: `/srv/${name}/page`, content: body }] },
      pc: { address: "192.168.80.200/24" },
    },
    directors: ["lvs1"],
    services: [
      {
        name: "web",
        vip: "192.168.80.188",
        port: 80,
        realservers: [{ host: "web1" }, { host: "web2" }],
        check: { type: "http", path, ...(body === "" ? {} : { body }) },
      },
    ],
    nfs: { server: "web2", exports: [{ path: `/srv/${name}/shared`, clients: { "192.168.80.0/24": ["ro"] } }] },
    clients: ["pc"],
  };
}

test("any text stays data to the end: the scripts give it back byte for byte and run none of it", async () => {
  await fc.assert(
    fc.asyncProperty(text, component, visible, text, async (content, name, path, body) => {
      const bundle = await bundleOf(description(content, name, path, body));
      inDirectory((directory) => {
        writeBundle(bundle, directory);
        for (const { path: script } of bundle.scripts) syntaxIsFine(join(directory, script));
        const extracted = run(directory, "realserver.sh", "extract", "away");
        expect(extracted).toMatchObject({ status: 0, stderr: "" });
        const files = tree(join(directory, "away"));
        expect(files.get(`web1/srv/${name}/page`)).toBe(content);
        expect(files.get(`web1/srv/page of ${name}`)).toBe(body);
        for (const [file, held] of files) {
          const [host = "", ...rest] = file.split("/");
          const path = `/${rest.join("/")}`;
          const paths = [artifactPath(host, { path }), artifactPath(host, { path, part: "block" })];
          expect(bundle.files.filter((one) => paths.includes(one.path))).toHaveLength(1);
          const artifact = bundle.files.find((one) => paths.includes(one.path))?.chunks.join("");
          expect(artifact).toContain(held);
        }
        expect(run(directory, "client-test.sh", "list").status).toBe(0);
        expect(run(directory, "nfs.sh", "list", "--json").status).toBe(0);
        for (const line of run(directory, "realserver.sh", "list", "--json").stdout.trim().split("\n"))
          JSON.parse(line);
        expect(readdirSync(directory)).not.toContain("CANARY");
      });
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 300_000);
