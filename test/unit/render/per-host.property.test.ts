/** `hosts/HOST/`: all that the host gets, and nothing of another one's. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BundleFile } from "../../../src/bundle.ts";
import { compile } from "../../../src/compile.ts";
import { readDeclaration } from "../../../src/diff/read/declaration.ts";

type Mode = "dr" | "nat" | "tun";

interface Drawn {
  readonly directors: number;
  readonly realServers: number;
  readonly mode: Mode;
  readonly nfs: "none" | "alone" | "realserver";
  readonly client: boolean;
  readonly firewall: "open" | "keep";
  readonly platform: string;
  readonly language: string;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  directors: fc.integer({ min: 1, max: 3 }),
  realServers: fc.integer({ min: 1, max: 4 }),
  mode: fc.constantFrom<Mode>("dr", "nat", "tun"),
  nfs: fc.constantFrom("none", "alone", "realserver"),
  client: fc.boolean(),
  firewall: fc.constantFrom("open", "keep"),
  platform: fc.constantFrom("el7", "el9", "debian12"),
  language: fc.constantFrom("en", "zh"),
});

/** What a host alone has: a word that stands in each of its own values. */
const mark = (index: number): string => `zq${String.fromCharCode(97 + index)}qz`;

/** None is a part of another one. */
const addressOf = (index: number): string => `192.168.80.1${String(10 + index)}`;

function describe({ directors, realServers, mode, nfs, client, ...defaults }: Drawn) {
  const { language, ...inherited } = defaults;
  const kinds = [
    ...Array.from({ length: directors }, () => "director"),
    ...Array.from({ length: realServers }, () => "realserver"),
    ...(nfs === "alone" ? ["nfs"] : []),
    ...(client ? ["client"] : []),
  ];
  const names = kinds.map((kind, index) => `${kind}-${mark(index)}`);
  const of = (kind: string): string[] => names.filter((_, index) => kinds[index] === kind);
  const server = nfs === "none" ? null : (of(nfs === "alone" ? "nfs" : "realserver")[0] ?? null);
  const hosts = kinds.map((kind, index) => {
    const word = mark(index);
    const address = { address: `${addressOf(index)}/24` };
    if (kind === "client") return { ...address, address: `192.168.90.1${10 + index}/24` };
    return {
      ...address,
      packages: [`package-${word}`],
      units: [`unit-${word}`],
      directories: [{ path: `/srv/${word}`, owner: `owner-${word}`, mode: "0750" }],
      files: [
        { path: `/etc/${word}.conf`, content: `content-${word}\n` },
        ...(kind === "realserver" ? [{ path: "/var/www/html/index.html", content: `page-${word}\n` }] : []),
      ],
      ...(kind === "realserver" && mode === "nat" ? { gateway: directors > 1 ? "192.168.80.253" : addressOf(0) } : {}),
      ...(kind === "realserver" && server !== null && server !== names[index]
        ? { mounts: [{ export: "/opt/share", target: `/mnt/${word}` }] }
        : {}),
    };
  });
  const text = JSON.stringify({
    version: 1,
    name: "parted",
    language,
    defaults: { interface: "eth0", ...inherited },
    hosts: Object.fromEntries(names.map((name, index) => [name, hosts[index]])),
    directors: of("director"),
    ...(directors > 1 ? { ha: { routerId: 80, ...(mode === "nat" ? { gateway: "192.168.80.253" } : {}) } } : {}),
    services: [
      {
        name: "web",
        vip: "192.168.80.188",
        port: 80,
        mode,
        realservers: of("realserver").map((host) => ({ host })),
        check: { type: "http", path: "/", status: 200 },
      },
    ],
    ...(server === null
      ? {}
      : { nfs: { server, exports: [{ path: "/opt/share", clients: { "192.168.80.0/24": ["ro"] } }] } }),
    clients: of("client"),
  });
  return { text, names, kinds, server };
}

/** Whom a host has to know, by name and address, to do its part. */
function known(
  own: number,
  names: readonly string[],
  kinds: readonly string[],
  server: string | null,
): readonly string[] {
  const needs: Readonly<Record<string, readonly string[]>> = {
    director: ["director", "realserver"],
    realserver: ["director"],
    nfs: [],
    client: ["director", "realserver"],
  };
  const wanted = needs[kinds[own] ?? ""] ?? [];
  return names.filter(
    (name, index) =>
      index === own || wanted.includes(kinds[index] ?? "") || (kinds[own] === "realserver" && name === server),
  );
}

const textOf = ({ chunks }: BundleFile): string => chunks.join("");

/** What a script does on a host, by role. */
function declared(script: string, host: string): unknown {
  const declaration = script.slice(script.indexOf("\n# Part 2 of 3: ") + 1, script.lastIndexOf("\n# Part 3 of 3: "));
  const read = readDeclaration(declaration);
  if ("line" in read) throw new Error(read.line);
  return read.hosts.get(host);
}

test("no string of another host is in it, and all that is the host's", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (choice) => {
      const { text, names, kinds, server } = describe(choice);
      const { bundle, diagnostics } = await compile(text, { perHost: true });
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      const files = bundle?.files ?? [];
      const whole = new Map(files.map((file) => [file.path, file]));
      for (const [index, name] of names.entries()) {
        const folder = `hosts/${name}/`;
        const own = files.filter(({ path }) => path.startsWith(folder));
        expect(own.map(({ path }) => path.slice(folder.length))).toEqual(
          expect.arrayContaining(["RUNBOOK.md", "SHA256SUMS", "doctor.sh", "manifest.json"]),
        );
        const told = known(index, names, kinds, server);
        for (const [other, strange] of names.entries()) {
          if (other === index) continue;
          const isKnown = told.includes(strange);
          // Of whom it knows, the name is no secret, and is taken out before the word is looked for.
          for (const file of own) {
            const searched = `${file.path}\n${textOf(file)}`.replaceAll(strange, isKnown ? "" : strange);
            expect(searched.includes(mark(other)), `${mark(other)} in ${file.path}`).toBe(false);
            if (!isKnown)
              expect(searched.includes(addressOf(other)), `${addressOf(other)} in ${file.path}`).toBe(false);
          }
        }
        // The rest of the bundle says the same of the host.
        const installed = [...whole.keys()].filter(
          (path) => /^(?:files|parts)\//.test(path) && path.split("/")[1] === name,
        );
        expect(own.flatMap(({ path }) => path.slice(folder.length).match(/^(?:files|parts)\/.*/)?.[0] ?? [])).toEqual(
          installed,
        );
        for (const path of installed) expect(whole.get(folder + path)?.sha256).toBe(whole.get(path)?.sha256);
        for (const role of ["director.sh", "realserver.sh", "nfs.sh"]) {
          const [all, alone] = [whole.get(role), whole.get(folder + role)];
          const wanted = all === undefined ? undefined : declared(textOf(all), name);
          expect(alone === undefined ? undefined : declared(textOf(alone), name)).toEqual(wanted);
        }
        expect(own.every(({ ownerOnly }) => ownerOnly)).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
}, 300_000);
