/**
 * What ours is called for who comes from keepalived.conf(5), ldirectord(8), ipvsadm(8) or another balancer: keys by the
 * names that they have there. Names are compared without letter case and without `_` and `-` between words.
 */

/** A key of ours, and how it is written where that is not by its name alone. */
interface Ours {
  /** The key at the same place that takes the very value; left out where the value belongs elsewhere or is written in another way. */
  readonly key?: string;
  /** What to write, in the words of a description. */
  readonly write: string;
}

const key = (name: string): Ours => ({ key: name, write: `this is called "${name}" here` });
const inside = (write: string): Ours => ({ write: `this is written ${write} here` });
const times = (name: string, example: string): Ours => inside(`"check": { "${name}": ${example} }`);

const service: Readonly<Record<string, Ours>> = {
  lbalgo: key("scheduler"),
  lvssched: key("scheduler"),
  algorithm: key("scheduler"),
  lbkind: key("mode"),
  lvsmethod: key("mode"),
  forward: key("mode"),
  forwarding: key("mode"),
  method: key("mode"),
  realserver: key("realservers"),
  real: key("realservers"),
  backends: key("realservers"),
  servers: key("realservers"),
  virtual: key("vip"),
  virtualip: key("vip"),
  virtualipaddress: key("vip"),
  address: key("vip"),
  ip: key("vip"),
  ops: key("onePacket"),
  mark: key("fwmark"),
  virtualname: key("name"),
  fallback: key("sorryServer"),
  persistent: inside('"persistence": { "timeout": SECONDS }'),
  persistencetimeout: inside('"persistence": { "timeout": SECONDS }'),
  persistencegranularity: inside('"persistence": { "prefix": BITS }'),
  netmask: inside('"persistence": { "prefix": BITS }'),
  delayloop: times("interval", "SECONDS"),
  checkinterval: times("interval", "SECONDS"),
  connecttimeout: times("timeout", "SECONDS"),
  checktimeout: times("timeout", "SECONDS"),
  negotiatetimeout: times("timeout", "SECONDS"),
  retry: times("retries", "NUMBER"),
  checkcount: times("retries", "NUMBER"),
  checktype: times("type", '"http"'),
  request: times("path", '"/…"'),
  receive: times("body", '"…"'),
  virtualhost: times("name", '"…"'),
  tcpcheck: times("type", '"tcp"'),
  udpcheck: times("type", '"udp"'),
  httpget: times("type", '"http"'),
  sslget: times("type", '"https"'),
  inhibitonfailure: times("onFailure", '"quiesce"'),
  quiescent: times("onFailure", '"quiesce" or "remove"'),
};

const check: Readonly<Record<string, Ours>> = {
  delayloop: key("interval"),
  checkinterval: key("interval"),
  connecttimeout: key("timeout"),
  checktimeout: key("timeout"),
  connectport: key("port"),
  checkport: key("port"),
  checktype: key("type"),
  retry: key("retries"),
  nbgetretry: key("retries"),
  checkcount: key("retries"),
  statuscode: key("status"),
  url: key("path"),
  request: key("path"),
  receive: key("body"),
  virtualhost: key("name"),
  host: key("name"),
};

const host: Readonly<Record<string, Ours>> = {
  ip: key("address"),
  ipaddress: key("address"),
  ipv4: key("address"),
  ip6: key("address6"),
  ipv6: key("address6"),
  nic: key("interface"),
  os: key("platform"),
};

const realServer: Readonly<Record<string, Ours>> = {
  ip: key("address"),
  realserver: key("address"),
  uthreshold: key("upperThreshold"),
  lthreshold: key("lowerThreshold"),
  lbkind: key("mode"),
  lvsmethod: key("mode"),
  inhibitonfailure: inside('"check": { "onFailure": "quiesce" } of the service'),
  tcpcheck: inside('"check": { "type": "tcp" } of the service'),
  httpget: inside('"check": { "type": "http" } of the service'),
  sslget: inside('"check": { "type": "https" } of the service'),
};

const noAuthentication: Ours = { write: "VRRP has none any more (RFC 3768, RFC 5798): take it out" };

const failover: Readonly<Record<string, Ours>> = {
  virtualrouterid: key("routerId"),
  vrid: key("routerId"),
  advertint: key("advertInterval"),
  vrrpversion: key("version"),
  nopreempt: { write: "that is the default here: take it out" },
  unicastpeer: inside('"unicast": true'),
  lvssyncdaemon: key("sync"),
  priority: { write: 'the first of "directors" has the highest priority: take it out' },
  state: { write: 'the first of "directors" is the master: take it out' },
  authentication: noAuthentication,
  authtype: noAuthentication,
  authpass: noAuthentication,
  virtualipaddress: { write: 'the VIPs are those of "services": take it out' },
};

const description: Readonly<Record<string, Ours>> = {
  virtualserver: key("services"),
  virtualservers: key("services"),
  vrrpinstance: inside('"ha": { "routerId": NUMBER }'),
  virtualrouterid: inside('"ha": { "routerId": NUMBER }'),
  keepalived: key("ha"),
  director: key("directors"),
  loadbalancers: key("directors"),
  realservers: { write: 'it belongs into a service: "services": [{ …, "realservers": […] }]' },
  virtualipaddress: { write: 'it is the "vip" of a service: "services": [{ …, "vip": … }]' },
  vip: { write: 'it belongs into a service: "services": [{ …, "vip": … }]' },
  globaldefs: { write: "lvsgen writes what keepalived needs of it: take it out" },
};

const persistence: Readonly<Record<string, Ours>> = {
  persistencetimeout: key("timeout"),
  granularity: key("prefix"),
  persistencegranularity: key("prefix"),
  netmask: key("prefix"),
};

/** By the title of the schema that the key stands in. */
const keys: Readonly<Record<string, Readonly<Record<string, Ours>>>> = {
  "LVS cluster": description,
  Service: service,
  Host: host,
  "Real server": realServer,
  "Sorry server": realServer,
  "Health check": check,
  "Failover and health checks": failover,
  Persistence: persistence,
};

/**
 * What a key of another program is called in a description, null where it is none that is known.
 *
 * @param title of the schema that the key stands in
 * @param value what is written there
 */
export function oursFor(name: string, title: string, value: unknown): Ours | null {
  const ours = own(keys[title] ?? {}, bare(name));
  // A number stands in the example as it is; what it measures is the same there.
  const isNumber = typeof value === "number" || (typeof value === "string" && /^[0-9]+$/.test(value));
  return ours === null || !isNumber
    ? ours
    : { ...ours, write: ours.write.replace(/SECONDS|NUMBER|BITS/, String(value)) };
}

/** The titles that are known here. */
export const keyTitles: readonly string[] = Object.keys(keys);

/** A name as it is compared. */
export function bare(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]/g, "");
}

/** What a table has of its own under a name. */
export function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(table, name) ? (table[name] as Value) : null;
}
