import type { Protocol } from "../../ipvs.ts";
import type { Family } from "../../net.ts";
import type { FoundFrontend, FoundServer, FoundService } from "../facts.ts";
import type { Names } from "../names.ts";
import type { Place } from "../place.ts";
import type { CommandLine } from "./options.ts";
import {
  type Endpoint,
  isWrong,
  readEndpoint,
  readFlags,
  readMask,
  readMethod,
  readNumber,
  type Value,
  type Wrong,
} from "./values.ts";

export interface Subject {
  readonly frontend: FoundFrontend;
  readonly family: Family;
  /** A name that nothing resolves, in place of the VIP; null for an address. */
  readonly name: string | null;
}

export const schedulers = [
  "rr",
  "wrr",
  "lc",
  "wlc",
  "lblc",
  "lblcr",
  "dh",
  "sh",
  "sed",
  "nq",
  "fo",
  "ovf",
  "mh",
  "twos",
];

/** Seconds: what the kernel takes at most (IP_VS_MAX_TIMEOUT of ipvsadm, 31 days). */
export const longestTime = 2678400;

/** The service that a command line is about. */
export function subjectOf({ options }: CommandLine, names: Names): Value<Subject> {
  const mark = options.get("fwmark-service");
  if (mark !== undefined) {
    const number = readNumber(mark, "the mark", 1, 2 ** 32 - 1);
    const family = options.has("ipv6") ? 6 : 4;
    return isWrong(number)
      ? number
      : { value: { frontend: { kind: "fwmark", mark: number.value, family }, family, name: null } };
  }
  const protocols: readonly Protocol[] = ["tcp", "udp", "sctp"];
  const protocol = protocols.find((one) => options.has(`${one}-service`));
  if (protocol === undefined) return { reason: "it names no service", remedy: "write -t, -u, --sctp-service or -f" };
  const endpoint = readEndpoint(options.get(`${protocol}-service`)?.text ?? "", names);
  if (isWrong(endpoint)) return endpoint;
  const { address, family, port, isName } = endpoint.value;
  return {
    value: {
      frontend: { kind: "address", vip: address, protocol, port: port ?? 0 },
      family,
      name: isName ? address : null,
    },
  };
}

/** Sets what a command line says of a service, and says what of it cannot be carried over. */
export function setOptions(service: FoundService, { options }: CommandLine, family: Family): readonly Wrong[] {
  const problems: Wrong[] = [];
  service.scheduler = options.get("scheduler")?.text ?? "wlc";
  if (!schedulers.includes(service.scheduler)) {
    problems.push({
      reason: `the scheduler ${service.scheduler} is none of the kernel's`,
      remedy: `wlc stands in its place: choose one`,
    });
    service.scheduler = "wlc";
  }
  const persistent = options.get("persistent");
  const mask = options.get("netmask");
  service.persistence = null;
  if (persistent !== undefined || mask !== undefined) {
    const timeout =
      persistent === undefined || persistent.text === ""
        ? { value: 360 }
        : readNumber(persistent, "the time of persistence", 1, longestTime);
    const prefix: Value<number | null> = mask === undefined ? { value: null } : readMask(mask.text, family);
    if (isWrong(timeout)) problems.push(timeout);
    if (isWrong(prefix)) problems.push(prefix);
    service.persistence = {
      timeout: isWrong(timeout) ? 360 : timeout.value,
      prefix: isWrong(prefix) ? null : prefix.value,
    };
  }
  const engine = options.get("pe");
  service.engine = engine?.text === "sip" ? "sip" : null;
  if (engine !== undefined && service.engine === null)
    problems.push({ reason: `there is no persistence engine ${engine.text}`, remedy: "leave it out" });
  service.onePacket = options.has("ops");
  const flags = options.get("sched-flags");
  const read = flags === undefined ? { value: [] } : readFlags(flags.text, service.scheduler);
  if (isWrong(read)) problems.push(read);
  else service.flags = read.value;
  return problems;
}

/** The real server of a command line; the first one in TUN says the tunnel of its service. */
export function serverOf(
  endpoint: Endpoint,
  line: CommandLine,
  service: FoundService,
  hasTunnels: boolean,
  place: Place,
): Value<FoundServer> {
  const method = readMethod(line.options);
  if (isWrong(method)) return method;
  const { mode, tunnel } = method.value;
  const number = (name: string, what: string, highest: number, otherwise: number): Value<number> => {
    const word = line.options.get(name);
    return word === undefined ? { value: otherwise } : readNumber(word, what, 0, highest);
  };
  const weight = number("weight", "the weight", 65535, 1);
  const upper = number("u-threshold", "the upper threshold", 65535, 0);
  const lower = number("l-threshold", "the lower threshold", 65535, 0);
  for (const one of [weight, upper, lower]) if (isWrong(one)) return one;
  if (isWrong(weight) || isWrong(upper) || isWrong(lower)) return { reason: "", remedy: "" };
  if (tunnel !== null) {
    if (!hasTunnels) service.tunnel = tunnel;
    else if (
      service.tunnel.type !== tunnel.type ||
      service.tunnel.port !== tunnel.port ||
      service.tunnel.checksum !== tunnel.checksum
    )
      return { reason: "a service has tunnels of one type", remedy: "let its real servers all take the same" };
  }
  const ownPort = service.frontend.kind === "address" ? service.frontend.port : 0;
  return {
    value: {
      place,
      address: endpoint.address,
      port: endpoint.port ?? ownPort,
      weight: weight.value,
      upperThreshold: upper.value,
      lowerThreshold: lower.value,
      mode,
      off: null,
      notes: [],
    },
  };
}
