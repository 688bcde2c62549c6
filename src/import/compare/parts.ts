/** Which parts of a description may be compared: all of one that builds, else those that no error is about. */
import type { LocatedDiagnostic } from "../../diagnostics/index.ts";
import type { Cluster, Host, Service } from "../../model.ts";
import type { FoundFrontend, FoundService } from "../facts.ts";
import { serviceKey } from "../services.ts";

/** An error because of which something is not resolved; line 0: it comes to light once those with a line are mended. */
export type Fault = Pick<LocatedDiagnostic, "code" | "message" | "pointer" | "line">;

/** What is built of the description, with what is wrong with it. */
export interface BuiltParts {
  readonly cluster: Cluster;
  /** By their places and what is around them. */
  readonly faults: ReadonlyMap<string, Fault>;
  /** Pointers to services that stand for something which is missing, in whole or in what gets their mark. */
  readonly standIns: ReadonlySet<string>;
  /** Names of the hosts that a service of the description has among its real servers, by its pointer. */
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
  /** Where a service that was read stands in the description; null: as a comment. */
  readonly pointerOf: (service: FoundService) => string | null;
}

/** `Nothing is wrong` is null; else what a person reads of it. */
export type Obstacle = string | null;

export function faultText({ code, message, line }: Fault): string {
  return `the description has an error there, ${code}${line === 0 ? "" : ` at line ${line}`}: ${message}`;
}

/** The first fault of each place and of each around it: what is asked for often is found at once. */
export function faultsByPlace(faults: readonly Fault[]): ReadonlyMap<string, Fault> {
  const found = new Map<string, Fault>();
  for (const fault of faults)
    for (let place = fault.pointer; place !== ""; place = place.slice(0, place.lastIndexOf("/")))
      if (!found.has(place)) found.set(place, fault);
  const [all] = faults.filter(({ pointer }) => pointer === "");
  return all === undefined ? found : found.set("", all);
}

/** An error about one of these places, about something in them, or about all of the description. */
export function obstacleOf({ faults }: Pick<BuiltParts, "faults">, ...pointers: readonly string[]): Obstacle {
  if (faults.size === 0) return null;
  for (const pointer of ["", ...pointers]) {
    const found = faults.get(pointer);
    if (found !== undefined) return faultText(found);
  }
  return null;
}

/** An error that hinders what is said of a host. */
export function obstacleOfHost(parts: Pick<BuiltParts, "faults">, { pointer }: Pick<Host, "pointer">): Obstacle {
  return obstacleOf(parts, pointer, "/defaults");
}

/** What the directors bring about together depends on each of them. */
export function obstacleOfDirectors(parts: BuiltParts): Obstacle {
  return obstacleOf(parts, "/ha", "/directors", "/defaults", ...parts.cluster.directors.map(({ pointer }) => pointer));
}

export interface Pair {
  readonly found: FoundService;
  readonly built: Service;
  /** Whether an earlier input has it as well: what this one leaves open, that one may say. */
  readonly isRepeated: boolean;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Services that were read, and that are not built. */
  readonly unbuilt: readonly FoundService[];
  /** Services that cannot be compared, and why. */
  readonly hindered: ReadonlyMap<FoundService, string>;
}

/** Each service that was read beside the one that is built, as the kernel tells them apart. */
export function pairServices(services: readonly FoundService[], parts: BuiltParts, isRepeated: boolean): Pairs {
  const { cluster, hostsOf } = parts;
  const built = new Map(cluster.services.map((service) => [builtKey(service), service]));
  const pairs: Pair[] = [];
  const unbuilt: FoundService[] = [];
  const hindered = new Map<FoundService, string>();
  for (const found of services) {
    const service = built.get(serviceKey(found.frontend));
    const pointer = service?.pointer ?? (parts.faults.size > 0 ? parts.pointerOf(found) : null);
    const why = parts.faults.size === 0 || pointer === null ? null : obstacleOfService(parts, pointer, hostsOf);
    if (why !== null) hindered.set(found, why);
    else if (service === undefined) unbuilt.push(found);
    else pairs.push({ found, built: service, isRepeated });
  }
  return { pairs, unbuilt, hindered };
}

function obstacleOfService(parts: BuiltParts, pointer: string, hostsOf: BuiltParts["hostsOf"]): Obstacle {
  const hosts = hostsOf.get(pointer) ?? [];
  return obstacleOf(parts, pointer, ...hosts.map((name) => `/hosts/${escaped(name)}`));
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function builtKey({ frontend, family }: Service): string {
  return serviceKey(
    frontend.kind === "fwmark"
      ? { kind: "fwmark", mark: frontend.mark, family }
      : { kind: "address", vip: frontend.vip.text, protocol: frontend.protocol, port: frontend.port },
  );
}

/** `tcp 192.0.2.80:80`, `mark 7`: what a person calls a service. */
export function frontendText(frontend: FoundFrontend): string {
  if (frontend.kind === "fwmark") return `mark ${frontend.mark}${frontend.family === 6 ? " of IPv6" : ""}`;
  const { vip, protocol, port } = frontend;
  return `${protocol} ${vip.includes(":") ? `[${vip}]` : vip}:${port}`;
}
