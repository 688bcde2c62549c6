import { balancer, type RealServer, type Schedule } from "./balancer.ts";
import { clusterOf, type Run, type RunOptions, runScript, scriptText } from "./script.ts";

export const pages = { web1: "this is kgc web!\n", web2: "this is benet web!\n", web3: "this is the third web!\n" };
export const web1: RealServer = { address: "127.0.1.12", page: pages.web1 };
export const web2: RealServer = { address: "127.0.1.13", page: pages.web2 };
export const web3: RealServer = { address: "127.0.1.14", page: pages.web3 };

/** One real server after the other, again and again. */
export const rotation =
  (...order: readonly (number | null)[]): Schedule =>
  (connection) =>
    order[connection % order.length] ?? null;

/** What a scheduler that counts open connections does: the first of those with the fewest by weight. */
export const least =
  (...weights: readonly number[]): Schedule =>
  (_, open) => {
    const load = weights.map((weight, index) => ((open[index] ?? 0) + 1) / weight);
    return load.indexOf(Math.min(...load));
  };

export interface Site {
  readonly servers?: readonly RealServer[];
  readonly schedule: Schedule;
  /** Where the stand-in for the director listens. */
  readonly vip?: string;
  /** Keys of the service beside name, VIP, port, and `realservers` of web1 and web2. */
  readonly service?: Readonly<Record<string, unknown>>;
  /** What the description says of pages; by default what the servers have. */
  readonly described?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly options?: RunOptions;
}

/** A run, with what the stand-in for the director saw of it. */
export interface Visit extends Run {
  readonly requests: readonly string[];
  readonly connections: number;
}

/** Serves a site and runs the client test of the service `web` that describes it. */
export async function visit(site: Site): Promise<Visit> {
  const { servers = [web1, web2], schedule, service = {}, described = pages, args = [], options } = site;
  const vip = await balancer(servers, schedule, site.vip);
  const web = {
    name: "web",
    vip: vip.vip,
    port: vip.port,
    realservers: [{ host: "web1" }, { host: "web2" }],
    check: { type: "http" },
    ...service,
  };
  try {
    const run = await runScript(scriptText(clusterOf([web], described)), args, options);
    return { ...run, requests: vip.requests, connections: vip.connections() };
  } finally {
    await vip.close();
  }
}
