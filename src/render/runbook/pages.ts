/** Requests that people make by hand: of a real server that comes, and of a service whose packets come to be wrapped. */
import { askedPort, isAskedThrough } from "../../lvs/asked-port.ts";
import { portOf } from "../../lvs/port.ts";
import type { Address, RealServer, Service } from "../../model.ts";
import { shellWord } from "../quote.ts";
import { comingTo, isOf, isWrapped, type ToldChange } from "./told.ts";

/** Real servers that come, each with what asks it for its page as its service's check does, by itself. */
export interface Page {
  readonly host: string;
  readonly command: string;
  /** What it prints where it serves what clients are to see. */
  readonly expects: string;
}

/** So many are named: of more the first show how. */
const mostPages = 4;

export function pagesOf(told: readonly ToldChange[], services: readonly Service[]): readonly Page[] {
  return services
    .flatMap((service) => {
      const { check } = service;
      if (check.type !== "http" && check.type !== "https") return [];
      return comingTo(told, service).flatMap((realServer): Page[] => {
        const port = askedPort(service) ?? portOf(service, realServer);
        if (realServer.host === null || port === 0) return [];
        const status = check.status === null ? "a number from 200 to 399" : String(check.status);
        const expects = check.body === null ? status : `${status}, with ${JSON.stringify(check.body)} in the page`;
        return [{ host: realServer.host.name, command: pageCommand(service, realServer, port), expects }];
      });
    })
    .slice(0, mostPages);
}

/** Virtual addresses that are asked for, a request each. */
const mostRequests = 4;

/** Bytes of a header: over several packets, and no more than a line that nginx and Apache httpd take by default (8 kB). */
const largeHeader = 6000;

/**
 * What asks services whose packets come to be wrapped for their page, by a request that needs packets of full size; each prints the
 * status. Where a path is too narrow for these and nobody says so, it hangs.
 */
export function largeRequests(told: readonly ToldChange[], services: readonly Service[]): readonly string[] {
  return services
    .filter((service) => told.some((one) => isWrapped(one) && isOf(one.subject, service)))
    .flatMap((service) => {
      const { check, frontend, vips } = service;
      if ((check.type !== "http" && check.type !== "https") || frontend.kind !== "address") return [];
      const { port, protocol } = frontend;
      if (port === 0 || protocol !== "tcp" || !isAskedThrough(service, port)) return [];
      return vips.map((vip) => {
        const { options, url } = asked(check, vip, port);
        return `curl -q -s -k -g -m 10 --noproxy '*' -o /dev/null -w '%{http_code}\\n' -H "X-Fill: $(printf '%0${largeHeader}d' 0)" ${options}${url}`;
      });
    })
    .slice(0, mostRequests);
}

/** As the runtime asks: no configuration of a user's, no proxy, nothing of the path a pattern, no certificate verified, and not for ever. */
function pageCommand({ check }: Service, { address }: RealServer, port: number): string {
  const { options, url } = asked(check, address, port);
  return `curl -q -s -k -g -m 10 --noproxy '*' ${options}-w '\\n%{http_code}\\n' ${url}`;
}

function asked(
  check: Service["check"],
  address: Address,
  port: number,
): { readonly options: string; readonly url: string } {
  const literal = address.family === 6 ? `[${address.text}]` : address.text;
  const name = check.name ?? literal;
  return {
    options: check.name === null ? "" : `--resolve ${shellWord(`${name}:${port}:${address.text}`)} `,
    url: shellWord(`${check.type}://${name}:${port}${check.path}`),
  };
}
