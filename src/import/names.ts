import { type Address, parseAddress } from "../net.ts";

/** What stands for a name: addresses by what was given, ports by the names that IANA has given out. */
export interface Names {
  /** The address of an address or a known name; null where nobody said. */
  address(text: string): Address | null;
  /** The number of a port or of a service's name; null for neither. */
  port(text: string): number | null;
  learn(name: string, address: string): void;
  /** Whether ranges of addresses may stand for so many more: an import has a number of them in all. */
  spend(addresses: number): boolean;
}

/** Each is a service, or a real server, of its own. */
export const mostRangeAddresses = 4096;

/** The names of ports that configurations of balancers use (IANA, as /etc/services of the distributions has them). */
const wellKnown: Readonly<Record<string, number>> = {
  "ftp-data": 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  mail: 25,
  time: 37,
  domain: 53,
  dns: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  gopher: 70,
  finger: 79,
  http: 80,
  www: 80,
  "www-http": 80,
  kerberos: 88,
  pop2: 109,
  pop3: 110,
  "pop-3": 110,
  pop: 110,
  sunrpc: 111,
  portmapper: 111,
  auth: 113,
  nntp: 119,
  ntp: 123,
  imap: 143,
  imap2: 143,
  snmp: 161,
  "snmp-trap": 162,
  bgp: 179,
  irc: 194,
  ldap: 389,
  https: 443,
  "microsoft-ds": 445,
  kpasswd: 464,
  submissions: 465,
  smtps: 465,
  ssmtp: 465,
  urd: 465,
  syslog: 514,
  printer: 515,
  submission: 587,
  ipp: 631,
  ldaps: 636,
  iscsi: 860,
  rsync: 873,
  ftps: 990,
  telnets: 992,
  imaps: 993,
  pop3s: 995,
  socks: 1080,
  openvpn: 1194,
  "ms-sql-s": 1433,
  oracle: 1521,
  radius: 1812,
  "radius-acct": 1813,
  nfs: 2049,
  squid: 3128,
  "ms-wbt-server": 3389,
  mysql: 3306,
  svn: 3690,
  "sip-tls": 5061,
  sip: 5060,
  "xmpp-client": 5222,
  "xmpp-server": 5269,
  postgresql: 5432,
  postgres: 5432,
  amqp: 5672,
  amqps: 5671,
  x11: 6000,
  redis: 6379,
  "http-alt": 8080,
  webcache: 8080,
  "https-alt": 8443,
};

export function createNames(resolved: ReadonlyMap<string, string>): Names {
  let left = mostRangeAddresses;
  const byName = new Map<string, Address>();
  const names: Names = {
    address: (text) => parseAddress(text) ?? byName.get(text.toLowerCase()) ?? null,
    port: (text) => {
      if (/^[0-9]{1,5}$/.test(text)) return Number(text) <= 65535 ? Number(text) : null;
      return Object.hasOwn(wellKnown, text.toLowerCase()) ? (wellKnown[text.toLowerCase()] ?? null) : null;
    },
    learn: (name, address) => {
      const parsed = parseAddress(address);
      if (parsed !== null && !byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), parsed);
    },
    spend: (addresses) => {
      if (addresses > left) return false;
      left -= addresses;
      return true;
    },
  };
  for (const [name, address] of resolved) names.learn(name, address);
  return names;
}

/** What to do about a name that stands for nothing. */
export function resolveHint(name: string): string {
  return `say what it stands for: --resolve ${name}=ADDRESS`;
}
