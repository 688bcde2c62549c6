import { spawnSync } from "node:child_process";
import * as clack from "@clack/prompts";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Answers, complete, type ListKey } from "../../src/commands/init/answers.ts";
import { type Asked, ask } from "../../src/commands/init/ask.ts";
import { commandLine, shellWord } from "../../src/commands/init/command-line.ts";
import { fromOptions } from "../../src/commands/init/from-options.ts";
import { judge } from "../../src/commands/init/judge.ts";
import { columnsOf, prompts } from "../../src/commands/init/prompts.ts";

vi.mock("@clack/prompts", () => ({
  intro: vi.fn(),
  outro: vi.fn(),
  cancel: vi.fn(),
  text: vi.fn(),
  select: vi.fn(),
  log: { warn: vi.fn(), message: vi.fn() },
  isCancel: (value: unknown) => typeof value === "symbol",
}));

const text = vi.mocked(clack.text);
const select = vi.mocked(clack.select);
const warn = vi.mocked(clack.log.warn);

type Answer = Awaited<ReturnType<typeof clack.text>>;

/** What the library gives when someone presses Ctrl-C; it keeps its own symbol to itself. */
const cancelled: Exclude<Answer, string> = Symbol("cancel") as never;

/** Answers questions in their order, those that offer choices too: "" is Enter alone, which takes what is shown. */
function person(...answers: Answer[]): void {
  const rest = [...answers];
  const next = (shown: string): Answer => {
    const answer = rest.shift();
    if (answer === undefined) throw new Error("a question too many");
    return answer === "" ? shown : answer;
  };
  text.mockImplementation(async ({ defaultValue = "" }) => next(defaultValue));
  select.mockImplementation(async ({ options, initialValue }) => {
    const answer = next(String(initialValue ?? options[0]?.value));
    if (typeof answer !== "symbol" && !options.some(({ value }) => value === answer))
      throw new Error(`${answer} is not offered`);
    return answer;
  });
}

const asking = (known: Partial<Answers> = {}, open: readonly ListKey[] = []): Promise<Asked> =>
  ask(known, judge, prompts(80), open);

/** Reasons for which questions came again. */
const reasons = (): string[] => warn.mock.calls.map(([reason]) => String(reason));

const questions = (): string[] => [...text.mock.calls, ...select.mock.calls].map(([{ message }]) => message);

/** Everything but what a test is about. */
const known: Partial<Answers> = {
  name: "kgc",
  platform: "el7",
  interface: "ens33",
  directors: [{ name: "lvs1", cidr: "192.168.80.10/24" }],
  vip: "192.168.80.188",
  protocol: "tcp",
  port: 80,
  mode: "dr",
  scheduler: "wlc",
  realServers: [
    { name: "web1", cidr: "192.168.80.12/24" },
    { name: "web2", cidr: "192.168.80.13/24" },
  ],
  checkPath: "/",
  packages: [],
  units: [],
  clients: [],
};

function without(...keys: (keyof Answers)[]): Partial<Answers> {
  return Object.fromEntries(Object.entries(known).filter(([key]) => !(keys as string[]).includes(key)));
}

beforeEach(() => {
  vi.clearAllMocks();
});

test("asks for everything, again where an answer is wrong, and for hosts until there are no more", async () => {
  person(
    "kgc",
    "el7",
    "ens33",
    "lvs1", // no address
    "lvs1=192.168.80.10/24",
    "192.168.80.188/24", // a VIP has no prefix
    "192.168.80.188",
    "", // tcp
    "0",
    "", // 80
    "", // dr
    "rr",
    "", // one real server at least
    "web1=192.168.80.12/24",
    "web2=192.168.80.13/33", // no such prefix
    "web2=192.168.80.13/24",
    "",
    "/health",
    "httpd",
    "",
    "",
  );
  const { isComplete, answers } = await asking();
  expect(isComplete).toBe(true);
  expect(complete(answers)).toEqual({
    ...known,
    scheduler: "rr",
    realServers: [
      { name: "web1", cidr: "192.168.80.12/24" },
      { name: "web2", cidr: "192.168.80.13/24" },
    ],
    checkPath: "/health",
    packages: ["httpd"],
    units: ["httpd"],
  });
  expect(reasons()).toHaveLength(5);
});

