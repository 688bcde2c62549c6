/** What verify finds out of keepalived and of its real servers: the questions, the history, the processes. */

import { spawn, spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** Without blocking this process, which may be the one that is asked. */
function bash(program: string, ...words: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn("bash", ["-c", `set -Eeuo pipefail\nexport LC_ALL=C\n${program}`, "bash", runtime, ...words]);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (piece) => (stdout += piece));
    child.stderr.on("data", (piece) => (stderr += piece));
    child.on("close", (status) => {
      try {
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        done(stdout);
      } catch (error) {
        fail(error);
      }
    });
  });
}

const sources = `
declare -A loaded=() is_sorry=() may_be_missing=() unit_of=([keepalived.service]='loaded enabled active') service_of=()
load_units() { :; }
source "$1/engine/words.sh"; source "$1/facts/table-lines.sh"; source "$1/facts/table-texts.sh"; source "$1/facts/ipvs.sh"; source "$1/facts/health.sh"
source "$1/facts/checks.sh"; source "$1/facts/history.sh"; source "$1/facts/senders.sh"; source "$1/kinds/service-health.sh"
watched=keepalived.service script=director.sh watched_file=/etc/keepalived/keepalived.conf peers=() failure=''
`;

async function configuration(description: object): Promise<{ text: string; rules: string }> {
  const { bundle, diagnostics } = await compile(JSON.stringify(description));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const file = (end: string): string => bundle?.files.find(({ path }) => path.endsWith(end))?.chunks.join("") ?? "";
  return { text: file("keepalived.conf"), rules: file("/ipvsadm.rules") };
}

function cluster(services: readonly object[]): object {
  return {
    version: 1,
    name: "pair",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: {
      lvs1: { address: "192.168.80.10/24", address6: "fd00:80::10/64" },
      web1: { address: "192.168.80.12/24", address6: "fd00:80::12/64" },
      web2: { address: "192.168.80.13/24", address6: "fd00:80::13/64" },
    },
    directors: ["lvs1"],
    ha: {},
    services,
  };
}

const both = [{ host: "web1" }, { host: "web2" }];

test("the file's checks have the names of the table's entries", async () => {
  const { text, rules } = await configuration(
    cluster([
      {
        name: "a",
        vip: "192.168.80.188",
        port: 80,
        realservers: both,
        check: { type: "http", path: "/a", status: 200, body: "k.g c" },
      },
      {
        name: "b",
        vip: "fd00:80::188",
        port: 443,
        realservers: both,
        check: { type: "https", name: "www.example.org", verify: false },
      },
      { name: "c", vip: "192.168.80.188", port: 53, protocol: "udp", realservers: both, check: { type: "udp" } },
      {
        name: "d",
        fwmark: 7,
        match: [{ vip: "192.168.80.189", port: "8000-8010", protocol: "tcp" }],
        realservers: both,
        check: { type: "tcp", port: 8001 },
      },
    ]),
  );
  const out = await bash(
    `${sources}
watched_text=$2; load_checks
for entry in "\${checked[@]}"; do printf '%s = %s%s\n' "$entry" "\${check_of[$entry]}" "\${text_of_check[$entry]:+ <\${text_of_check[$entry]}>}"; done`,
    text,
  );
  const lines = out.trimEnd().split("\n");
  expect(lines).toMatchInlineSnapshot(`
    [
      "-t 192.168.80.188:80 192.168.80.12:80 = HTTP_GET 80 3 5 200 - /a <k.g c>",
      "-t 192.168.80.188:80 192.168.80.13:80 = HTTP_GET 80 3 5 200 - /a <k.g c>",
      "-t [fd00:80::188]:443 [fd00:80::12]:443 = SSL_GET 443 3 5 200-399 www.example.org /",
      "-t [fd00:80::188]:443 [fd00:80::13]:443 = SSL_GET 443 3 5 200-399 www.example.org /",
      "-u 192.168.80.188:53 192.168.80.12:53 = UDP_CHECK 53 3 5 - - -",
      "-u 192.168.80.188:53 192.168.80.13:53 = UDP_CHECK 53 3 5 - - -",
      "-f 7 192.168.80.12:0 = TCP_CHECK 8001 3 5 - - -",
      "-f 7 192.168.80.13:0 = TCP_CHECK 8001 3 5 - - -",
    ]
  `);
  // The table has them under the same names.
  const entries = rules.split("\n").flatMap((line) => /^-a (.*) -r (\S+)/.exec(line)?.slice(1).join(" ") ?? []);
  expect(lines.map((line) => line.slice(0, line.indexOf(" = "))).sort()).toEqual(entries.sort());
});

