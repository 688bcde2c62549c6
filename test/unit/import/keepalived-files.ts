/** Files of keepalived that descriptions build, and what else a host has that an import reads. */
import { analyse, compile } from "../../../src/compile.ts";
import { ipvsRules } from "../../../src/lvs/table.ts";
import type { Cluster } from "../../../src/model.ts";

export interface Built {
  readonly cluster: Cluster;
  /** keepalived.conf by director. */
  readonly files: ReadonlyMap<string, string>;
  readonly rules: string;
}

/** Null where the description is not accepted. */
export async function build(text: string): Promise<Built | null> {
  const [{ bundle }, { cluster }] = [await compile(text), await analyse(text)];
  if (bundle === null || cluster === null) return null;
  const files = new Map(
    bundle.files.flatMap(({ path, chunks }) => {
      const host = /^files\/([^/]+)\/etc\/keepalived\/keepalived\.conf$/.exec(path)?.[1];
      return host === undefined ? [] : [[host, chunks.join("")] as const];
    }),
  );
  return { cluster, files, rules: ipvsRules(cluster.services, true).join("") };
}

/** What `--mark` says of the marks of a cluster, which keepalived.conf does not. */
export function marksOf({ services }: Cluster) {
  return services.flatMap(({ frontend }) =>
    frontend.kind === "address"
      ? []
      : frontend.matches.map(({ vip, protocol, ports }) => ({
          mark: frontend.mark,
          vip: vip.text,
          protocol,
          port: ports === null ? 0 : ports[0] === ports[1] ? ports[0] : ports.join("-"),
        })),
  );
}

/** `/etc/network/interfaces` of each director, as its folder has it. */
export function interfacesOf({ directors }: Cluster): [file: string, text: string][] {
  return directors.map(({ name, interfaces }) => [
    `${name}/etc/network/interfaces`,
    interfaces
      .flatMap((nic) =>
        nic.addresses.map(
          ({ address, prefix }) =>
            `auto ${nic.name}\niface ${nic.name} ${address.family === 6 ? "inet6" : "inet"} static\n  address ${address.text}/${prefix}\n`,
        ),
      )
      .join(""),
  ]);
}