test("shows what Enter takes, and lets typing replace it", async () => {
  person("kgc", "8080");
  const { answers } = await asking(without("name", "port"));
  expect(answers).toMatchObject({ name: "kgc", port: 8080 });
  for (const [options] of text.mock.calls) {
    expect(options.placeholder).toBe(options.defaultValue);
    expect(options.initialValue).toBeUndefined();
  }
  expect(text.mock.calls.map(([{ placeholder }]) => placeholder)).toEqual(["lvs", "80"]);
});

test("an example is nothing that Enter takes", async () => {
  person("", "eth0");
  expect((await asking(without("interface"))).answers.interface).toBe("eth0");
  expect(reasons()).toEqual(["An answer is needed."]);
  expect(text.mock.calls[0]?.[0]).not.toHaveProperty("placeholder");
});

test("does not ask for what the options have answered", async () => {
  person("eth0");
  expect((await asking(without("interface"))).answers).toEqual({ ...known, interface: "eth0" });
  expect(questions()).toHaveLength(1);
});

test("asks for what an option answers wrongly, and says why", async () => {
  person("kgc");
  expect((await asking({ ...known, name: "Kgc" })).answers.name).toBe("kgc");
  expect(reasons()).toEqual([expect.stringContaining('"Kgc"')]);
});

describe("an answer is judged at once", () => {
  test.each<[string, Partial<Answers>, Answer[], string]>([
    ["a name with capitals", without("name"), ["Kgc", "kgc"], '"Kgc" is no valid cluster name'],
    ["a VIP that is a host's", without("vip"), ["192.168.80.10", "192.168.80.188"], "is the address of lvs1"],
    ["a VIP with a prefix length", without("vip"), ["192.168.80.188/32", "192.168.80.188"], "without a prefix length"],
    ["a VIP that is none", without("vip"), ["192.168.80", "192.168.80.188"], '"192.168.80" is no IP address'],
    ["an interface that is none", without("interface"), ["eth0:1", "eth0"], '"eth0:1"'],
    [
      "a real server off the segment",
      without("realServers"),
      ["web1=10.0.0.12/24", "web1=192.168.80.12/24 192.168.80.13/24", ""],
      "shares no segment with the director",
    ],
    [
      "a real server that is the VIP",
      without("realServers"),
      ["web1=192.168.80.188/24", "web1=192.168.80.12/24 192.168.80.13/24", ""],
      "192.168.80.188",
    ],
    [
      "a host without prefix length",
      without("realServers"),
      ["web1=192.168.80.12", "web1=192.168.80.12/24 192.168.80.13/24", ""],
      "the prefix length is missing, such as 192.168.80.12/24",
    ],
    [
      "a name that is another machine's",
      without("realServers"),
      ["lvs1=192.168.80.12/24", "web1=192.168.80.12/24 192.168.80.13/24", ""],
      "lvs1 is 192.168.80.10/24 already",
    ],
    ["a path that is none", without("checkPath"), ["health", "/health"], '"health"'],
    ["a package that is none", without("packages"), ["-x", "httpd"], '"-x"'],
    [
      "an address that is no number",
      without("directors"),
      ["lvs1=192.168.80.300/24", "lvs1=192.168.80.10/24"],
      "no IP",
    ],
  ])("%s", async (_name, rest, answers, reason) => {
    person(...answers);
    expect((await asking(rest)).isComplete).toBe(true);
    expect(reasons()).toHaveLength(1);
    expect(reasons()[0]?.replaceAll("\n", " ")).toContain(reason);
  });

  test("what an option says of a later question is judged when its turn comes", async () => {
    person("kgc", "192.168.80.188");
    await asking({ ...without("name"), vip: "192.168.80.10" });
    expect(reasons()).toEqual([expect.stringContaining("192.168.80.10 is the address of lvs1")]);
  });
});