describe("the question of a check, asked by the script", () => {
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.statusCode = request.url === "/gone" ? 404 : 200;
      response.end(`${"x".repeat(70_000)} served for ${request.headers.host} \0 kgc.\n`);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  const ask = (type: string, url: string, at = port): Promise<string> =>
    bash(
      `${sources}
watched_text=$2; load_checks; code=0; ask_check "-t 127.0.0.1:80 127.0.0.1:$3" || code=$?; printf %s "$code"`,
      `virtual_server 127.0.0.1 80 {
    delay_loop 2
    protocol TCP
    real_server 127.0.0.1 ${at} {
        weight 1
        ${type} {
${url}
            connect_timeout 2
            retry 1
            warmup 0
        }
    }
}`,
      String(at),
    );
  const page = (path: string, status: string, more = ""): string =>
    `            url {\n                path ${path}\n                status_code ${status}\n${more}            }`;

  test.each([
    ["a connection", "TCP_CHECK", "", "0"],
    ["a page", "HTTP_GET", page("/", "200"), "0"],
    ["a page of any good status", "HTTP_GET", page("/", "200-399"), "0"],
    ["another status", "HTTP_GET", page("/gone", "200"), "1"],
    ["a status that is wanted", "HTTP_GET", page("/gone", "404"), "0"],
    ["a text far down", "HTTP_GET", page("/", "200", '                regex "kgc\\\\x2e"\n'), "0"],
    ["a text that is not there", "HTTP_GET", page("/", "200", '                regex "kgcx"\n'), "1"],
    [
      "the name that is asked for",
      "HTTP_GET",
      page("/", "200", '                virtualhost www.example.org\n                regex "www\\\\x2eexample"\n'),
      "0",
    ],
    ["UDP, which cannot be asked", "UDP_CHECK", "", "2"],
  ])("%s", async (_name, type, url, code) => {
    expect(await ask(type, url)).toBe(code);
  });

  test("a port where nobody listens", async () => {
    expect(await ask("TCP_CHECK", "", 1)).toBe("1");
    expect(await ask("HTTP_GET", page("/", "200"), 1)).toBe("1");
  });

  test("a port that takes a connection and never answers: nothing is said of it", async () => {
    const mute = createSocketServer(() => {});
    await new Promise<void>((done) => mute.listen(0, "127.0.0.1", done));
    try {
      expect(await ask("HTTP_GET", page("/", "200"), (mute.address() as AddressInfo).port)).toBe("1");
    } finally {
      mute.close();
    }
  });

  /** verify of one service, with the table that is there at each look, the last of them for ever. */
  const prove = (tables: readonly string[], { ports = [port, 1], more = "" } = {}): Promise<string> =>
    bash(
      `${sources}
tables=("\${@:3}") look=0
load_services() {
  [[ -z \${loaded[service]:-} ]] || return 0
  loaded[service]=1 live_weights=() service_of=(['-t 127.0.0.1:80']=\${tables[look]})
  ((look + 1 >= \${#tables[@]})) || look=$((look + 1))
}
watched_text=$2
r_kind=(service) r_name=('-t 127.0.0.1:80')
${more}
r_state=("$state"); load_services
service_prove "\${r_name[0]}" && printf proved || printf '%s' "\${failure%%$'\\n'*}"`,
      `virtual_server 127.0.0.1 80 {
    delay_loop 1
    protocol TCP
${ports
  .map(
    (one) => `    real_server 127.0.0.1 ${one} {
        weight 1
        TCP_CHECK {
            connect_timeout 1
            retry 1
            warmup 0
        }
    }`,
  )
  .join("\n")}
}`,
      ...tables,
    );
  const table = (...servers: readonly string[]): string =>
    [
      "-A -t 127.0.0.1:80 -s wrr",
      ...servers.map((one) => `-a -t 127.0.0.1:80 -r 127.0.0.1:${one.replace(" ", " -g -w ")}`),
    ].join("\n");
  const state = (...servers: readonly string[]): string => `state='${table(...servers)}'`;

  test("one that answers and stays at 0 is stuck, one that does not answer is down", async () => {
    const said = await prove([table(`${port} 0`, "1 0", "2 1")], { more: state(`${port} 3`, "1 1", "2 1") });
    expect(said).toMatch(new RegExp(`^127.0.0.1:${port} gets no clients, and answers its check`));
  });
  test("one that comes back with the next check is none", async () => {
    const out = table(`${port} 0`, "2 1");
    expect(await prove([out, out, table(`${port} 3`, "2 1")], { more: state(`${port} 3`, "2 1") })).toBe("proved");
  });
  test("nor is one that is out of rotation", async () => {
    expect(await prove([table(`${port} 0`, "2 1")], { more: state(`${port} 0`, "2 1") })).toBe("proved");
  });
  test("one that is down is health, all of them without a sorry server a fault", async () => {
    expect(await prove([table("1 0", "2 1")], { more: state("1 1", "2 1") })).toBe("proved");
    expect(await prove([table("1 0")], { more: state("1 1") })).toMatch(/^no real server answers/);
    const sorry = `is_sorry['-t 127.0.0.1:80 127.0.0.1:9']=1; ${state("1 1", "9 0")}`;
    expect(await prove([table("1 0", "9 1")], { more: sorry })).toBe("proved");
    expect(await prove([table("1 0", "9 0")], { more: sorry })).toMatch(/^no real server answers/);
  });
});

