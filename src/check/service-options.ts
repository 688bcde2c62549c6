import { protocolsOf as carried } from "../lvs/match.ts";
import type { Protocol, Service } from "../model.ts";
import { bits } from "../net.ts";
import type { Rule } from "./rule.ts";

function protocolsOf({ frontend }: Service): readonly Protocol[] {
  return frontend.kind === "address" ? [frontend.protocol] : frontend.matches.flatMap(carried);
}

/** IPVS schedules single packets for UDP alone. */
export const onePacketWithoutUdp: Rule = ({ services }, report) => {
  for (const service of services) {
    if (!service.onePacket || protocolsOf(service).includes("udp")) continue;
    report("ONE_PACKET_WITHOUT_UDP", {
      pointer: `${service.pointer}/onePacket`,
      part: "key",
      message: `one-packet scheduling is for UDP, and this service is ${protocolsOf(service).join(", ")}`,
      hint: 'take "onePacket" out',
      related: protocolPlace(service),
    });
  }
};

/** Every port at once needs a memory of who goes where. */
export const portZeroWithoutPersistence: Rule = ({ services }, report) => {
  for (const { frontend, persistence, pointer } of services) {
    if (frontend.kind !== "address" || frontend.port !== 0 || persistence !== null) continue;
    report("PORT_ZERO_WITHOUT_PERSISTENCE", {
      pointer: `${pointer}/port`,
      message: "port 0, every port, needs persistence",
      hint: 'add "persistence": {}, or write the port',
    });
  }
};

/** The bits of the flags mean something else to another scheduler. */
export const schedulerFlagMismatches: Rule = ({ services }, report) => {
  for (const { scheduler, schedulerFlags, pointer } of services) {
    schedulerFlags.forEach((flag, index) => {
      const owner = flag.slice(0, 2);
      if (owner === scheduler) return;
      report("SCHEDULER_FLAG_MISMATCH", {
        pointer: `${pointer}/schedulerFlags/${index}`,
        message: `${flag} is a flag of the scheduler ${owner}, and this one is ${scheduler}`,
        hint: `take it out, or write "scheduler": "${owner}"`,
        related: [{ pointer: `${pointer}/scheduler`, message: "the scheduler" }],
      });
    });
  }
};

/** A client mask has no more bits than an address. */
export const longPersistencePrefixes: Rule = ({ services }, report) => {
  for (const { persistence, family, pointer } of services) {
    if (persistence === null || persistence.prefix <= bits(family)) continue;
    report("PREFIX_TOO_LONG", {
      pointer: `${pointer}/persistence/prefix`,
      message: `an IPv${family} address has ${bits(family)} bits, not ${persistence.prefix}`,
      hint: `write 1 to ${bits(family)}`,
    });
  }
};

/** The engine names what persistence remembers. */
export const enginesWithoutPersistence: Rule = ({ services }, report) => {
  for (const { persistence, persistenceEngine, pointer } of services) {
    if (persistenceEngine === null || persistence !== null) continue;
    report("ENGINE_WITHOUT_PERSISTENCE", {
      pointer: `${pointer}/persistenceEngine`,
      part: "key",
      message: `the engine ${persistenceEngine} needs persistence`,
      hint: 'add "persistence": {}, or take "persistenceEngine" out',
    });
  }
};

/** The SIP engine reads UDP packets. */
export const sipWithoutUdp: Rule = ({ services }, report) => {
  for (const service of services) {
    if (service.persistenceEngine !== "sip" || protocolsOf(service).includes("udp")) continue;
    report("SIP_WITHOUT_UDP", {
      pointer: `${service.pointer}/persistenceEngine`,
      part: "key",
      message: `the SIP engine reads UDP, and this service is ${protocolsOf(service).join(", ")}`,
      hint: 'write "protocol": "udp", or take "persistenceEngine" out',
      related: protocolPlace(service),
    });
  }
};

/** A hash and a memory of former choices disagree as soon as a real server comes or goes. */
export const persistentHashes: Rule = ({ services }, report) => {
  for (const { scheduler, persistence, pointer } of services) {
    if (persistence === null || (scheduler !== "sh" && scheduler !== "dh")) continue;
    report("PERSISTENT_HASH", {
      pointer: `${pointer}/persistence`,
      part: "key",
      message: `the scheduler ${scheduler} keeps clients on their real server without persistence`,
      hint: `take "persistence" out, or use a scheduler other than ${scheduler}`,
      related: [{ pointer: `${pointer}/scheduler`, message: "the scheduler" }],
    });
  }
};

function protocolPlace({ frontend, pointer }: Service): { pointer: string; message: string }[] {
  return frontend.kind === "address" ? [{ pointer: `${pointer}/protocol`, message: `${frontend.protocol}` }] : [];
}