describe("what builds and may still not be meant is kept, and warned of at once", () => {
  const outside = "the VIP 10.20.31.100 lies in no network of the director";

  test("with the way to change it", async () => {
    person("10.20.31.100", "<", "192.168.80.188", "80");
    const { answers } = await asking(without("vip", "port"));
    expect(answers.vip).toBe("192.168.80.188");
    expect(reasons()).toHaveLength(1);
    const told = String(reasons()[0]).replaceAll("\n", " ");
    expect(told).toContain(`warning: ${outside}`);
    expect(told).toContain("It is kept; < leads back to it.");
  });

  test("once, by the answer that brings it, though it holds for those after it as well", async () => {
    person("10.20.31.100", "80", "192.168.80.12/24", "192.168.80.13/24", "", "none");
    expect((await asking(without("vip", "port", "realServers", "packages"))).answers.vip).toBe("10.20.31.100");
    expect(reasons()).toHaveLength(1);
  });

  test("of a list where it ends, for the next host may be what was missing", async () => {
    person("192.168.80.12/24", "", "<", "192.168.80.13/24", "", "none");
    expect((await asking(without("realServers", "packages"))).answers.realServers).toHaveLength(2);
    expect(reasons()).toEqual([expect.stringContaining("a single real server")]);
  });

  test("of an option too, to which nothing leads back", async () => {
    person("80");
    await asking({ ...without("port"), vip: "10.20.31.100" });
    expect(reasons()).toEqual([expect.stringContaining(outside)]);
    expect(reasons()[0]).not.toContain("<");
  });
});

test("takes the full-width characters of an input method", async () => {
  const rest = { ...without("directors", "vip", "port", "realServers"), clients: [] };
  person(
    "lvs1\uff1d192\uff0e168\u300280.10\uff0f24",
    "192.168.80\u3002188",
    "\uff18\uff10",
    "192.168.80.12/24\uff0c192.168.80.13\uff0f24",
    "",
  );
  expect((await asking(rest)).answers).toMatchObject({
    directors: [{ name: "lvs1", cidr: "192.168.80.10/24" }],
    vip: "192.168.80.188",
    port: 80,
    realServers: [
      { name: "web1", cidr: "192.168.80.12/24" },
      { name: "web2", cidr: "192.168.80.13/24" },
    ],
  });
  expect(reasons()).toEqual([]);
});

test("Enter takes what the reason for a refusal says to write", async () => {
  person("web_bank", "", "eth0:1", "");
  const { answers } = await asking(without("name", "interface"));
  expect(answers).toMatchObject({ name: "web-bank", interface: "eth0" });
  expect(text.mock.calls.map(([{ placeholder }]) => placeholder)).toEqual(["lvs", "web-bank", undefined, "eth0"]);
});

describe("says of what it does not ask for where it goes", () => {
  const hosts = without("directors");

  test.each(["lvs1=192.168.80.10/24, lvs2=192.168.80.11/24", "lvs1=192.168.80.10/24\uff0c192.168.80.11/24"])(
    "a second director: %s",
    async (answer) => {
      person(answer, "lvs1=192.168.80.10/24");
      expect((await asking(hosts)).answers.directors).toHaveLength(1);
      const reason = String(reasons()[0]).replaceAll("\n", " ");
      expect(reason).toContain("init describes one director: give lvs1=192.168.80.10/24 alone.");
      expect(reason).toContain('with "ha"');
    },
  );

  test("a second director of options", () => {
    const read = fromOptions({ output: "-", director: ["lvs1=192.168.80.10/24", "lvs2=192.168.80.11/24"] });
    expect(read).toEqual({ kind: "wrong", message: expect.stringMatching(/^--director: init describes one director/) });
  });

  test.each([
    ["80,443", "[80, 443]"],
    ["80 443 8080", "[80, 443, 8080]"],
  ])("further ports: %s", async (answer, list) => {
    person(answer, "80");
    expect((await asking(without("port"))).answers.port).toBe(80);
    expect(reasons()[0]?.replaceAll("\n", " ")).toContain(
      `give 80 alone. The file takes several afterwards: "port": ${list}`,
    );
  });
});