/** As `journalctl -o short-iso` has it. */
const journal = (...said: readonly string[]): string =>
  said.map((text, index) => `2026-11-26T19:00:0${index}+0000 lvs1 Keepalived_vrrp[${77 + index}]: ${text}`).join("\n");

describe("what keepalived has said", () => {
  const history = (text: string, show: string): Promise<string> =>
    bash(
      `${sources}\ntimeout() { printf '%s\\n' "$text"; }\ntext=$2; load_history; load_senders -10min; ${show}`,
      text,
    );

  test.each([
    ["2.2", ["(pair-v4) Entering BACKUP STATE (init)", "(pair-v4) Entering MASTER STATE"]],
    ["1.3.5", ["VRRP_Instance(pair-v4) Entering BACKUP STATE", "VRRP_Instance(pair-v4) Entering MASTER STATE"]],
  ])("who is master since when: %s", async (_release, said) => {
    const show = `printf '%s %s' "\${vrrp_state[pair-v4]}" "\${vrrp_since[pair-v4]}"`;
    expect(await history(journal(...said), show)).toBe("MASTER 2026-11-26 19:00:01");
    // What is said again is no change.
    expect(await history(journal(...said, said[1] ?? ""), show)).toBe("MASTER 2026-11-26 19:00:01");
  });

  test.each([
    [
      "2.2",
      [
        "TCP connection to [192.168.80.12]:tcp:80 failed.",
        "TCP_CHECK on service [192.168.80.12]:tcp:80 failed after 1 retries.",
        "Disabling service [192.168.80.12]:tcp:80 from VS [192.168.80.188]:tcp:80",
        "Enabling service [192.168.80.12]:tcp:80 to VS [192.168.80.188]:tcp:80",
      ],
      "192.168.80.188:80 192.168.80.12:80",
      "[192.168.80.12]:80",
    ],
    [
      "1.3.5",
      [
        "TCP connection to [192.168.80.12]:80 failed.",
        "Check on service [192.168.80.12]:80 failed after 1 retry.",
        "Disabling service [192.168.80.12]:80 from VS FWM 7",
        "Enabling service [192.168.80.12]:80 to VS FWM 7",
      ],
      "FWM 7 192.168.80.12:80",
      "[192.168.80.12]:80",
    ],
    [
      "IPv6",
      [
        "Error connecting server [fd00:80::12]:tcp:80.",
        "HTTP_CHECK on service [fd00:80::12]:tcp:80 failed after 1 retries.",
        "Removing service [fd00:80::12]:tcp:80 from VS [fd00:80::188]:tcp:80",
        "Adding service [fd00:80::12]:tcp:80 to VS [fd00:80::188]:tcp:80",
      ],
      "[fd00:80::188]:80 [fd00:80::12]:80",
      "[fd00:80::12]:80",
    ],
  ])("who failed when, and why: %s", async (_release, said, key, server) => {
    const show = `printf '%s|%s|%s' "\${failed_at['${key}']:-}" "\${back_at['${key}']:-}" "\${failed_why['${server}']:-}"`;
    expect((await history(journal(...said), show)).split("|").slice(0, 2)).toEqual([
      "2026-11-26 19:00:02",
      "2026-11-26 19:00:03",
    ]);
    expect((await history(journal(...said), show)).split("|")[2]).toBe(
      said[0] === undefined ? "" : said[1]?.startsWith("Check") ? said[1] : said[0],
    );
  });

  test("who speaks and is not known", async () => {
    const said = journal(
      "(pair-v4) received lower priority (100) advert from 192.168.80.77 - discarding",
      "(pair-v4) Master received advert from 192.168.80.11 with higher priority 254, ours 253",
      "(pair-v4) unicast source address 192.168.80.78 not a unicast peer",
      "(pair-v4) ip address associated with VRID 80 not present in advert from 192.168.80.79: 10.0.0.1",
    );
    expect(await history(said, 'printf %s "$heard_from"')).toBe(
      " 192.168.80.77 192.168.80.11 192.168.80.78 192.168.80.79 ",
    );
  });
});

