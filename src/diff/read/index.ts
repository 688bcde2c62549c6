/** A bundle as text, whether it was just compiled or stands in a folder or a revision, to what is compared. */
import type { Part, ScriptText, Snapshot, SnapshotHost } from "../snapshot.ts";
import { comparedFiles, roles } from "./compared.ts";
import { readDeclaration } from "./declaration.ts";
import { readManifest } from "./manifest.ts";
import { readWords } from "./words.ts";

export { comparedFiles };

export interface BundleText {
  /** Of those of `comparedFiles` that are there. */
  readonly files: ReadonlyMap<string, string>;
  /** What the description calls its services, by how ipvsadm names them; left out: as the manifest has them. */
  readonly serviceNames?: ReadonlyMap<string, string>;
}

/** Why a bundle cannot be compared. */
export interface NoBundle {
  readonly kind: "unreadable";
  readonly file: string;
  readonly message: string;
  /** What to do; left out: build it again. */
  readonly hint?: string;
}

export function readSnapshot({ files, serviceNames }: BundleText): Snapshot | NoBundle {
  const manifest = readManifest(files.get("manifest.json") ?? "");
  if (manifest === null)
    return unreadable("manifest.json", "is not the manifest of a bundle that this lvsgen can read");
  const scripts = new Map<string, ScriptText>();
  for (const path of comparedFiles.filter((name) => name.endsWith(".sh"))) {
    const text = files.get(path);
    if (text === undefined) {
      if (!manifest.files.has(path)) continue;
      return unreadable(path, "is missing, though the manifest lists it");
    }
    const script = readScript(text);
    if (script === null) return unreadable(path, "has not the parts of a script that this lvsgen can read");
    scripts.set(path, script);
  }
  const parts: Part[] = [];
  const serverNames = new Map<string, string>();
  for (const role of roles) {
    const script = scripts.get(`${role}.sh`);
    if (script === undefined) continue;
    const declaration = readDeclaration(script.declaration);
    if ("line" in declaration)
      return unreadable(`${role}.sh`, `has a line that this lvsgen cannot read: ${declaration.line.slice(0, 80)}`);
    for (const [host, declared] of declaration.hosts) parts.push({ host, role, declared });
    for (const [address, name] of declaration.serverNames) serverNames.set(address, name);
  }
  const interfaces = interfacesOf(scripts.get("doctor.sh")?.declaration ?? "");
  return {
    cluster: manifest.cluster,
    version: manifest.version,
    host: manifest.host,
    hosts: manifest.hosts.map((host): SnapshotHost => ({ ...host, interfaces: interfaces.get(host.name) ?? [] })),
    parts,
    scripts,
    sums: manifest.sums,
    others: new Map(
      [...manifest.files].filter(
        ([path]) => !path.startsWith("hosts/") && (path.endsWith(".md") || path.endsWith(".svg")),
      ),
    ),
    serverNames,
    serviceNames: serviceNames ?? manifest.services,
    servicePools: manifest.pools,
  };
}

const beginsDeclaration = "\n# Part 2 of 3: ";
const endsDeclaration = "\n# Part 3 of 3: ";

/** A heredoc may hold the very line that ends the declarative part: the last one is it, for the runtime has none. */
function readScript(text: string): ScriptText | null {
  const start = text.indexOf(beginsDeclaration);
  const end = text.lastIndexOf(endsDeclaration);
  const [, runtime] = /^lvsgen_runtime=([0-9a-f]{64}) /m.exec(text.slice(0, start)) ?? [];
  if (start < 0 || end < start || runtime === undefined) return null;
  return { declaration: text.slice(start + 1, end), runtime };
}

/** `interface lvs1 ens33 192.168.80.10/24` of `doctor.sh`, which knows every host: each address with its interface. */
function interfacesOf(declaration: string): ReadonlyMap<string, readonly string[]> {
  const byHost = new Map<string, string[]>();
  for (const line of declaration.split("\n")) {
    if (!line.startsWith("  interface ")) continue;
    const [, host = "", nic = "", ...addresses] = readWords(line)?.words ?? [];
    const own = addresses.length === 0 ? [nic] : addresses.map((address) => `${nic} ${address}`);
    byHost.set(host, [...(byHost.get(host) ?? []), ...own]);
  }
  return byHost;
}

function unreadable(file: string, message: string): NoBundle {
  return { kind: "unreadable", file, message };
}
