// node faulty.mjs KIND COUNT: a description with so many faults of this kind, one key a line.
const range = (count, item) => Array.from({ length: count }, (_, index) => item(index));
const address = (index) => `10.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

const small = () => ({
  version: 1,
  name: "small",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: { lvs1: { address: "10.0.0.1/8" }, web1: { address: "10.0.0.11/8" }, web2: { address: "10.0.0.12/8" } },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.100", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
});
const json = (change) => (count) => {
  const description = small();
  change(description, (item) => range(count, item));
  return JSON.stringify(description, null, 1);
};
const yaml = (lines) => (count) =>
  Object.entries(small())
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("") + lines(count);

const nfs = (exports) => ({ server: "web1", exports });
const kinds = {
  unknownKeys: json((d, each) => each((i) => (d[`key${i}`] = i))),
  unknownHostKeys: json((d, each) => each((i) => (d.hosts.web1[`key${i}`] = i))),
  misspeltKeys: json((d, each) => each((i) => (d.services[0][`por${i}`] = i))),
  wrongTypes: json((d, each) => (d.directors = each((i) => i))),
  wrongHosts: json((d, each) => each((i) => (d.hosts[`h${i}`] = i))),
  notOneOf: json((d, each) => each((i) => (d.hosts[`h${i}`] = { address: `${address(i)}/8`, platform: `debian${i}` }))),
  outOfRange: json((d, each) => each((i) => d.services.push({ ...d.services[0], name: `s${i}`, port: 70000 + i }))),
  badAddresses: json((d, each) => each((i) => (d.hosts[`h${i}`] = { address: `300.${i}.0.1/8` }))),
  missingKeys: json((d, each) => each(() => d.services.push({}))),
  duplicateKeys: (count) => JSON.stringify(small()).replace(/\}$/, `${range(count, () => ',\n"name":"x"').join("")}}`),
  unknownHosts: json((d, each) => (d.services[0].realservers = each((i) => ({ host: `nohost${i}` })))),
  unknownHostsAmongMany: json((d, each) => {
    each((i) => (d.hosts[`host${i}`] = { address: `${address(i)}/8` }));
    d.services[0].realservers = each((i) => ({ host: `hast${i}` }));
  }),
  unknownExports: json((d, each) => {
    d.nfs = nfs(each((i) => ({ path: `/srv/a${i}`, clients: { "10.0.0.0/8": ["rw"] } })));
    d.hosts.web2.mounts = each((i) => ({ target: `/mnt/a${i}`, export: `/srv/b${i}` }));
  }),
  duplicateNames: json((d, each) => each((i) => d.services.push({ ...d.services[0], vip: address(i) }))),
  duplicateServices: json((d, each) => each((i) => d.services.push({ ...d.services[0], name: `s${i}` }))),
  duplicateAddresses: json((d, each) => each((i) => (d.hosts[`h${i}`] = { address: "10.0.0.11/8" }))),
  duplicateRealServers: json((d, each) => {
    d.services[0].realservers = each((i) => ({ address: address(0), port: 1 + (i >> 1) }));
  }),
  vipsOutside: json((d, each) =>
    each((i) => d.services.push({ ...d.services[0], name: `s${i}`, vip: address(i).replace("10", "11") })),
  ),
  vipsAmongHosts: json((d, each) => {
    each((i) => (d.hosts[`h${i}`] = { address: `${address(i)}/8`, gateway: "10.0.0.254" }));
    each((i) => d.services.push({ ...d.services[0], name: `s${i}`, vip: address(i).replace("10.1", "10.200") }));
  }),
  hiddenMounts: json((d, each) => {
    d.nfs = nfs([{ path: "/srv", clients: { "10.0.0.0/8": ["rw"] } }]);
    d.hosts.web2.mounts = each((i) => ({ target: `/mnt/a${i}`, export: "/srv" }));
    d.hosts.web2.mounts.push({ target: "/mnt", export: "/srv" });
  }),
  nestedExports: json((d, each) => {
    d.nfs = nfs(each((i) => ({ path: i === 0 ? "/srv" : `/srv/a${i}`, clients: { "10.0.0.0/8": ["rw"] } })));
  }),
  yamlUnknownKeys: yaml((count) => range(count, (i) => `key${i}: 1\n`).join("")),
  yamlDuplicateKeys: yaml((count) => range(count, () => "name: x\n").join("")),
  yamlAliases: yaml((count) => `x:\n - &a [1]\n${range(count, () => " - *a\n").join("")}`),
  yamlUnresolvedAliases: yaml((count) => `x:\n${range(count, (i) => ` - *a${i}\n`).join("")}`),
  yamlBomb: yaml((levels) => {
    const level = (i) => `x${i}: &x${i} [${range(10, () => (i === 0 ? "x" : `*x${i - 1}`)).join(", ")}]\n`;
    return range(levels + 3, level).join("");
  }),
};

const [kind, count] = process.argv.slice(2);
process.stdout.write(kinds[kind](Number(count)));