test.each([
  ["lvs1=10.20.30.11/255.255.255.0", "255.255.255.0 is a mask: write lvs1=10.20.30.11/24"],
  ["10.20.30.11/255.255.240.0", "255.255.240.0 is a mask: write 10.20.30.11/20"],
  ["lvs1=10.20.30.11/255.0.255.0", '"lvs1=10.20.30.11/255.0.255.0" is not NAME=ADDRESS/PREFIX'],
])("a mask has its prefix length said: %s", async (answer, reason) => {
  person(answer, "192.168.80.10/24");
  await asking(without("directors"));
  expect(reasons()[0]?.replaceAll("\n", " ")).toContain(reason);
});

test("says that nothing was taken of a line of hosts that was refused, and of a single host nothing more", async () => {
  person("192.168.80.12/24 192.168.80.300/24", "192.168.80.12/24 10.0.0.12/24", "10.0.0.12/24", cancelled);
  const { answers } = await asking(without("realServers"));
  expect(answers.realServers ?? []).toEqual([]);
  expect(reasons().map((reason) => reason.endsWith("Nothing of this line was taken."))).toEqual([true, true, false]);
});

test("names hosts of which only the address is typed", async () => {
  person("192.168.80.10/24", "192.168.80.12/24", "192.168.80.13/24", "", "192.168.80.200/24", "192.168.80.201/24", "");
  const { answers } = await asking(without("directors", "realServers", "clients"));
  const names = [answers.directors, answers.realServers, answers.clients].map((hosts) =>
    hosts?.map(({ name }) => name),
  );
  expect(names).toEqual([["lvs1"], ["web1", "web2"], ["pc", "pc2"]]);
});

describe("names that were given are no names for others", () => {
  const names = (hosts: Answers["realServers"] | undefined): string[] => (hosts ?? []).map(({ name }) => name);

  test("those of options, whichever list they stand in", () => {
    const read = fromOptions({
      output: "-",
      director: ["192.168.80.10/24"],
      realserver: ["192.168.80.12/24", "lvs1=192.168.80.13/24"],
      client: ["web1=192.168.80.200/24"],
    });
    if (read.kind === "wrong") throw new Error(read.message);
    const { directors, realServers, clients } = read.value;
    expect([directors, realServers, clients].map(names)).toEqual([["lvs2"], ["web2", "lvs1"], ["web1"]]);
  });

  test("those of options that answer later questions", async () => {
    person("192.168.80.10/24", "192.168.80.12/24", "");
    const { answers } = await asking({
      ...without("directors", "realServers"),
      clients: [
        { name: "lvs1", cidr: "192.168.80.200/24" },
        { name: "web1", cidr: "192.168.80.201/24" },
      ],
    });
    expect([answers.directors, answers.realServers].map(names)).toEqual([["lvs2"], ["web2"]]);
  });

  test("those that are typed on the same line", async () => {
    person("192.168.80.12/24 web1=192.168.80.13/24", "");
    expect(names((await asking(without("realServers"))).answers.realServers)).toEqual(["web2", "web1"]);
    expect(reasons()).toEqual([]);
  });

  test("a director is not called as another machine is", async () => {
    person("pc=192.168.80.10/24", "lvs1=192.168.80.10/24");
    const clients = [{ name: "pc", cidr: "192.168.80.200/24" }];
    expect(names((await asking({ ...without("directors"), clients })).answers.directors)).toEqual(["lvs1"]);
    expect(reasons()).toEqual(["pc is 192.168.80.200/24 already: another machine needs another name"]);
  });
});

