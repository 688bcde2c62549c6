import type { Host } from "../../model.ts";
import { parseAddress, sameAddress } from "../../net.ts";
import { wanted } from "./kind.ts";

export const storage = {
  mount: wanted<{
    readonly target: string;
    readonly type: string;
    readonly source: string;
    /** Name or address of the machine whose share it is, without brackets; null where it is the host itself. */
    readonly server: string | null;
    readonly options: readonly string[];
  }>({
    words: ({ target, type, source, options }) => [target, type, source, options.join(",") || "defaults"],
    needs: ({ server }, host) => (server === null || isOwn(host, server) ? [] : [{ kind: "nfs", server }]),
  }),
  export: wanted<{ readonly client: string; readonly path: string; readonly options: readonly string[] }>({
    words: ({ client, path, options }) => [client, path, options.join(",")],
  }),
};

function isOwn(host: Host, name: string): boolean {
  const address = parseAddress(name);
  if (address === null) return false;
  return host.interfaces.some(({ addresses }) => addresses.some((cidr) => sameAddress(cidr.address, address)));
}
