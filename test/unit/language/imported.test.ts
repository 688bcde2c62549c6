/** What `import` says of inputs, and writes above what it makes of them: in Chinese no English is left, and the values are the same. */
import { describe, expect, test } from "vitest";
import { commentsOf } from "../../../src/draft/draft.ts";
import { type Imported, titleOf } from "../../../src/import/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { compared, site } from "../import/compare-files.ts";
import { importTexts } from "../import/inputs.ts";
import { englishIn } from "./english-left.ts";
import { faultsOf } from "./typography.ts";

const { imported: say } = chinese;

const keepalived = `global_defs {
  router_id LVS1
  notification_email { a@b.example }
  bfd_rlimit_rttime 5
}
vrrp_instance VI_1 {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 100
  authentication { auth_type PASS
    auth_pass 1111 }
  virtual_ipaddress { 192.168.80.188 }
  track_interface { eth1 }
}
virtual_server 192.168.80.188 80 {
  delay_loop 6
  lb_algo rrr
  lb_kind DR
  quorum 2
  protocol TCP
  real_server 192.168.80.12 80 { weight 1
    HTTP_GET { url { path /  digest abc } connect_timeout 3 } }
  real_server 192.168.80.13 80 { weight 0
    MISC_CHECK { misc_path /bin/true } }
}
virtual_server web.example.net 443 {
}
`;

const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "keepalived.conf": { "keepalived.conf": keepalived },
  "rules of ipvsadm": {
    rules:
      "-A -t 192.0.2.80:80 -s rrr -p 300 -M 255.0.255.0\n-a -t 192.0.2.80:80 -r 192.0.2.11:8080 -g -w 0\n-a -t 192.0.2.80:80 -r www:80 -g\n-A -f 7 -s sh -b constructor\n-a -f 7 -r 192.0.2.11:0 -i\n--set 1 2\n-E -t 192.0.2.9:1\n",
  },
  "ldirectord.cf": {
    "ldirectord.cf":
      "checktimeout=3\nquiescent=no\nemailalert=a@b.example\nvirtual=192.0.2.80:80\n\treal=192.0.2.11:80 gate 5\n\treal=192.0.2.12:81 gate 5\n\tfallback=127.0.0.1:80 gate\n\tservice=ftp\n\tchecktype=negotiate\n\tscheduler=wrr\n\tnonsense=1\n",
  },
  "files of hosts": site,
  "a script": {
    "director.sh":
      '#!/bin/bash\nVIP=192.0.2.80\nipvsadm -C\nipvsadm -A -t $VIP:80 -s rr\nfor n in 11 12; do\n  ipvsadm -a -t $VIP:80 -r 192.0.2.$n -g\ndone\nipvsadm -a -t "$UNKNOWN:80" -r 192.0.2.13 -g\nip addr add $VIP/32 dev eth0\necho 1 > /proc/sys/net/ipv4/ip_forward\niptables -t mangle -A PREROUTING -m state -j MARK --set-mark 5\n',
  },
};

/** Everything that is told of an import. */
function told({ misses, assumptions, refusals, files, description }: Imported): string[] {
  return [
    ...misses.flatMap(({ reason, remedy, place }) => [reason, remedy, place.via ?? ""]),
    ...assumptions.flatMap(({ what, why }) => [what, why]),
    ...refusals.flatMap(({ message, hint }) => [message, hint]),
    ...files.map(({ kind }) => titleOf(kind)),
    ...commentsOf(description.top),
  ].filter((text) => text !== "");
}

const leftIn = (texts: readonly string[]): string[] =>
  texts.map(say).filter((text) => englishIn(text).length > 0 || faultsOf(text).length > 0);

describe.each(Object.entries(inputs))("%s", (_name, texts) => {
  test("is told of in Chinese", async () => {
    const imported = await importTexts(texts);
    expect(told(imported).length).toBeGreaterThan(8);
    expect(leftIn(told(imported))).toEqual([]);
  });

  test("gives the same values in both languages, and asks for documents in that of who reads", async () => {
    const values = (text: string): string[] => text.split("\n").filter((line) => !/^\s*\/\//.test(line));
    const [english, spoken] = [await importTexts(texts), await importTexts(texts, { spoken: chinese })];
    const meant = '  "language": "zh",';
    expect(values(spoken.text)).toContain(meant);
    expect(values(spoken.text).filter((line) => line !== meant)).toEqual(values(english.text));
    expect(spoken.text).toMatch(/\p{Script=Han}/u);
    expect(english.text).not.toMatch(/\p{Script=Han}/u);
  });
});

test("all of it is compared in Chinese", async () => {
  const comparisons = await Promise.all(Object.values(inputs).map((texts) => compared(texts)));
  const all = comparisons
    .flatMap(({ differences, notCompared, missing }) => [
      ...differences.flatMap(({ what, reason, remedy, was, becomes }) => [what, reason, remedy, was, becomes]),
      ...notCompared.flatMap(({ what, why }) => [what, why]),
      ...missing.flatMap(({ reason, remedy }) => [reason, remedy]),
    ])
    .filter((text) => text !== null && text !== "")
    .map(String);
  expect(all.length).toBeGreaterThan(20);
  expect(leftIn(all)).toEqual([]);
});
