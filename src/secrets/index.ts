/**
 * The file in which the secrets of a host travel: `secrets-HOST`, which no bundle has. Text, so that people can look at it and bash can
 * read it:
 *
 *     lvsgen-secrets 1
 *     cluster kgc
 *     host web1
 *     file LS0tLS1CRUdJTi… /etc/pki/tls/private/site.key
 *     sha256 5e1b…
 *
 * A line a file, with its text in base64 (RFC 4648) before its path. The last line is the SHA-256 of all bytes before it: it finds what was
 * damaged on the way, not what somebody replaced. kinds/secret.sh of the runtime reads it.
 */
import { createHash } from "node:crypto";
import type { Cluster } from "../model.ts";

export interface SecretsFile {
  readonly host: string;
  /** `secrets-web1` */
  readonly name: string;
  readonly text: string;
  /** Paths on the host, in the order of the description. */
  readonly paths: readonly string[];
}

const firstLine = "lvsgen-secrets 1";

/** Name of the file of a host. */
export function secretsFileName(host: string): string {
  return `secrets-${host}`;
}

/** The files of all hosts that have secrets, in the order of the description; of a cluster whose secrets were read. */
export function secretsOf({ name: cluster, hosts }: Pick<Cluster, "name" | "hosts">): SecretsFile[] {
  return hosts.flatMap(({ name: host, files }) => {
    const secrets = files.filter(({ secret }) => secret);
    if (secrets.length === 0) return [];
    const lines = secrets.map(({ path, content }) => `file ${Buffer.from(content).toString("base64")} ${path}\n`);
    const head = `${firstLine}\ncluster ${cluster}\nhost ${host}\n${lines.join("")}`;
    const sum = createHash("sha256").update(head).digest("hex");
    return [
      { host, name: secretsFileName(host), text: `${head}sha256 ${sum}\n`, paths: secrets.map(({ path }) => path) },
    ];
  });
}

/** Whose file it is by its first lines; null: it is no file of secrets. */
export function readHead(text: string): { readonly cluster: string; readonly host: string } | null {
  const [, cluster, host] = /^lvsgen-secrets \d+\ncluster (.+)\nhost (.+)\n/.exec(text) ?? [];
  return cluster === undefined || host === undefined ? null : { cluster, host };
}