const isRoot = process.getuid?.() === 0 && spawnSync("unshare", ["-pf", "--mount-proc", "true"]).status === 0;

/** In a space of processes of its own, where the shell is the first of them. */
test.skipIf(!isRoot)("a process of keepalived's that is missing", () => {
  const missing = (children: string, more = "", named = "named"): string => {
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      [
        "-pf",
        "--mount-proc",
        "bash",
        "-c",
        `set -Eeuo pipefail
source "$1/kinds/table-keepalived-proof.sh"
checks_named=${named} text=$'\\nvrrp_instance x {\\n'
called() { printf '%s' "$1" >/proc/$BASHPID/comm; }
${more}
(called keepalived; for name in ${children}; do (called $name; exec 9<>/dev/null; while :; do read -r -t 1 <> <(:) || :; done) & done; wait) &
for name in keepalived ${children}; do names+=("$name"); done
# Each as often as it is to be there: other processes come and go on a machine that is busy.
all_run() { local name; for name in "\${names[@]}"; do (( $(grep -cx "$name" <<<"$running") >= $(printf '%s\\n' "\${names[@]}" | grep -cx "$name") )) || return 1; done; }
until running=$(cat /proc/[0-9]*/comm 2>/dev/null) || :; all_run; do :; done
find_missing
printf %s "$missing"
kill -9 -1`,
        "bash",
        runtime,
      ],
      { encoding: "utf8", timeout: 60_000 },
    );
    expect({ status: status === 137 || status === null || status === 0, stderr }).toEqual({ status: true, stderr: "" });
    return stdout;
  };
  expect(missing("keepalived lvsgen-1a2b3c4d")).toBe("");
  expect(missing("keepalived")).toBe("the process of the health checks");
  expect(missing("lvsgen-1a2b3c4d")).toBe("the process of VRRP");
  expect(missing("lvsgen-1a2b3c4d", "text=''")).toBe("");
  expect(missing("keepalived", "", "unnamed")).toBe("the process of the health checks, or that of VRRP,");
  expect(missing("keepalived keepalived", "", "unnamed")).toBe("");
});

