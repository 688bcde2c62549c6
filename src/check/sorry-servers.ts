import type { Service } from "../model.ts";
import { sameAddress } from "../net.ts";
import { machineName, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

/** What only keepalived does. */
export const withoutHealthChecks: Rule = ({ failover, services }, report) => {
  if (failover !== null) return;
  for (const { pointer, sorryServer, check } of services) {
    const uses = [
      ...(sorryServer === null ? [] : [{ key: "sorryServer", at: `${pointer}/sorryServer` }]),
      ...(check.onFailure === "quiesce" ? [] : [{ key: "onFailure", at: `${pointer}/check/onFailure` }]),
    ];
    for (const { key, at } of uses)
      report("HEALTH_CHECKS_WITHOUT_HA", {
        pointer: at,
        part: "key",
        message: `"${key}" has no effect: without "ha" nobody asks the real servers whether they serve`,
        hint: `add "ha": {} for health checks by keepalived, or take "${key}" out`,
      });
  }
};

/** It would take over from itself. */
export const sorryRealServers: Rule = ({ services }, report) => {
  for (const service of services) {
    const { sorryServer, realServers } = service;
    if (sorryServer === null) continue;
    const index = realServers.findIndex(
      ({ host, address }) => sameAddress(address, sorryServer.address) || (host !== null && host === sorryServer.host),
    );
    if (index === -1) continue;
    report("SORRY_IS_REAL_SERVER", {
      pointer: machinePointer(service, null),
      message: `${machineName(sorryServer)} is a real server of this service`,
      hint: "let a machine of its own say sorry, or take it out of one of the two",
      related: [{ pointer: machinePointer(service, index), message: "the real server" }],
    });
  }
};

/** Who is never asked is never down. */
export const unusedSorryServers: Rule = ({ failover, services }, report) => {
  if (failover === null) return;
  for (const { pointer, sorryServer, check } of services) {
    if (sorryServer === null || check.type !== "none") continue;
    report("SORRY_NEVER_USED", {
      pointer: `${pointer}/sorryServer`,
      part: "key",
      message: "nothing asks the real servers of this service, so that none of them is ever down",
      hint: 'add a "check" with a type and a port, or take "sorryServer" out',
    });
  }
};

/** All real servers can fall out, by a fault of the check as well. */
export const missingSorryServers: Rule = ({ failover, services }, report) => {
  if (failover === null) return;
  for (const { pointer, name, sorryServer, check } of services) {
    if (sorryServer !== null || check.type === "none") continue;
    report("NO_SORRY_SERVER", {
      pointer: `${pointer}/name`,
      message: `when all real servers of ${name} fail their check, its clients are refused`,
      hint: 'add "sorryServer" with a machine that says so, or that serves a simpler page',
    });
  }
};

const quiescent = "net.ipv4.vs.expire_quiescent_template";

/** Weight 0 keeps those who are there, dead or not. */
export const clientsOfTheDead: Rule = ({ failover, directors, services }, report) => {
  if (failover === null) return;
  const moves = directors.every(({ sysctls }) => sysctls.some(({ key, value }) => key === quiescent && value === "1"));
  for (const service of services) {
    const { pointer, check, persistence } = service;
    const isKept = persistence === null ? isUdp(service) && !service.onePacket : !moves;
    if (check.type === "none" || check.onFailure === "remove" || !isKept) continue;
    report("CLIENTS_STAY_WITH_DEAD_SERVER", {
      pointer: `${pointer}/${persistence === null ? "protocol" : "persistence"}`,
      part: persistence === null ? "value" : "key",
      message:
        persistence === null
          ? "a client that goes on sending from one port stays with the real server that it has, though that is dead"
          : "a client stays with its real server until its persistence ends, though that is dead",
      hint: `write "onFailure": "remove" in "check"${persistence === null ? "" : `, or "${quiescent}": "1" in "sysctls" of the directors`}`,
    });
  }
};

function isUdp({ frontend }: Service): boolean {
  return frontend.kind === "address" && frontend.protocol === "udp";
}
