import { describe, expect, test } from "vitest";
import { type ListWords, phraseBook } from "../../../src/language/phrases.ts";
import { joined } from "../../../src/language/spacing.ts";
import { chinese } from "../../../src/language/zh/index.ts";

const lists: ListWords = {
  read: (text) => ({ items: text.split(", "), more: 0 }),
  write: (items) => items.join("、"),
};
const { say, list } = phraseBook(
  [
    {
      "real server": "真实服务器",
      "real server {1}": "真实服务器 {1}",
      "service {1}": "服务 {1}",
      "{1}: {2}": "{1*}：{2*}",
      "{1} of {2}": "{2*} 的 {1@}",
      "role {1}": "角色 {1*}",
      "{1} real servers": "{1#} 台真实服务器",
      "replies of {1}": "{1+} 的应答",
      "it says {1}.": "它显示 {1!}。",
      "the machine goes": "机器离开",
      "host {1} ({2})": "主机 {1@}（{2&}）",
    },
  ],
  lists,
);

describe("a phrase", () => {
  test("is looked up by its English", () => {
    expect(say("real server")).toBe("真实服务器");
  });

  test("has what varies as it is, whatever else that is called", () => {
    expect(say("real server web1 (192.0.2.11:80)")).toBe("真实服务器 web1 (192.0.2.11:80)");
    expect(say("service real")).toBe("服务 real");
  });

  test("says what is to be said, in whatever order", () => {
    expect(say("role real server")).toBe("角色真实服务器");
    expect(say("weight of role real server")).toBe("角色真实服务器的 weight");
    expect(say("service shop: real server web1")).toBe("服务 shop：真实服务器 web1");
  });

  test("begins a sentence too", () => {
    expect(say("The machine goes")).toBe("机器离开");
  });

  test("is taken where all of it is known, and else not at all", () => {
    expect(say("role of nobody knows")).toBe("role of nobody knows");
    expect(say("many real servers")).toBe("many real servers");
    expect(say("2 real servers")).toBe("2 台真实服务器");
  });

  test("does not swallow another one behind a colon, nor half a parenthesis", () => {
    expect(say("service a: real server")).toBe("服务 a：真实服务器");
    expect(say("it says a: b (c.")).toBe("它显示 a: b (c。");
    expect(say("real server web1 (a")).toBe("real server web1 (a");
  });

  test("cuts through no quotation, object or list", () => {
    expect(say('it says { "a": "b: c" }.')).toBe('它显示 { "a": "b: c" }。');
    expect(say('{ "service a": "real server" }')).toBe('{ "service a": "real server" }');
    expect(say('"service": { "real server": 1 }')).toBe('"service": { "real server": 1 }');
    // Nothing closes it.
    expect(say("it says vrrp {: real server.")).toBe("它显示 vrrp {: real server。");
  });

  test.each(["192.0.2.11", "192.0.2.11/24", "fd00:80::12", "[fd00:80::12]:80", "192.0.2.11 - 192.0.2.20"])(
    "has an address as that: %s",
    (address) => {
      expect(say(`host web1 (${address})`)).toBe(`主机 web1（${address}）`);
    },
  );

  test.each(["director", "80", "192.0.2.11, el7", "dead.beef of", "web.example"])("takes %s for none", (other) => {
    expect(say(`host web1 (${other})`)).toBe(`host web1 (${other})`);
  });

  test("has lists, each said", () => {
    expect(say("replies of real server, web1")).toBe("真实服务器、web1 的应答");
    expect(list("real server, web1")).toBe("真实服务器、web1");
  });

  test("does not take long with a text that fits in many ways", () => {
    const text = Array.from({ length: 300 }, (_, index) => `x${index}: y`).join("; ");
    const before = performance.now();
    expect(say(text)).toBe(text);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

test.each([
  [["服务 ", "web", " 的权重"], "服务 web 的权重"],
  [["服务 ", "真实服务器", " 的权重"], "服务真实服务器的权重"],
  [["到", "192.0.2.1", "的路由"], "到 192.0.2.1 的路由"],
  [["（", "web", "）"], "（web）"],
  [["默认", "（无）", " 之后"], "默认（无）之后"],
  [["a ", "b"], "a b"],
])("%j meet as %s", (pieces, text) => {
  expect(joined(pieces)).toBe(text);
});

describe("lists in Chinese", () => {
  test.each([
    ["web1", "web1"],
    ["web1, web2", "web1、web2"],
    ["web1, web2 and 6 more", "web1、web2 及另外 6 个"],
    ["192.0.2.1, … 3 more", "192.0.2.1 及另外 3 个"],
    ["cluster.json and cluster.yaml", "cluster.json、cluster.yaml"],
    ["a, b or c", "a、b、c"],
  ])("%s: %s", (english, text) => {
    expect(chinese.list(english)).toBe(text);
  });
});
