import { createHash } from "node:crypto";
import { version } from "../generated/version.ts";
import type { Language } from "../language/index.ts";
import type { Cluster } from "../model.ts";
import type { Script } from "../plan/script.ts";
import { encodeChunks } from "../utf8.ts";
import type { TextOf } from "./contents.ts";
import { sectionViews } from "./declaration.ts";
import { runtimeOf } from "./runtime.ts";
import { renderChunks, renderTemplate } from "./templates.ts";

const titles = { director: "the director", realserver: "a real server", nfs: "the NFS server" } as const;

/** A role's script: the check of its own integrity, what it configures, the runtime. */
export function scriptChunks(cluster: Cluster, script: Script, textOf: TextOf, language: Language): string[] {
  const runtime = runtimeOf(script.role, language);
  for (const { resource } of script.hosts.flatMap(({ sections }) => sections.flatMap(({ wants }) => wants))) {
    if (!runtime.kinds.has(resource.kind))
      throw new Error(`${script.role}.sh has no kind ${resource.kind}: programs/${script.role}.list`);
  }
  const body = renderChunks("script.sh", {
    cluster: cluster.name,
    role: script.role,
    title: titles[script.role],
    hosts: script.hosts.map(({ host }) => ({
      words: [
        host.name,
        host.platform.name,
        ...host.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.text)),
      ],
    })),
    platforms: [...new Set(script.hosts.map(({ host }) => host.platform))].map(
      ({ name, packageManager, releases }) => ({
        name,
        packageManager,
        releases: releases.join(" "),
      }),
    ),
    drains: script.role === "director",
    realServers: script.realServers.map(({ name, addresses }) => ({ words: [name, ...addresses] })),
    packageSource: cluster.packageSource,
    sections: sectionViews(script, textOf),
    inChinese: language.name === "zh",
    library: runtime.chunks,
  });
  return withPreamble(body, runtime.sha256);
}

/**
 * Prefixes the part that refuses to run anything unless the whole file, this part too, arrived as it was written.
 *
 * @param runtime the SHA-256 of the runtime in `body`
 */
export function withPreamble(body: readonly string[], runtime: string): string[] {
  const unknown = "0".repeat(64);
  const preamble = (size: string): string => renderTemplate("preamble.sh", { sum: unknown, size, version, runtime });
  const digit = "0";
  const others = Buffer.byteLength(preamble(digit)) - digit.length + byteLength(body);
  const withSize = preamble(String(withOwnDigits(others)));
  const hash = createHash("sha256");
  encodeChunks([withSize.replace(unknown, ""), ...body], (bytes) => hash.update(bytes));
  return [withSize.replace(unknown, hash.digest("hex")), ...body];
}

function byteLength(chunks: readonly string[]): number {
  return chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0);
}

/** The size of a file that says its own size, in decimal, and has so many bytes besides. */
function withOwnDigits(others: number): number {
  let size = others;
  for (let before = -1; size !== before; ) {
    before = size;
    size = others + String(before).length;
  }
  return size;
}
