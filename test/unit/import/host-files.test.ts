/** A host's own files say what the table cannot: names, systems, interfaces, networks, gateways, mounts and exports. */
import { describe, expect, test } from "vitest";
import { builtRules, errorsOf, importTexts, outcomes } from "./inputs.ts";

const rules = `-A -t 192.0.2.80:80 -s rr
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1
`;

const plain = (text: string): string => text.replaceAll(/\s+/g, " ");

test("a director and its real servers become one description without an assumption", async () => {
  const imported = await importTexts({
    "lvs1/etc/sysconfig/ipvsadm": rules,
    "lvs1/etc/sysconfig/network-scripts/ifcfg-ens33":
      "DEVICE=ens33\nBOOTPROTO=none\nIPADDR=192.0.2.1\nNETMASK=255.255.255.0\nGATEWAY=192.0.2.254\n",
    "lvs1/etc/sysconfig/network-scripts/ifcfg-ens33:0": "DEVICE=ens33:0\nIPADDR=192.0.2.80\nNETMASK=255.255.255.255\n",
    "lvs1/etc/os-release": 'NAME="CentOS Linux"\nID="centos"\nVERSION_ID="7"\n',
    "lvs1/etc/hostname": "director.example.net\n",
    "web1/etc/network/interfaces":
      "auto lo eth0\niface lo inet loopback\niface eth0 inet static\n  address 192.0.2.11/24\n  gateway 192.0.2.254\n  up ip addr add 192.0.2.80/32 dev lo\n",
    "web1/etc/os-release": 'ID=debian\nVERSION_ID="12"\n',
    "web1/etc/sysctl.d/lvs.conf": "net.ipv4.conf.all.arp_ignore = 1\nvm.swappiness = 10\n",
    "web1/etc/fstab": "/dev/sda1 / ext4 defaults 0 1\n192.0.2.12:/srv/www /var/www nfs defaults,ro 0 0\n",
    "web2/etc/netplan/01.yaml":
      "network:\n  version: 2\n  ethernets:\n    eth0:\n      addresses:\n        - 192.0.2.12/24\n      routes:\n        - to: default\n          via: 192.0.2.254\n",
    "web2/etc/os-release": 'ID=ubuntu\nVERSION_ID="22.04"\n',
    "web2/etc/exports": "/srv/www 192.0.2.0/24(ro,sync) \\\n  *(ro)\n",
  });
  expect(errorsOf(imported)).toEqual([]);
  expect(await builtRules(imported)).toBe(rules);
  expect(imported.assumptions).toEqual([]);
  const text = plain(imported.text);
  expect(text).toContain(
    '"director.example.net": { "address": "192.0.2.1/24", "network": "ifcfg", "gateway": "192.0.2.254" }'.replace(
      '"network": "ifcfg", ',
      "",
    ),
  );
  expect(text).toContain(
    '"web1": { "address": "192.0.2.11/24", "interface": "eth0", "platform": "debian12", "gateway": "192.0.2.254", "mounts": [ { "source": "192.0.2.12:/srv/www", "target": "/var/www", "options": ["ro"] } ]',
  );
  expect(text).toContain('{ "host": "web1" }, { "host": "web2" }');
  expect(text).toContain('{ "path": "/srv/www", "clients": { "192.0.2.0/24": ["ro", "sync"], "*": ["ro"] } }');
  expect(imported.misses).toEqual([]);
  expect(text).toContain('"sysctls": { "vm.swappiness": "10" }');
});

