/** ldirectord.cf becomes a description that builds the table which ldirectord makes. */
import { describe, expect, test } from "vitest";
import { builtRules, errorsOf, importText, missesOf, outcomes } from "./inputs.ts";

const text = `# Global Directives
checktimeout=3
checkinterval=7
failurecount = 3
fallback=127.0.0.1:80
quiescent=yes
emailalert="admin@example.org"

virtual=192.0.2.80:80
	servicename=Web Site
	real=192.0.2.11:80 gate
	real=192.0.2.12->192.0.2.14:80 gate 5 l:10 u:20   # a range
	fallback=192.0.2.99:80 gate
	scheduler=rr
	persistent=600
	netmask=255.255.255.0
	protocol=tcp
	request="index.html"
	receive="Test Page"
	virtualhost=www.example.net

virtual=192.0.2.53:domain
        real=10.0.0.2:53 masq
        scheduler=wlc
        checktype=connect
virtual6=[2001:db8::80]:443
        real6=[2001:db8::11]:443 gate
        checktype=connect
`;

test("the services, checks and what counts for all of them", async () => {
  const imported = await importText(text);
  expect(errorsOf(imported)).toEqual([]);
  expect(await builtRules(imported)).toBe(
    `-A -t 192.0.2.80:80 -s rr -p 600 -M 255.255.255.0
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 5
-a -t 192.0.2.80:80 -r 192.0.2.13:80 -g -w 5
-a -t 192.0.2.80:80 -r 192.0.2.14:80 -g -w 5
-A -u 192.0.2.53:53 -s wlc
-a -u 192.0.2.53:53 -r 10.0.0.2:53 -m -w 1
-A -t [2001:db8::80]:443 -s wrr
-a -t [2001:db8::80]:443 -r [2001:db8::11]:443 -g -w 1
`,
  );
  expect(imported.text).toContain('"name": "Web-Site"');
  expect(imported.text.replaceAll(/\s+/g, " ")).toContain(
    '"check": { "type": "http", "path": "/index.html", "body": "Test Page", "name": "www.example.net", "interval": 7, "retries": 2 }',
  );
  expect(imported.text).toContain('"upperThreshold": 20, "lowerThreshold": 10');
  expect(imported.text).toContain('      "sorryServer": { "address": "192.0.2.99" }');
});

test("what a check asks and the system that is given cannot is a comment", async () => {
  const imported = await importText(text, { platform: "el9" });
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.text.replaceAll(/\s+/g, " ")).toContain(
    '"check": { "type": "http", "path": "/index.html", // NOT TAKEN: keepalived 2.2.4 of RHEL 9 and its rebuilds looks for no text in an answer // "body": "Test Page", "name": "www.example.net", "interval": 7, "retries": 2 }',
  );
});

describe("what is told", () => {
  const one = (line: string): string => `virtual=192.0.2.80:25\n\treal=192.0.2.11:25 gate\n\t${line}\n`;

  test.each([
    ["checktype=ping", "lvsgen asks services, not hosts by ping"],
    ["checktype=external", "lvsgen runs no scripts of others as checks"],
    ["checktype=off", "checktype=off: ldirectord brings no real server up"],
    ["service=smtp", "a check speaks no smtp: only the connection is asked for"],
    ["frobnicate=yes", 'ldirectord has no setting "frobnicate" here'],
    ["real=192.0.2.12:25 bridge", "no real server as ldirectord writes them: ADDRESS:PORT gate|masq|ipip"],
    ["real=sql01->sql03:25 gate", 'nobody says which address "sql01" is'],
    ["fallbackcommand=/bin/true", "lvsgen runs no scripts of others at a change"],
    ["netmask=255.0.255.0", "the client mask 255.0.255.0 is no prefix"],
    ["scheduler=best", "no value that ldirectord would take"],
  ])("%s", async (line, reason) => {
    const imported = await importText(one(line));
    expect(imported.misses.map((miss) => miss.reason)).toContain(reason);
    expect(imported.lines).toHaveLength(3);
  });

  test("a real server with a request of its own keeps its place in the table", async () => {
    const imported = await importText(one('real=192.0.2.12:25 gate 3 "/private", "good"'));
    expect(imported.misses.map(({ reason }) => reason)).toContain(
      "a service has one check: what this real server is asked for itself is left out",
    );
    expect(await builtRules(imported)).toContain("-r 192.0.2.12:25 -g -w 3");
  });

  test("a virtual server that cannot be read takes its lines along", async () => {
    const imported = await importText("virtual=nonsense here\n\treal=192.0.2.11:80 gate\n");
    expect(outcomes(imported).every((line) => line.includes("not-expressible"))).toBe(true);
  });
});

test("passwords and addresses of people are nowhere", async () => {
  const imported = await importText(`emailalert = ops@example.org
smtp=mail.example.org
virtual=192.0.2.80:3306
	real=192.0.2.11:3306 gate
	service=mysql
	login = "reader1"
	passwd="geheim1"
	secret="geheim2"
	database="portal3"
	request="SELECT geheim4 FROM t"
	checkcommand="/usr/bin/x -p geheim5"
a stray line geheim6
`);
  const all = JSON.stringify(imported.lines) + imported.text + JSON.stringify(imported.misses);
  expect(all).not.toMatch(/geheim|reader1|portal3|ops@|mail\.example/);
  expect(missesOf(imported)).toContain("12: no setting of ldirectord");
});

test("a fallback on the director itself is the director", async () => {
  const imported = await importText(`checkinterval=5
virtual=192.0.2.80:80
\treal=192.0.2.11:80 masq
\tfallback=127.0.0.1:80
\tprotocol=tcp
`);
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.text).toContain('"sorryServer": { "host": "lvs1", "mode": "dr" }');
});

test("what a check looks for decides which system is assumed", async () => {
  const imported = await importText(`virtual=192.0.2.80:80
\treal=192.0.2.11:80 gate
\tservice=http
\tprotocol=tcp
\treceive="It works"
`);
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.text).toContain('"platform": "debian12"');
  expect(imported.text).toContain('"body": "It works"');
});