describe("going back", () => {
  test("asks the question before again, and what was typed is what Enter takes", async () => {
    person("kgc", "eth9", "<", "<", "lab", "", "80");
    const { answers } = await asking(without("name", "interface", "port"));
    expect(answers).toMatchObject({ name: "lab", interface: "eth9", port: 80 });
  });

  test("works from choices", async () => {
    person("kgc", "<", "lab", "debian12");
    expect((await asking(without("name", "platform"))).answers).toMatchObject({ name: "lab", platform: "debian12" });
  });

  test("takes the last host of a list back, then leads to the question before", async () => {
    person("rr", "192.168.80.12/24", "192.168.80.13/24", "<", "<", "<", "wlc", "192.168.80.14/24", "");
    expect((await asking(without("scheduler", "realServers"))).answers).toMatchObject({
      scheduler: "wlc",
      realServers: [{ name: "web1", cidr: "192.168.80.14/24" }],
    });
  });

  test("at the first question says that it is the first", async () => {
    person("<", "kgc");
    expect((await asking(without("name"))).answers.name).toBe("kgc");
    expect(reasons()).toEqual(["This is the first question."]);
  });

  test("leaves out what the changed answer makes needless", async () => {
    person("80", "/health", "<", "<", "22", "none");
    const { answers } = await asking(without("port", "checkPath", "packages"));
    expect(answers.port).toBe(22);
    expect(answers).not.toHaveProperty("checkPath");
  });
});

describe("a path of the check that an option gives", () => {
  test("stays on a port that is not asked about it", async () => {
    person("8081");
    const { answers } = await asking({ ...without("port"), checkPath: "/health" });
    expect(answers).toMatchObject({ port: 8081, checkPath: "/health" });
  });

  test("is judged there as well", async () => {
    person("none");
    const { answers } = await asking({ ...without("units"), port: 8081, checkPath: "health" });
    expect(answers).not.toHaveProperty("checkPath");
    expect(reasons()).toEqual([expect.stringContaining('"health"')]);
  });

  test("leaves no protocol but tcp", async () => {
    person("udp", "tcp");
    expect((await asking({ ...without("protocol"), checkPath: "/health" })).answers.protocol).toBe("tcp");
    expect(reasons()).toEqual([expect.stringContaining("not over udp")]);
  });
});

test("a path that was typed for a web port is not in the command that goes on from another port", async () => {
  person("80", "/health", "<", "<", "22", cancelled);
  expect((await asking(without("port", "checkPath", "packages"))).answers).not.toHaveProperty("checkPath");
});

describe("choices", () => {
  const offered = (): string[] => (select.mock.calls[0]?.[0].options ?? []).map(({ value }) => String(value));

  test("are what the platform's kernel has", async () => {
    person("");
    await asking(without("scheduler"));
    expect(offered()).toContain("rr");
    expect(offered()).not.toContain("mh");
    vi.clearAllMocks();
    person("");
    await asking({ ...without("scheduler"), platform: "debian13" });
    expect(offered()).toContain("mh");
  });

  test.each([
    ["el7", false],
    ["debian12", true],
  ])("of %s have sctp: %s", async (platform, has) => {
    person("");
    await asking({ ...without("protocol"), platform });
    expect(offered().includes("sctp")).toBe(has);
  });

  test("say what they mean, within the 49 columns that the library leaves of 60", async () => {
    person("el7", "", "", "");
    await asking(without("platform", "protocol", "mode", "scheduler"));
    const labels = select.mock.calls.flatMap(([{ options }]) => options.map(({ label }) => String(label)));
    expect(labels).toContain("el7          CentOS 7 / RHEL 7");
    expect(labels).toContain("el8          RHEL 8, Rocky, AlmaLinux, CentOS 8");
    expect(labels).toContain("dr   replies straight to the client; same segment");
    expect(labels.filter((label) => label.length > 49)).toEqual([]);
  });
});

