/** The way back: from a place in the expanded description to the one in the text that it comes from. */
import type { Config } from "../generated/config.ts";
import { child, tokens } from "../pointer.ts";
import type { Listed } from "./hosts.ts";
import type { ExpandedServices, ServiceOrigin } from "./services.ts";

export interface Origins {
  /** Where the value of a pointer into the expanded description is written, or would be. */
  written(pointer: string): string;
}

export interface Sources extends ExpandedServices {
  readonly config: Config;
  readonly hosts: ReadonlyMap<string, string> | null;
  readonly lists: Readonly<Record<"clients" | "directors", Listed<string>>>;
}

export function originsOf(sources: Sources): Origins {
  return {
    written: (pointer) => {
      const [room, name, ...rest] = tokens(pointer);
      if (name === undefined) return pointer;
      switch (room) {
        case "services":
          return ofService(sources, Number(name), rest) ?? pointer;
        case "hosts":
          return below(child("/hosts", sources.hosts?.get(name) ?? name), rest);
        case "clients":
        case "directors":
          return below(child(`/${room}`, sources.lists[room].indexes?.[Number(name)] ?? name), rest);
        default:
          return pointer;
      }
    },
  };
}

function ofService({ origins, services, config }: Sources, number: number, rest: readonly string[]): string | null {
  const origin = origins[number];
  const service = services[number];
  if (origin === undefined || service === undefined) return null;
  const [key, index, ...setting] = rest;
  if (key === "port") return origin.portPointer;
  if (key !== "realservers") return below(origin.pointer, rest);
  if (index === undefined) return `${origin.pointer}/${origin.pool === null ? "realservers" : "pool"}`;
  const inherited = ofAll(origin, config, setting[0], service.realservers[Number(index)]);
  if (inherited !== null) return inherited;
  const list = origin.pool === null ? `${origin.pointer}/realservers` : child("/pools", origin.pool.name);
  return below(child(list, origin.indexes?.[Number(index)] ?? index), setting);
}

/** Where the service says what holds for an entry that does not say it, or for all of a pool. */
function ofAll(
  { pointer, portPointer, pool }: ServiceOrigin,
  { services }: Config,
  key: string | undefined,
  entry: object | undefined,
): string | null {
  const isOwn = key !== undefined && entry !== undefined && Object.hasOwn(entry, key);
  if (key === "port") return isOwn ? null : portPointer;
  if (key !== "mode" && key !== "weight") return null;
  const written = services[Number(tokens(pointer)[1])];
  if (pool !== null && written?.[key] !== undefined) return `${pointer}/${key}`;
  return key === "mode" && !isOwn ? `${pointer}/mode` : null;
}

function below(base: string, rest: readonly string[]): string {
  return rest.reduce((pointer, token) => child(pointer, token), base);
}
