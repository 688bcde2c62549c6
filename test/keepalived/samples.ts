/** Files of keepalived as sites have them, and what an import needs to know beside: read by the daemon itself, and by the import. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../src/compile.ts";
import { type FileAccess, type Imported, importInputs, noOptions } from "../../src/import/index.ts";

export interface Sample {
  readonly name: string;
  readonly text: string;
}

export interface Samples {
  readonly all: readonly Sample[];
  /** What some of them include, by its path below theirs. */
  readonly beside: Readonly<Record<string, string>>;
}

/** @param directory `test/keepalived/samples`, wherever the program that asks was bundled to */
export function readSamples(directory: string): Samples {
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  const below = readdirSync(join(directory, "conf.d")).map((file) => `conf.d/${file}`);
  return {
    all: readdirSync(directory)
      .filter((file) => file.endsWith(".conf"))
      .map((file) => ({ name: file.replace(/\.conf$/, ""), text: read(file) })),
    beside: Object.fromEntries(below.map((file) => [file, read(file)])),
  };
}

/** Which of the `@` lines hold. */
export const id = "main";

/** Addresses of the samples' services by their marks. */
const marks = [
  { mark: 5, vip: "192.168.80.195" },
  { mark: 6, vip: "192.168.80.196" },
  { mark: 7, vip: "fd00:80::197" },
].map((one) => ({ ...one, protocol: "tcp" as const, port: 80 }));

/** A sample as the director lvs1 of 192.168.80.0/24 and fd00:80::/64 has it. */
export function importSample({ name, text }: Sample, beside: Samples["beside"], platform: string): Promise<Imported> {
  const files: FileAccess = {
    find: (pattern) => (pattern === "conf.d/*.conf" ? Object.keys(beside).sort() : []),
    read: (file) => beside[file] ?? null,
  };
  const directors = ["192.168.80.10/24", "fd00:80::10/64"].map((cidr) => ({ name: "lvs1", cidr }));
  return importInputs(
    [{ file: `${name}.conf`, text, folder: null }],
    { ...noOptions, platform, interface: "ens33", directors, marks, id },
    files,
    (written, file) => analyse(written, { file }),
  );
}