test("ends with what was answered when the person ends it", async () => {
  person("kgc", "eth0", cancelled);
  const { isComplete, answers } = await asking(without("name", "interface", "vip"));
  expect(isComplete).toBe(false);
  expect(answers).toEqual({ ...without("vip"), name: "kgc", interface: "eth0" });
  expect(clack.cancel).toHaveBeenCalled();
});

test("ends with what stands behind the question that one went back to as well", async () => {
  person("kgc", "eth0", "<", cancelled);
  expect((await asking(without("name", "interface", "vip"))).answers).toMatchObject({ name: "kgc", interface: "eth0" });
});

describe("a list of hosts that was not ended", () => {
  const web1 = { name: "web1", cidr: "192.168.80.12/24" };
  const web2 = { name: "web2", cidr: "192.168.80.13/24" };
  const pc = { name: "pc", cidr: "192.168.80.200/24" };

  test("is open where the person ends it, and one that was ended is not", async () => {
    person("192.168.80.12/24", cancelled);
    expect(await asking(without("realServers"))).toMatchObject({
      answers: { realServers: [web1] },
      open: ["realServers"],
    });
    person("192.168.80.12/24", "", cancelled);
    expect(await asking(without("realServers", "packages"))).toMatchObject({
      answers: { realServers: [web1] },
      open: [],
    });
    person("192.168.80.200/24", cancelled);
    expect(await asking(without("clients"))).toMatchObject({ answers: { clients: [pc] }, open: ["clients"] });
  });

  test("is open again for who goes back to it", async () => {
    person("192.168.80.12/24", "", "<", cancelled);
    expect((await asking(without("realServers", "packages"))).open).toEqual(["realServers"]);
  });

  test("is neither open nor answered where all of it was taken back", async () => {
    person("none", "192.168.80.200/24", "<", "<", cancelled);
    const { answers, open } = await asking(without("units", "clients"));
    expect(open).toEqual([]);
    expect(answers).not.toHaveProperty("clients");
  });

  test("is asked on with what it has, and can be taken back", async () => {
    person("192.168.80.13/24", "<", "192.168.80.14/24", "");
    const { answers, open } = await asking({ ...known, realServers: [web1] }, ["realServers"]);
    expect(answers.realServers).toEqual([web1, { name: "web2", cidr: "192.168.80.14/24" }]);
    expect(open).toEqual([]);
    expect(questions()[0]).toBe("Another real server? (Enter: no more)");
  });

  test("can be gone back to", async () => {
    person("", "<", "<", "192.168.80.13/24", "", "none");
    const { answers } = await asking({ ...without("packages"), realServers: [web1] }, ["realServers"]);
    expect(answers.realServers).toEqual([{ ...web2, name: "web1" }]);
  });

  test("stays open where an earlier question is ended", async () => {
    person(cancelled);
    expect((await asking(without("vip"), ["realServers", "clients"])).open).toEqual(["realServers"]);
  });

  test("is marked in the command that goes on", () => {
    const text = commandLine({ ...known, clients: [pc] }, { output: "cluster.json" }, ["realServers", "clients"]);
    expect(text.replaceAll(/ \\\n */g, " ")).toContain("--realserver web2=192.168.80.13/24 --more-realservers");
    expect(text.replaceAll(/ \\\n */g, " ")).toContain("--client pc=192.168.80.200/24 --more-clients");
  });
});

