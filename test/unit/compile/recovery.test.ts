import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";

interface Description {
  [key: string]: unknown;
  hosts: Record<string, unknown>;
  services: Record<string, unknown>[];
}

function description(): Description {
  return {
    version: 1,
    name: "kgc",
    defaults: { platform: "el7", interface: "ens33" },
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: { address: "192.168.80.12/24" },
      web2: { address: "192.168.80.13/24" },
    },
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
  };
}

async function codesOf(edit: (value: Description) => void): Promise<string[]> {
  const value = description();
  edit(value);
  const { diagnostics } = await analyse(JSON.stringify(value, null, 2));
  return diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe("one run shows the findings of every stage", () => {
  test("schema, references and rules", async () => {
    const found = await codesOf((value) => {
      value.hosts["pc"] = { address: "192.168.80.12/24" };
      value.services[0] = {
        ...value.services[0],
        scheduler: "wrrr",
        quorum: 3,
        realservers: [{ host: "web1", port: 81 }, { host: "web2" }],
      };
      value["clients"] = ["pcc"];
      value["nam"] = "x";
    });
    expect(found).toEqual([
      "DUPLICATE_ADDRESS /hosts/pc/address",
      "REAL_SERVER_PORT_DIFFERS /services/0/realservers/0/port",
      "NOT_ONE_OF /services/0/scheduler",
      "UNKNOWN_KEY /services/0/quorum",
      "UNKNOWN_HOST /clients/0",
      "UNKNOWN_KEY /nam",
    ]);
  });

  test("a key that stands twice, and what is wrong beside it", async () => {
    const text = JSON.stringify(description()).replace('"port":80', '"port":81,"port":80,"vipInterface":"eth9"');
    const { diagnostics } = await analyse(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(["DUPLICATE_KEY", "UNKNOWN_VIP_INTERFACE"]);
  });
});

describe("a fault brings no complaint about its own consequences", () => {
  test.each<[string, (value: Description) => void, string[]]>([
    [
      "a misspelt key is taken for the one that was meant",
      ({ services: [service] }) => {
        if (service) [service["prot"], service["port"]] = [80, undefined];
      },
      ["UNKNOWN_KEY /services/0/prot"],
    ],
    ...(
      [
        ["protocol", "icmp", "NOT_ONE_OF", { port: 80, source: "10.0.0.0/8" }],
        ["port", 70000, "OUT_OF_RANGE", { port: 443 }],
        ["source", "10.0.0.0", "BAD_ADDRESS", { protocol: "tcp", source: "10.1.0.0/16" }],
        ["interface", "eth0:1", "BAD_FORMAT", { port: 80, source: "10.0.0.0/8" }],
      ] as const
    ).map(([key, wrong, code, other]): [string, (value: Description) => void, string[]] => [
      `a match without its faulty ${key} is not taken for a wider one`,
      (value) => {
        Object.assign(value["defaults"] as object, { firewall: "keep" });
        const { vip, port, ...base } = value.services[0] ?? {};
        const match = { vip, protocol: "tcp", port, source: "10.0.0.0/8", [key]: wrong };
        value.services = [
          { ...base, name: "faulty", fwmark: 1, match: [match] },
          { ...base, name: "other", fwmark: 2, match: [{ vip, ...other }] },
        ];
      },
      [`${code} /services/0/match/0/${key}`],
    ]),
    [
      "a faulty value is not called missing",
      ({ services: [service] }) => {
        if (service) service["port"] = "eighty";
      },
      ["BAD_FORMAT /services/0/port"],
    ],
    [
      "a faulty address of a host",
      ({ hosts }) => {
        hosts["web1"] = { address: "192.168.80.1200/24" };
      },
      ["BAD_ADDRESS /hosts/web1/address"],
    ],
    [
      "a faulty address of the director, and of a host with a gateway",
      ({ hosts }) => {
        hosts["lvs1"] = { address: "192.168.80.1000/24" };
        hosts["web1"] = { address: "192.168.80.12/240", gateway: "192.168.80.1" };
      },
      ["BAD_ADDRESS /hosts/lvs1/address", "BAD_ADDRESS /hosts/web1/address"],
    ],
    [
      "an unknown real server leaves no warning about the one that remains",
      ({ services: [service] }) => {
        if (service) service["realservers"] = [{ host: "web1" }, { host: "app7" }];
      },
      ["UNKNOWN_HOST /services/0/realservers/1/host"],
    ],
    [
      "an unknown director",
      (value) => {
        value["directors"] = ["lvs2"];
        value.hosts["lvs1"] = undefined;
      },
      ["UNKNOWN_HOST /directors/0"],
    ],
    [
      "an unknown NFS server leaves its exports known",
      (value) => {
        value["nfs"] = { server: "nfs9", exports: [{ path: "/srv", clients: { "192.168.80.0/24": ["rw"] } }] };
        value.hosts["web1"] = { address: "192.168.80.12/24", mounts: [{ export: "/srv", target: "/srv" }] };
      },
      ["UNKNOWN_HOST /nfs/server"],
    ],
    [
      "an unknown mode is taken for the one that was meant",
      (value) => {
        value["defaults"] = { platform: "el7", interface: "ens33", mode: "natt" };
        value.hosts["web1"] = { address: "192.168.80.12/24", gateway: "192.168.80.10" };
        value.hosts["web2"] = { address: "192.168.80.13/24", gateway: "192.168.80.10" };
      },
      ["NOT_ONE_OF /defaults/mode"],
    ],
  ])("%s", async (_name, edit, expected) => {
    expect((await codesOf(edit)).toSorted()).toEqual(expected.toSorted());
  });
});

test("the place of a real server is right when one before it could not be resolved", async () => {
  const found = await codesOf(({ services: [service] }) => {
    if (service) service["realservers"] = [{ host: "app7" }, { host: "web1" }, { host: "web2", port: 8080 }];
  });
  expect(found).toContain("REAL_SERVER_PORT_DIFFERS /services/0/realservers/2/port");
});

test("keys with names of JavaScript's own objects harm nothing", async () => {
  const text = JSON.stringify(description())
    .replace('"web1":{', '"__proto__":{"toString":1,"address":"10.0.0.1/24"},"web1":{')
    .replace('"version":1', '"version":1,"constructor":{"prototype":{"x":1}}');
  const { diagnostics } = await analyse(text);
  expect(diagnostics.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    "UNKNOWN_KEY /constructor",
    "BAD_FORMAT /hosts/__proto__",
    "UNKNOWN_KEY /hosts/__proto__/toString",
  ]);
  expect({}.toString()).toBe("[object Object]");
});

test("too many findings of one kind are counted, not listed", async () => {
  const { diagnostics } = await analyse(
    JSON.stringify({
      ...description(),
      services: [
        {
          name: "web",
          vip: "192.168.80.188",
          port: 80,
          realservers: Array.from({ length: 5000 }, (_, n) => ({
            address: `10.9.${n >> 8}.${n & 255 || 1}`,
            weight: 1,
          })),
        },
      ],
    }),
  );
  const off = diagnostics.filter(({ code }) => code === "REAL_SERVER_OFF_SEGMENT");
  expect(off).toHaveLength(1000);
  expect(off.at(-1)?.message).toMatch(/and 4000 more/);
});

describe("one mistake is one finding", () => {
  test.each<[string, (value: Description) => void, string[]]>([
    [
      "a host that is no object",
      (value) => {
        value.hosts["web1"] = "192.168.80.12/24";
      },
      ["WRONG_TYPE /hosts/web1"],
    ],
    [
      "a faulty name of a host",
      (value) => {
        value.hosts = { lvs1: value.hosts["lvs1"], web_1: value.hosts["web1"], web2: value.hosts["web2"] };
        value.services[0] = { ...value.services[0], realservers: [{ host: "web_1" }, { host: "web2" }] };
      },
      ["BAD_FORMAT /hosts/web_1"],
    ],
    [
      "a real server that is not there",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }, { host: "web9" }] };
      },
      ["UNKNOWN_HOST /services/0/realservers/1/host"],
    ],
    [
      "a director that is not there",
      (value) => {
        value["directors"] = ["lvs9"];
      },
      ["UNKNOWN_HOST /directors/0"],
    ],
    [
      "a client that is not there",
      (value) => {
        value.hosts["pc"] = { address: "192.168.80.200/24" };
        value["clients"] = ["pcc"];
      },
      ["UNKNOWN_HOST /clients/0"],
    ],
    [
      "real servers in another shape",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: "web1" };
      },
      ["WRONG_TYPE /services/0/realservers"],
    ],
    [
      "real servers under another name",
      (value) => {
        const { realservers, ...rest } = value.services[0] ?? {};
        value.services[0] = { ...rest, real_server: realservers };
      },
      ["UNKNOWN_KEY /services/0/real_server"],
    ],
    [
      "an address of a real server that is a name",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ address: "web1" }, { host: "web2" }] };
      },
      ["BAD_ADDRESS /services/0/realservers/0/address"],
    ],
    [
      "a real server of a pool whose host is no text",
      (value) => {
        const { realservers: _, ...rest } = value.services[0] ?? {};
        value.services[0] = { ...rest, pool: "web" };
        value["pools"] = { web: [{ host: 1 }, { host: "web2" }] };
      },
      ["WRONG_TYPE /pools/web/0/host"],
    ],
    [
      "a sorry server under another name",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }], sorryServer: { name: "web2" } };
        value["ha"] = {};
      },
      ["UNKNOWN_KEY /services/0/sorryServer/name"],
    ],
    [
      "the platform of all hosts",
      (value) => {
        value["defaults"] = { platform: "centos7", interface: "ens33" };
      },
      ["NOT_ONE_OF /defaults/platform"],
    ],
  ])("%s", async (_name, edit, expected) => {
    expect(await codesOf(edit)).toEqual(expected);
  });

  test("an idle host is named where a mistake has nothing to do with it", async () => {
    const found = await codesOf((value) => {
      value.hosts["idle"] = { address: "192.168.80.44/24" };
      value.services[0] = { ...value.services[0], scheduler: "fastest" };
    });
    expect(found).toEqual(["HOST_WITHOUT_ROLE /hosts/idle", "NOT_ONE_OF /services/0/scheduler"]);
  });
});

