import type { CatalogueEntry } from "../entry.ts";

/** Codes of the expand stage: pools, and ranges of names, addresses and ports. */
export const rangesCodes = {
  UNKNOWN_POOL: {
    severity: "error",
    title: "A service names no pool that there is",
    why: '"pool" is a name of "pools", where the real servers of the service stand.',
    symptom: "The service would have no real server and refuse every connection.",
    fix: 'Write the name as it stands in "pools", or add the pool.',
  },
  UNUSED_POOL: {
    severity: "warning",
    title: "No service uses a pool",
    why: "A pool gets traffic by the services that name it. What stands in one that none names is read, but nothing is built of it, and hosts that are real servers nowhere else get no script.",
    symptom: "Machines that were meant to share the load get none.",
    fix: 'Name it as "pool" of a service, or take it out.',
  },
  RANGE_REVERSED: {
    severity: "error",
    title: "A range ends before it begins",
    why: "A range counts upwards from its first to its last member; the other way round it has none.",
    symptom: "Nothing would be built of it.",
    fix: "Write the lower end first.",
  },
  RANGE_MIXES_FAMILIES: {
    severity: "error",
    title: "A range goes from one address family to the other",
    why: "Between an IPv4 and an IPv6 address lies nothing that could be counted.",
    symptom: "Nothing could be built of it.",
    fix: "Let both ends be IPv4, or both IPv6.",
  },
  RANGE_TOO_LARGE: {
    severity: "error",
    title: "A range is larger than any cluster",
    why: "A range stands for each of its members written out: an entry in the table, or a host with scripts of its own. One has up to 65,536 members, and all ranges of a description together 1,048,576. Such a number is nearly always a slip in one end.",
    symptom: "A director would load a table for minutes, most of it for machines that do not exist.",
    fix: "Correct the end that is wrong. For very many ports of one address use a firewall mark, which takes a range of ports as one service.",
  },
  RANGE_PADDING: {
    severity: "error",
    title: "The two ends of a range of names do not agree on leading zeros",
    why: "[01-40] counts 01, 02, … 40, and [1-40] counts 1, 2, … 40. Where just one end has zeros and their lengths differ, it is not clear what the names are.",
    symptom: "Scripts for web7, while the machine is called web07: it refuses them.",
    fix: "Write both ends with the same number of digits, or both without zeros.",
  },
  RANGES_UNEQUAL: {
    severity: "error",
    title: "As many names as addresses are needed",
    why: "The hosts of a range get addresses that are counted along: the first name the first address, and so on. With an address range of another length some would have none, or some addresses no host.",
    symptom: "From the gap on every host would have its neighbour's address.",
    fix: "Correct the range that is wrong, or write the first address alone: the others are counted from it.",
  },
  DUPLICATE_HOST: {
    severity: "error",
    title: 'Two entries of "hosts" stand for the same host',
    why: "A range of names has a member that is written elsewhere as well, alone or in another range. It is not clear which settings it has.",
    symptom: "One of the two would silently win.",
    fix: "Split the range around the host that differs, such as web[01-06], web07 and web[08-40].",
  },
  PORTS_BECOME_ONE: {
    severity: "warning",
    title: "Several ports of a service become one",
    why: "In NAT a real server that has a port of its own is reached by that one, whichever of the ports of the service clients asked. With a list of ports that holds for each of them.",
    symptom: "What answers HTTP gets what clients send to the port of HTTPS, and they see a failed handshake.",
    fix: "Take the port of the real server out, so that each keeps its own, or write a service for each port with a pool of its own.",
  },
  CHECK_OTHER_SCHEME: {
    severity: "warning",
    title: "One check for the ports of HTTP and of HTTPS",
    why: "A service with several ports has one check, which asks each of them in the same way. Servers on 443 expect TLS, those on 80 do not.",
    symptom:
      'Every real server fails its check ("plain HTTP request was sent to HTTPS port"), and with "ha" the service has none left.',
    fix: 'Let the type be "tcp", which fits both, name one port for all with "check.port", or describe the other port as a service of its own with the same pool.',
  },
  DUPLICATE_PORT: {
    severity: "error",
    title: "A service has a port twice",
    why: "A list of ports is a service for each, and the table has one for a protocol, VIP and port.",
    symptom: "ipvsadm: Service already exists.",
    fix: "Name each port once, and let ranges not overlap.",
  },
} as const satisfies Record<string, CatalogueEntry>;
