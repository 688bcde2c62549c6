import * as clack from "@clack/prompts";
import { beforeEach, expect, test, vi } from "vitest";
import { complete } from "../../src/commands/init/answers.ts";
import { ask } from "../../src/commands/init/ask.ts";

vi.mock("@clack/prompts", () => ({
  intro: vi.fn(),
  outro: vi.fn(),
  cancel: vi.fn(),
  text: vi.fn(),
  select: vi.fn(),
  isCancel: (value: unknown) => typeof value === "symbol",
}));

const text = vi.mocked(clack.text);
const select = vi.mocked(clack.select);

type Answer = Awaited<ReturnType<typeof clack.text>>;

/** What the library gives when someone presses Ctrl-C; it keeps its own symbol to itself. */
const cancelled: Exclude<Answer, string> = Symbol("cancel") as never;

/** Answers questions in their order; a wrong answer is asked for again, as the library does. */
function person(...answers: Answer[]): void {
  const rest = [...answers];
  text.mockImplementation(async ({ validate }) => {
    for (;;) {
      const answer = rest.shift();
      if (answer === undefined) throw new Error("a question too many");
      if (typeof answer === "symbol" || !(typeof validate === "function" && validate(answer))) return answer;
    }
  });
}

beforeEach(() => {
  vi.clearAllMocks();
  select.mockImplementation(async ({ options, initialValue }) => initialValue ?? options[0]?.value ?? "");
});

test("asks for everything, again where an answer is wrong, and for hosts until there are no more", async () => {
  person(
    "kgc",
    "ens33",
    "lvs1", // no address
    "lvs1=192.168.80.10/24",
    "", // one real server at least
    "web1=192.168.80.12/24",
    "web2=192.168.80.13/33", // no such prefix
    "web2=192.168.80.13/24",
    "",
    "192.168.80.188/24", // a VIP has no prefix
    "192.168.80.188",
    "0",
    "80",
    "",
  );
  const answers = await ask({});
  expect(answers === null ? null : complete(answers)).toEqual({
    name: "kgc",
    platform: "el7",
    interface: "ens33",
    directors: [{ name: "lvs1", cidr: "192.168.80.10/24" }],
    realServers: [
      { name: "web1", cidr: "192.168.80.12/24" },
      { name: "web2", cidr: "192.168.80.13/24" },
    ],
    clients: [],
    vip: "192.168.80.188",
    protocol: "tcp",
    port: 80,
    mode: "dr",
    scheduler: "wlc",
  });
});

test("does not ask for what the options have answered", async () => {
  person("eth0");
  const host = { name: "a", cidr: "10.0.0.1/8" };
  const known = {
    name: "x",
    platform: "el7",
    directors: [host],
    realServers: [host],
    clients: [],
    vip: "10.0.0.9",
    port: 53,
  };
  expect(await ask(known)).toMatchObject({ ...known, interface: "eth0" });
  expect(text).toHaveBeenCalledTimes(1);
});

test("ends without answers when the person ends it", async () => {
  person("kgc", cancelled);
  expect(await ask({})).toBeNull();
  expect(clack.cancel).toHaveBeenCalled();
});
