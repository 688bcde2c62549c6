/** Values that are others in the description than in the input are told, and what a virtual server passes on is passed on. */
import { expect, test } from "vitest";
import { builtRules, importText, missesOf } from "./inputs.ts";

const service = (inside: string, of = ""): string =>
  `virtual_server 192.0.2.80 80 {\n  lb_algo wrr\n  lb_kind DR\n  protocol TCP\n${inside}\n  real_server 192.0.2.11 80 {\n${of}\n  }\n}\n`;

test("the weight of a virtual server is that of its real servers", async () => {
  const imported = await importText(service("  real_server 192.0.2.12 80 {\n    weight 7\n  }\n  weight 5"));
  expect(imported.misses).toEqual([]);
  expect(await builtRules(imported)).toBe(
    "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 5\n-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 7\n",
  );
});

test("a second kind of tunnel does not change the first", async () => {
  const imported = await importText(
    service(
      "  real_server 192.0.2.12 80 {\n    lvs_method TUN type gue port 6080\n  }\n  real_server 192.0.2.13 80 {\n    lvs_method TUN type gre\n  }",
      "    lvs_method TUN type gue port 6080",
    ),
  );
  expect(missesOf(imported)).toEqual(["8: a service has tunnels of one type"]);
  expect(await builtRules(imported)).toBe(
    "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum\n-a -t 192.0.2.80:80 -r 192.0.2.12:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum\n",
  );
});

test.each([
  ["retry 500", "a check asks again 100 times at most"],
  ["connect_timeout 0.1", "a check has whole seconds, within bounds: 1 stands there"],
  ["delay_loop 0.2", "a check has whole seconds, within bounds: 1 stands there"],
  ["delay_loop 2.5", "a check has whole seconds, within bounds: 3 stands there"],
])("%s", async (setting, reason) => {
  expect(missesOf(await importText(service(`  ${setting}`, "    TCP_CHECK {\n    }")))).toContain(`5: ${reason}`);
  expect(missesOf(await importText(service("", `    TCP_CHECK {\n      ${setting}\n    }`)))).toContain(`8: ${reason}`);
});

test("a port that is none", async () => {
  const imported = await importText(service("", "    TCP_CHECK {\n      connect_port 70000\n    }"));
  expect(missesOf(imported)).toContain("8: no number that keepalived would take");
});

test("a weight of ldirectord beyond the kernel's", async () => {
  const imported = await importText("virtual=192.0.2.80:80\n  real=192.0.2.11:80 gate 99999\n");
  expect(missesOf(imported)).toEqual(["2: a number beyond 65535, which stands in its place"]);
});
