import type { Contribution } from "../contribution.ts";
import { type Ownership, rootOwned } from "../managed.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** Underscores and dots, which no cluster's name has: `/etc/lvsgen/CLUSTER` are directories. */
const places = {
  program: "/usr/local/sbin/lvsgen-run",
  signers: "/etc/lvsgen/allowed_signers",
  /** Its being there is what makes scripts ask for lvsgen-run (templates/runtime/engine/signed.sh). */
  marker: "/etc/lvsgen/signed_only",
} as const;

const executable: Ownership = { ...rootOwned, mode: "0755" };

/**
 * lvsgen-run, the keys that it verifies with, a copy of the script for whoever has no stick at hand, and last the file by which scripts
 * know that they are to be started by lvsgen-run. What all roles and clusters of a host have is shared; of the list of signers each has a
 * part of its own, so that a site's own lines stay. A host that could verify nothing gets none of it: it would be locked.
 */
export function trust({ cluster, host: { platform }, role }: Site): Contribution {
  if (cluster.trust === null) return {};
  const signers = cluster.trust.signers.flatMap(({ signer }) => ("problem" in signer ? [] : [signer]));
  const pems = signers.flatMap(({ pem, fingerprint }) => (pem === null ? [] : [{ pem, fingerprint }]));
  if (!platform.verifiesSshSignatures && pems.length === 0) return {};
  const own = (path: string, text: string): Resource => ({
    kind: "file",
    path,
    content: { text },
    shared: true,
    ...rootOwned,
  });
  return {
    pointer: "/trust",
    packages: [platform.verifier],
    resources: {
      trust: [
        {
          kind: "file",
          path: places.program,
          content: { template: "files/lvsgen-run", view: {} },
          shared: true,
          ...executable,
        },
        {
          kind: "block",
          path: places.signers,
          place: "end",
          content: { text: signers.map(({ line }) => line).join("") },
        },
        ...pems.map(({ pem, fingerprint }) => own(`/etc/lvsgen/${pemName(fingerprint)}`, pem)),
        // Monitoring has it already.
        ...(cluster.monitoring === null
          ? [{ kind: "script", path: `/etc/lvsgen/${cluster.name}/${role}.sh` } as const]
          : []),
        own(places.marker, marker),
      ],
    },
  };
}

/** A key is one file, whichever cluster describes it. */
function pemName(fingerprint: string): string {
  return `lvsgen-${fingerprint
    .replace(/^SHA256:/, "")
    .replaceAll("/", "_")
    .replaceAll("+", "-")
    .slice(0, 16)}.pem`;
}

const marker = `Because this file is here, scripts of lvsgen's that change this host want to be started by lvsgen-run, which verifies who signed them:
lvsgen-run DIR director.sh apply
It keeps nobody out who is root: see lvsgen-run --help, and "trust" in the description.
`;