describe("the weight that an entry is put back with", () => {
  const key = "-t 127.0.0.1:80";
  const entries = (...servers: readonly string[]): string =>
    [`-A ${key} -s wrr`, ...servers.map((one) => `-a ${key} -r 127.0.0.1:${one.replace(" ", " -g -w ")}`)].join("\n");
  const file = (...ports: readonly number[]): string =>
    `virtual_server 127.0.0.1 80 {\n    delay_loop 1\n    protocol TCP\n${ports
      .map(
        (port) =>
          `    real_server 127.0.0.1 ${port} {\n        TCP_CHECK {\n            connect_timeout 1\n            warmup 0\n        }\n    }\n`,
      )
      .join("")}}\n`;
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer(() => {});
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  const seeded = (have: string, state: string, text: string, more = ""): Promise<string> =>
    bash(
      `${sources}
source "$1/kinds/service-seeds.sh"; root=''
text=$4; read_text() { content=$text; }; sleep() { :; }
${more}
have=$2 state=$3; with_answers '${key}'; printf %s "$state"`,
      have,
      state,
      text,
    );

  test("what answers gets its own, what does not gets 0", async () => {
    const described = entries(`${port} 3`, "1 2", "2 5");
    const have = entries("2 5");
    expect(await seeded(have, described, file(port, 1, 2))).toBe(entries(`${port} 3`, "1 0", "2 5"));
    // A weight by hand, on a dead one.
    expect(await seeded(entries(`${port} 3`, "1 9", "2 5"), described, file(port, 1, 2))).toBe(
      entries(`${port} 3`, "1 0", "2 5"),
    );
  });
  test("one that keepalived does not know yet it takes for up", async () => {
    expect(await seeded(entries("2 5"), entries("1 2", "2 5"), file(2))).toBe(entries("1 2", "2 5"));
  });
  test("nobody is asked without keepalived, nor of a new service", async () => {
    const described = entries("1 2");
    expect(await seeded("absent", described, file(1))).toBe(described);
    expect(await seeded(entries("2 5"), described, file(1), "health_decides() { false; }")).toBe(described);
  });
});