describe("each back end", () => {
  test.each([
    [
      "a keyfile",
      "etc/x.nmconnection",
      "[connection]\nid=lan\ntype=ethernet\ninterface-name=ens3\n\n[ipv4]\nmethod=manual\naddress1=192.0.2.11/24,192.0.2.254\n\n[ipv6]\nmethod=manual\naddress1=2001:db8::11/64\n",
      '"address": "192.0.2.11/24", "address6": "2001:db8::11/64"',
    ],
    [
      "a file of networkd",
      "etc/10.network",
      "[Match]\nName=ens3\n\n[Network]\nAddress=192.0.2.11/24\nGateway=192.0.2.254\n",
      '"address": "192.0.2.11/24"',
    ],
    [
      "an ifcfg file with numbers",
      "etc/ifcfg-ens3",
      'ONBOOT=yes\nIPADDR0="192.0.2.11"\nPREFIX0="24"\nIPV6ADDR=2001:db8::11/64\n',
      '"address": "192.0.2.11/24", "address6": "2001:db8::11/64"',
    ],
    [
      "interfaces with a mask",
      "etc/interfaces",
      "iface ens3 inet static\naddress 192.0.2.11\nnetmask 255.255.255.0\ngateway 192.0.2.254\n",
      '"address": "192.0.2.11/24"',
    ],
  ])("%s", async (_name, file, text, wanted) => {
    const imported = await importTexts({ rules, [`web1/${file}`]: text });
    expect(errorsOf(imported)).toEqual([]);
    expect(plain(imported.text)).toContain(wanted);
    expect(plain(imported.text)).toContain('{ "host": "web1" }');
  });

  test("further addresses of the default interface, and of others", async () => {
    const imported = await importTexts({
      rules,
      "web1/a.network": "[Match]\nName=ens3\n[Network]\nAddress=192.0.2.11/24\nAddress=198.51.100.11/24\n",
      "web1/b.network": "[Match]\nName=ens4\n[Network]\nAddress=203.0.113.11/24\nAddress=10.0.0.11/24\n",
    });
    expect(errorsOf(imported)).toEqual([]);
    expect(plain(imported.text)).toContain('"addresses": ["198.51.100.11/24"]');
    expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([
      "web1/b.network:5 a further address on ens4, which is not the host's default interface",
    ]);
  });

  test("an address by DHCP is asked for", async () => {
    const imported = await importTexts({ rules, "web1/ifcfg-eth0": "DEVICE=eth0\nBOOTPROTO=dhcp\n" });
    expect(imported.misses.map(({ reason }) => reason)).toEqual(["the address comes by DHCP and stands in no file"]);
  });

  test("keys of networks are nowhere", async () => {
    const imported = await importTexts({
      rules,
      "web1/wifi.nmconnection":
        "[connection]\nid=w\ntype=wifi\n[wifi-security]\npsk=geheim1\n[802-1x]\nidentity=person2\npassword=geheim3\n",
      "web1/01.yaml":
        "network:\n  version: 2\n  wifis:\n    wlan0:\n      access-points:\n        net:\n          password: geheim4\n  tunnels:\n    wg0:\n      key: geheim5\n",
      "web1/fstab": "//nas/share /mnt cifs username=person6,password=geheim7 0 0\n",
    });
    expect(JSON.stringify(imported.lines) + imported.text).not.toMatch(/geheim|person/);
  });
});

test("/etc/hosts says what names of other files stand for", async () => {
  const imported = await importTexts({
    "lvs1/rules": "-A -t www:80 -s rr\n-a -t www:80 -r web1:80 -m -w 1\n",
    "lvs1/etc/hosts": "127.0.0.1 localhost\n192.0.2.80 www www.example.net\n192.0.2.11 web1 # a comment\n",
  });
  expect(await builtRules(imported)).toBe("-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -m -w 1\n");
  expect(outcomes(imported).every((line) => line.includes("taken"))).toBe(true);
});

test("of two directors the one with the higher priority is first, and files that are included are read once", async () => {
  const instance = (priority: number): string =>
    `vrrp_instance V {\n  interface eth0\n  virtual_router_id 9\n  priority ${priority}\n}\ninclude conf.d/*.conf\n`;
  const server =
    "virtual_server 192.0.2.80 80 {\n  lb_kind DR\n  protocol TCP\n  real_server 192.0.2.11 80 {\n  }\n}\n";
  const files = {
    "a/etc/conf.d/web.conf": server,
    "a/etc/keepalived.conf": instance(90),
    "a/etc/ifcfg-eth0": "DEVICE=eth0\nIPADDR=192.0.2.1\nPREFIX=24\n",
    "a/etc/motd": "Welcome\n",
    "b/etc/keepalived.conf": instance(150),
    "b/etc/conf.d/web.conf": server,
    "b/etc/ifcfg-eth0": "DEVICE=eth0\nIPADDR=192.0.2.2\nPREFIX=24\n",
  };
  const imported = await importTexts(files, { includes: { "conf.d/web.conf": server } });
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.text).toContain('"directors": ["b", "a"]');
  expect(imported.text.match(/"routerId": 9/g)).toHaveLength(1);
  expect(imported.skipped).toEqual(["a/etc/motd"]);
});

test("files of a host whose address nobody says are told, and taken once an option says it", async () => {
  const files = {
    rules,
    "web1/etc/fstab": "192.0.2.9:/srv /mnt nfs ro 0 0\n",
    "web1/etc/sysctl.d/x.conf": "vm.swappiness = 10\n",
  };
  const bare = await importTexts(files);
  expect(bare.misses.map(({ place, reason }) => `${place.file} ${reason}`)).toEqual([
    "web1/etc/fstab no file says the address of web1",
    "web1/etc/sysctl.d/x.conf no file says the address of web1",
  ]);
  const told = await importTexts(files, { realServers: [{ name: "web1", cidr: "192.0.2.11/24" }] });
  expect(told.misses).toEqual([]);
  expect(errorsOf(told)).toEqual([]);
  expect(plain(told.text)).toContain(
    '"web1": { "address": "192.0.2.11/24", "mounts": [ { "source": "192.0.2.9:/srv", "target": "/mnt", "options": ["ro"] } ], "sysctls": { "vm.swappiness": "10" } }',
  );
});