describe("none", () => {
  test("as an option is what it is as an answer, and is not asked again", async () => {
    const read = fromOptions({ output: "-", package: ["none"], unit: ["none"], client: ["none"] });
    expect(read).toEqual({ kind: "value", value: { packages: [], units: [], clients: [] } });
    person();
    expect(await asking(known)).toMatchObject({ isComplete: true, answers: known });
  });

  test("stands in the command that goes on", () => {
    const text = commandLine(known, { output: "cluster.json" }).replaceAll(/ \\\n */g, " ");
    expect(text).toContain("--package none --unit none --client none");
  });

  test("ends the question for test clients as Enter does", async () => {
    person("none");
    expect((await asking(without("clients"))).answers.clients).toEqual([]);
  });

  test.each(["package", "unit", "client"] as const)("is refused beside others: --%s", (option) => {
    const other = option === "client" ? "pc=192.168.80.200/24" : "httpd";
    expect(fromOptions({ output: "-", [option]: [other, "none"] })).toMatchObject({
      kind: "wrong",
      message: expect.stringContaining('"none" stands alone'),
    });
  });

  test("is refused beside others as an answer", async () => {
    person("httpd, none", "httpd", "pc=192.168.80.200/24 none", "none");
    expect((await asking(without("packages", "clients"))).answers).toMatchObject({ packages: ["httpd"], clients: [] });
    expect(reasons()).toHaveLength(2);
  });
});

describe("the command that goes on", () => {
  const to = { output: "cluster.json" };

  test("has each answer, and gives the same ones", () => {
    const full = {
      ...known,
      packages: ["httpd", "php"],
      units: ["httpd"],
      clients: [{ name: "pc", cidr: "192.168.80.200/24" }],
    };
    const words = commandLine(full, to).replaceAll("\\\n", "").split(/\s+/).slice(2);
    const options = new Map<string, string[]>();
    for (let index = 1; index < words.length; index += 2)
      options.set(words[index] ?? "", [...(options.get(words[index] ?? "") ?? []), words[index + 1] ?? ""]);
    expect(words[0]).toBe("--ask");
    const one = (name: string): string => options.get(name)?.[0] ?? "";
    expect(
      fromOptions({
        output: "-",
        name: one("--name"),
        platform: one("--platform"),
        interface: one("--interface"),
        vip: one("--vip"),
        protocol: one("--protocol"),
        port: one("--port"),
        mode: one("--mode"),
        scheduler: one("--scheduler"),
        checkPath: one("--check-path"),
        director: options.get("--director") ?? [],
        realserver: options.get("--realserver") ?? [],
        client: options.get("--client") ?? [],
        package: options.get("--package") ?? [],
        unit: options.get("--unit") ?? [],
      }),
    ).toEqual({ kind: "value", value: full });
  });

  test("is broken within 58 columns, where the shell lets it be", () => {
    const lines = commandLine(
      { ...known, realServers: Array.from({ length: 9 }, (_, n) => ({ name: `web${n}`, cidr: `10.0.0.${n}/24` })) },
      to,
    ).split("\n");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.length > 58)).toEqual([]);
    expect(lines.slice(0, -1).every((line) => line.endsWith(" \\"))).toBe(true);
  });

  test.each(["it's", "a b", "$(x)", "", "`", "a\\b", "*"])("quotes %j so that the shell gives it back", (text) => {
    const { stdout } = spawnSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" });
    expect(stdout).toBe(text);
  });

  test("names the language that was asked for", () => {
    expect(commandLine({}, { output: "cluster.json", language: "zh" })).toBe("lvsgen init --ask --language zh");
  });

  test("names the file, and that it is to be replaced", () => {
    expect(commandLine({}, { output: "my site.yaml", force: true })).toBe(
      "lvsgen init --ask -o 'my site.yaml' --force",
    );
  });
});

test.each([
  [
    { columns: 0, rows: 0 },
    { columns: 80, rows: 24 },
  ],
  [
    { columns: 132, rows: 50 },
    { columns: 132, rows: 50 },
  ],
  [{}, {}],
])("a terminal that does not know its size has the usual one: %j", (stream: { columns?: number }, sized) => {
  expect(columnsOf(stream)).toBe(stream.columns ?? 80);
  expect(stream).toEqual(sized);
});
