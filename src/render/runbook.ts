import type { BundleFile } from "../bundle.ts";
import type { Cluster, Host } from "../model.ts";
import type { Script } from "../plan/script.ts";
import { renderTemplate } from "./templates.ts";

/** What is shared first, then what serves, then what sends clients there. */
const order = ["nfs", "realserver", "director"] as const;

const steps = {
  nfs: "The NFS server: what it exports is mounted by the real servers.",
  realserver: "The real servers: silent about the virtual addresses before they carry them.",
  director: "The director: from here on clients are served.",
} as const;

/**
 * The order to run the scripts in, host by host, with the checksums to compare by hand.
 *
 * @param diagram the cluster in Mermaid
 */
export function runbook(
  cluster: Cluster,
  scripts: readonly Script[],
  files: readonly BundleFile[],
  diagram: string,
): string {
  const roles = order.flatMap((role) => scripts.filter((script) => script.role === role));
  const client = files.find(({ path }) => path === "client-test.sh");
  return renderTemplate("RUNBOOK.md", {
    cluster: cluster.name,
    diagram,
    steps: roles.map(({ role, hosts }, index) => ({
      number: index + 1,
      why: steps[role],
      script: `${role}.sh`,
      hosts: hosts.map(({ host }) => ({ name: host.name, address: mainAddress(host), platform: host.platform.name })),
    })),
    scripts: files.filter(({ executable }) => executable).map(({ path, sha256 }) => ({ path, sha256 })),
    client: client !== undefined,
    unwatched: cluster.failover === null,
    takeover: takeoverView(cluster),
    unverified: cluster.services
      .filter(({ check }) => check.type === "https" && check.verify === false)
      .map(({ name }) => ({ name })),
    clients: cluster.clients.map((host) => ({ name: host.name, address: mainAddress(host) })),
    last: roles.length + 1,
    back: roles
      .map(({ role, hosts }) => ({ script: `${role}.sh`, hosts: hosts.map(({ host }) => host.name).join(", ") }))
      .reverse(),
  });
}

/** Who takes over from whom; a list, for with one director nobody does. */
function takeoverView({ directors, failover }: Cluster): readonly { readonly hosts: string }[] {
  return failover?.vrrp ? [{ hosts: directors.map(({ name }) => name).join(", ") }] : [];
}

function mainAddress({ address, address6 }: Host): string {
  return (address ?? address6)?.address.text ?? "";
}
