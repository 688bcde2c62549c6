import { createHash } from "node:crypto";
import type { Artifact } from "../plan/managed.ts";
import type { Script, ScriptHost } from "../plan/script.ts";
import { contentChunks, type TextOf } from "./contents.ts";

/** What a script leaves in a file of a host. */
export interface HostFile {
  readonly host: string;
  /** Where it stands there. */
  readonly path: string;
  /** Whether the file is lvsgen's whole, or the chunks are its lines in a file of somebody else's. */
  readonly owns: "whole" | "part";
  readonly chunks: readonly string[];
}

export interface Artifacts {
  /** By path in the bundle: `files/HOST/PATH` of whole files, `parts/HOST/PATH` of parts. */
  readonly files: ReadonlyMap<string, HostFile>;
  /** The paths of each host of each script. */
  readonly paths: ReadonlyMap<ScriptHost, ReadonlySet<string>>;
}

/** Every file a script installs, as it will stand on the host; of a file that lvsgen owns in part, that part. */
export function artifacts(cluster: string, scripts: readonly Script[], textOf: TextOf): Artifacts {
  const files = new Map<string, HostFile>();
  const paths = new Map<ScriptHost, ReadonlySet<string>>();
  const pathOf = pathMaker();
  for (const { role, hosts } of scripts) {
    for (const scriptHost of hosts) {
      const own = new Set<string>();
      paths.set(scriptHost, own);
      for (const { wants } of scriptHost.sections) {
        for (const { artifact } of wants) {
          if (artifact === null) continue;
          const host = scriptHost.host.name;
          const chunks = installed(cluster, role, artifact, textOf);
          const path = pathOf(host, artifact);
          own.add(path);
          const before = files.get(path)?.chunks ?? [];
          // Two roles of a host may set the same line of a file.
          if (before.includes(chunks[0] ?? "")) continue;
          files.set(path, {
            host,
            path: artifact.path,
            owns: artifact.part === undefined ? "whole" : "part",
            chunks: before.length > 0 ? [...before, ...chunks] : chunks,
          });
        }
      }
    }
  }
  return { files, paths };
}

function installed(cluster: string, role: string, { content, part }: Artifact, textOf: TextOf): readonly string[] {
  const chunks = contentChunks(content, textOf);
  if (part !== "block") return chunks;
  // As `framed` of templates/runtime/kinds/block.sh has it.
  return [`# BEGIN lvsgen ${cluster} ${role}\n${chunks.join("")}# END lvsgen ${cluster} ${role}\n`];
}

/** As {@link artifactPath}: a thousand hosts have mostly the same files. */
function pathMaker(): typeof artifactPath {
  const hosts = new Map<string, string>();
  const below = new Map<string, string>();
  return (host, { path, part }) => {
    const ofHost = hosts.get(host) ?? encodeName(host);
    hosts.set(host, ofHost);
    const ofPath = below.get(path) ?? encodePath(path);
    below.set(path, ofPath);
    return `${treeOf(part)}/${ofHost}/${ofPath}`;
  };
}

/** Path of an artifact; what Windows forbids in a name is percent-encoded, so that the tree can be checked out everywhere. */
export function artifactPath(
  host: string,
  { path, part }: { readonly path: string; readonly part?: Artifact["part"] | undefined },
): string {
  return `${treeOf(part)}/${encodeName(host)}/${encodePath(path)}`;
}

/** The folder below `hosts` that is a host's alone. */
export function hostFolder(host: string): string {
  return `hosts/${encodeName(host)}`;
}

function treeOf(part: Artifact["part"] | undefined): "files" | "parts" {
  return part === undefined ? "files" : "parts";
}

function encodePath(path: string): string {
  return path.slice(1).split("/").map(encodeName).join("/");
}

const forbidden = /[%:<>"|?*\\\p{Cc}]|[. ]$/gu;
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

/** Bytes of a name that every file system takes. */
const longest = 255;

function encodeName(name: string): string {
  const encoded = name.replace(forbidden, percent);
  if (Buffer.byteLength(encoded) > longest) return shortened(name, encoded);
  return device.test(encoded) ? percent(encoded.slice(0, 1)) + encoded.slice(1) : encoded;
}

/** A name that became too long by its encoding: how it begins, and a hash of the whole, which stands for what is left out. */
function shortened(name: string, encoded: string): string {
  let start = "";
  for (const [part] of encoded.matchAll(/(?:%[0-9A-F]{2})+|./gsu)) {
    if (Buffer.byteLength(start + part) > 200) break;
    start += part;
  }
  return `${start}~${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
}

function percent(character: string): string {
  return [...Buffer.from(character, "utf8")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