describe("a name of a host is proposed that would not be an error again", () => {
  test.each<[string, (value: Description) => void, string]>([
    [
      "one that the list has not yet",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }, { host: "web9" }] };
      },
      'did you mean "web2"?',
    ],
    [
      "none is left",
      (value) => {
        value.services[0] = {
          ...value.services[0],
          realservers: [{ host: "web1" }, { host: "web2" }, { host: "web9" }],
        };
      },
      'add it to "hosts", or take it out where "web1" is meant, which stands there already',
    ],
    [
      "the nearest stands there already",
      (value) => {
        value.hosts["lvs2"] = { address: "192.168.80.11/24" };
        value.services[0] = {
          ...value.services[0],
          realservers: [{ host: "web1" }, { host: "web2" }, { host: "wbe1" }],
        };
      },
      'add it to "hosts", or take it out where "web1" is meant, which stands there already',
    ],
    [
      "no director is listed for a real server",
      (value) => {
        value.services[0] = {
          ...value.services[0],
          realservers: [{ host: "web1" }, { host: "web2" }, { host: "zebra" }],
        };
      },
      'add it to "hosts"',
    ],
    [
      "a client is no real server",
      (value) => {
        value.hosts["web3"] = { address: "192.168.80.14/24" };
        value["clients"] = ["web4"];
      },
      'did you mean "web3"?',
    ],
    [
      "a host by its address",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }, { host: "192.168.80.13" }] };
      },
      'write the name of the host, "web2"',
    ],
    [
      "a machine by its address",
      (value) => {
        value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }, { host: "192.168.80.50" }] };
      },
      'write "address": "192.168.80.50" of a machine that is no host here',
    ],
  ])("%s", async (_name, edit, hint) => {
    const value = description();
    edit(value);
    const { diagnostics } = await analyse(JSON.stringify(value));
    const errors = diagnostics.filter(({ code }) => code !== "HOST_WITHOUT_ROLE");
    expect(errors.map((found) => [found.code, found.hint])).toEqual([["UNKNOWN_HOST", hint]]);
  });
});

test("a name of a host that could be an address is written as a host", async () => {
  const value = description();
  value.hosts["fade"] = value.hosts["web2"];
  value.hosts["web2"] = undefined;
  value.services[0] = { ...value.services[0], realservers: [{ host: "web1" }, { address: "fade" }] };
  const { diagnostics } = await analyse(JSON.stringify(value));
  expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
    ["BAD_ADDRESS", 'write "host": "fade" in place of "address"'],
  ]);
});