describe("status", () => {
  const conf = `
vrrp_instance pair-v4 {
    virtual_ipaddress {
        192.168.80.188/32 dev ens33 label ens33:pair
    }
}
`;
  const entries = (...servers: readonly string[]): string =>
    [
      "-A -t 192.168.80.188:80 -s wrr",
      ...servers.map((one) => `-a -t 192.168.80.188:80 -r 192.168.80.${one.replace(" ", ":80 -g -w ")}`),
    ].join("\n");
  const said = journal(
    "(pair-v4) Entering BACKUP STATE (init)",
    "(pair-v4) Entering MASTER STATE",
    "TCP connection to [192.168.80.13]:tcp:80 failed.",
    "Disabling service [192.168.80.13]:tcp:80 from VS [192.168.80.188]:tcp:80",
    "Error connecting server [192.168.80.12]:tcp:80.",
    "Disabling service [192.168.80.12]:tcp:80 from VS [192.168.80.188]:tcp:80",
    "Enabling service [192.168.80.12]:tcp:80 to VS [192.168.80.188]:tcp:80",
  );
  const told = (command: string, more = ""): Promise<string> =>
    bash(
      `${sources}
source "$1/engine/text.sh"; source "$1/engine/spoken.sh"; source "$1/engine/output.sh"; source "$1/kinds/table-keepalived-told.sh"
root='' quiet='' json='' command=${command} journal=$2 watched_text=$3
timeout() { printf '%s\\n' "$journal"; }
declare -A address_of=()
load_services() { service_of=(['-t 192.168.80.188:80']="$live"); }
live=$4 is_sorry=(['-t 192.168.80.188:80 192.168.80.60:80']=1)
r_kind=(service) r_name=('-t 192.168.80.188:80') r_state=("$5")
${more}
keepalived_tell`,
      said,
      conf,
      entries("12 3", "13 0", "14 0", "60 0"),
      entries("12 3", "13 1", "14 0", "60 0"),
    );

  test("who is master since when, and the health of each real server", async () => {
    expect((await told("status")).trimEnd().split("\n")).toEqual([
      "master  pair-v4 since 2026-11-26 19:00:01",
      "up  192.168.80.12:80 of -t 192.168.80.188:80; last failed 2026-11-26 19:00:05, back 2026-11-26 19:00:06",
      "down  192.168.80.13:80 of -t 192.168.80.188:80: it does not answer, and gets no clients; since 2026-11-26 19:00:03: TCP connection to [192.168.80.13]:tcp:80 failed.",
      "drained  192.168.80.14:80 of -t 192.168.80.188:80",
      "spare  192.168.80.60:80 of -t 192.168.80.188:80",
    ]);
  });
  test("as JSON", async () => {
    const events = (await told("status", "json=1 events=1 run_id=one"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(events[0]).toEqual({
      time,
      event: "director",
      instance: "pair-v4",
      state: "master",
      since: "2026-11-26 19:00:01",
    });
    expect(events[2]).toEqual({
      time,
      event: "health",
      service: "-t 192.168.80.188:80",
      server: "192.168.80.13:80",
      state: "down",
      weight: 0,
      failed: "2026-11-26 19:00:03",
      back: "",
      why: "TCP connection to [192.168.80.13]:tcp:80 failed.",
    });
  });
  test("where the journal has nothing, the address tells who is master", async () => {
    expect(await told("status", "journal=''; address_of=([192.168.80.188]='ens33 ')")).toContain("master  pair-v4\n");
    expect(await told("status", "journal=''")).toContain("backup  pair-v4\n");
  });
  test("other commands tell who is down, and a sorry server in use", async () => {
    expect(await told("check")).toBe(
      "down  192.168.80.13:80 of -t 192.168.80.188:80: it does not answer, and gets no clients\n",
    );
    const live = `live='${entries("12 0", "13 0", "60 1")}'`;
    expect(await told("check", live)).toContain(
      "sorry  192.168.80.60:80 of -t 192.168.80.188:80: it stands in, for no real server answers\n",
    );
  });
});

describe("a check that would take out all", () => {
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.statusCode = request.url === "/" ? 200 : 404;
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  const file = (path: string, ...ports: readonly number[]): string =>
    `virtual_server 127.0.0.1 80 {\n    delay_loop 1\n    protocol TCP\n${ports
      .map(
        (one) =>
          `    real_server 127.0.0.1 ${one} {\n        HTTP_GET {\n            url {\n                path ${path}\n                status_code 200\n            }\n            connect_timeout 1\n            warmup 0\n        }\n    }\n`,
      )
      .join("")}}\n`;
  const live = (...servers: readonly string[]): string =>
    [
      "-A -t 127.0.0.1:80 -s wrr",
      ...servers.map((one) => `-a -t 127.0.0.1:80 -r 127.0.0.1:${one.replace(" ", " -g -w ")}`),
    ].join("\n");
  const obstacle = (described: string, table: string, { former = "", active = "active" } = {}): Promise<string> =>
    bash(
      `${sources}
source "$1/kinds/table-keepalived-asked.sh"
root='' text=$2 table=$3 former_file=$4 obstacle=''
unit_of=([keepalived.service]="loaded enabled $5")
read_text() { content=$former_file; }
load_services() { service_of=(['-t 127.0.0.1:80']=$table); [[ $table ]] || service_of=(); }
find_fatal_checks; printf '%s' "\${obstacle%%$'\\n'*}"`,
      described,
      table,
      former,
      active,
    );

  test("stops an apply where clients are served", async () => {
    expect(await obstacle(file("/gone", port), live(`${port} 1`))).toBe(
      `no real server of -t 127.0.0.1:80 answers its described check, though 127.0.0.1:${port} takes connections: all would be out, and clients refused`,
    );
  });
  test("one that is right does not, nor one that some answer", async () => {
    expect(await obstacle(file("/", port), live(`${port} 1`))).toBe("");
    expect(await obstacle(file("/", port, 1), live(`${port} 1`, "1 1"))).toBe("");
  });
  test("servers that are dead are no fault of the check", async () => {
    expect(await obstacle(file("/gone", 1), live("1 1"))).toBe("");
  });
  test("nobody is served yet, or any more", async () => {
    expect(await obstacle(file("/gone", port), "")).toBe("");
    expect(await obstacle(file("/gone", port), live(`${port} 0`))).toBe("");
  });
  test("the check that is in force already changes nothing", async () => {
    const former = file("/gone", port);
    expect(await obstacle(former, live(`${port} 1`), { former })).toBe("");
    expect(await obstacle(former, live(`${port} 1`), { former, active: "inactive" })).not.toBe("");
  });
});
