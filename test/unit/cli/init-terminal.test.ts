/**
 * The questions of `init` in a real terminal, in both languages: every session ends in a description that builds, or in the command that
 * goes on.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, type TestContext, test } from "vitest";
import { type LanguageName, languageNames } from "../../../src/language/index.ts";
import { plainEnvironment, program } from "./command-line.ts";
import { type Words, words } from "./init-words.ts";
import { Screen } from "./screen.ts";

interface Session extends Screen {
  /** What it is asked and told. */
  readonly q: Words;
  /** The directory that it is in. */
  readonly path: string;
}

/** A terminal in a directory of its own: sessions go on beside each other. */
function open(columns: number, language: LanguageName, { onTestFinished }: TestContext): Session {
  const path = mkdtempSync(join(tmpdir(), "lvsgen-terminal-"));
  const screen = new Screen(columns, path, language);
  onTestFinished(() => {
    screen.close();
    rmSync(path, { recursive: true, force: true });
  });
  return Object.assign(screen, { q: words[language], path });
}

const read = ({ path }: Session, name: string): string => readFileSync(join(path, name), "utf8");
const write = ({ path }: Session, name: string, text: string): void => writeFileSync(join(path, name), text);
const start = promisify(execFile);

/** What is asked between the director and the real servers, answered by Enter. */
async function usualService(screen: Session): Promise<void> {
  await screen.answer(screen.q.vip, "192.168.80.188");
  await screen.choose(screen.q.protocol, "tcp");
  await screen.answer(screen.q.port, "");
  await screen.choose(screen.q.mode, "dr");
  await screen.choose(screen.q.scheduler, "wlc");
}

async function cluster(screen: Session, platform = "el7"): Promise<void> {
  await screen.answer(screen.q.name, "kgc");
  await screen.choose(screen.q.platform, platform);
  await screen.answer(screen.q.nic, "ens33");
  await screen.answer(screen.q.director, "lvs1=192.168.80.10/24");
}

async function usualRest(screen: Session): Promise<void> {
  await screen.answer(screen.q.path, "");
  await screen.answer(screen.q.packages, "");
  await screen.answer(screen.q.units, "");
  await screen.answer(screen.q.client, "");
}

/** The session came to its end, nothing was broken by the terminal itself, and what was written builds. */
async function builds(screen: Session, file = "cluster.json"): Promise<string> {
  expect(await screen.ended()).toBe(0);
  expect(screen.text()).toBe(screen.text(true));
  expect(screen.text()).toContain(screen.q.written(file));
  await start(process.execPath, [program, "build", file, "-o", "out"], { cwd: screen.path, env: plainEnvironment() });
  return read(screen, file);
}

/** Writes the command that a session left with into a file, for the shell to read. */
async function commandLeft(screen: Session): Promise<string> {
  expect(await screen.ended()).toBe(1);
  expect(screen.text()).toBe(screen.text(true));
  expect(existsSync(join(screen.path, "cluster.json"))).toBe(false);
  const text = screen.text();
  const command = text.slice(text.indexOf("\nlvsgen init --ask") + 1, text.lastIndexOf("\n\n"));
  write(screen, "go-on.sh", `${command}\n`);
  return command.replaceAll(/ \\\n */g, " ");
}

const terminals = [80, 60].flatMap((columns) => languageNames.map((language) => ({ columns, language })));

describe.concurrent.each(terminals)("at $columns columns, in $language", ({ columns, language }) => {
  test("1: the procedure's cluster", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await cluster(screen);
    await usualService(screen);
    await screen.answer(screen.q.server, "web1=192.168.80.12/24");
    await screen.answer(screen.q.anotherServer, "web2=192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.path, "");
    await screen.answer(screen.q.packages, "httpd");
    await screen.answer(screen.q.units, "");
    await screen.answer(screen.q.client, "pc=192.168.80.200/24");
    await screen.answer(screen.q.anotherClient, "");
    const text = await builds(screen);
    expect(text).toContain('"name": "kgc"');
    expect(text).toContain('"realserver": { "packages": ["httpd"], "units": ["httpd"] }');
    expect(text).toContain('"clients": ["pc"]');
    expect(screen.text()).toContain("+--> web2  192.168.80.13");
  });

  test("2: addresses alone, several at once, in full-width characters, as YAML", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init -o cluster.yaml");
    await screen.answer(screen.q.name, "");
    await screen.choose(screen.q.platform, "debian12");
    await screen.answer(screen.q.nic, "eth0");
    await screen.answer(screen.q.director, "192.168.80.10\uff0f24");
    await usualService(screen);
    await screen.answer(screen.q.server, "192\u3002168\u300280\u300212/24\uff0c192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await usualRest(screen);
    const text = await builds(screen, "cluster.yaml");
    expect(text).toContain('"name": "lvs"');
    expect(text).toContain('"web2": { "address": "192.168.80.13/24" }');
  });

  test("3: typing replaces what is shown", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await cluster(screen);
    await screen.answer(screen.q.vip, "192.168.80.188");
    await screen.choose(screen.q.protocol, "tcp");
    await screen.answer(screen.q.port, "8080");
    await screen.choose(screen.q.mode, "dr");
    await screen.choose(screen.q.scheduler, "wlc");
    await screen.answer(screen.q.server, "192.168.80.12/24 192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.path, "/health");
    await screen.answer(screen.q.packages, "nginx, php-fpm");
    await screen.answer(screen.q.units, "nginx");
    await screen.answer(screen.q.client, "");
    const text = await builds(screen);
    expect(text).toContain('"port": 8080');
    expect(text).toContain('"check": { "type": "http", "path": "/health" }');
    expect(text).toContain('"packages": ["nginx", "php-fpm"], "units": ["nginx"]');
  });

  test("4: wrong answers are asked for again, with the reason", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await screen.answer(screen.q.name, "Kgc");
    await screen.refused(screen.q.wrongName);
    await screen.answer(screen.q.name, "kgc");
    await screen.choose(screen.q.platform, "el7");
    await screen.answer(screen.q.nic, "");
    await screen.refused(screen.q.needed);
    await screen.answer(screen.q.nic, "ens33");
    await screen.answer(screen.q.director, "lvs1=192.168.80.10");
    await screen.refused(screen.q.noPrefix("192.168.80.10/24"));
    await screen.answer(screen.q.director, "lvs1=192.168.80.10/24");
    await screen.answer(screen.q.vip, "192.168.80.10");
    await screen.refused(screen.q.addressOf("192.168.80.10", "lvs1"));
    await usualService(screen);
    await screen.answer(screen.q.server, "");
    await screen.refused(screen.q.oneAtLeast);
    await screen.answer(screen.q.server, "10.0.0.12/24");
    await screen.refused(screen.q.noSegment);
    await screen.answer(screen.q.server, "192.168.80.12/24");
    await screen.answer(screen.q.anotherServer, "web1=192.168.80.13/24");
    await screen.refused(screen.q.already("web1", "192.168.80.12/24"));
    await screen.answer(screen.q.anotherServer, "web2=192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await usualRest(screen);
    await builds(screen);
  });

  test("5: back over questions, choices and hosts", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await screen.answer(screen.q.name, "<");
    await screen.refused(screen.q.first);
    await screen.answer(screen.q.name, "lab");
    await screen.choose(screen.q.platform, "<");
    await screen.answer(screen.q.name, "kgc");
    await screen.choose(screen.q.platform, "debian12");
    await screen.answer(screen.q.nic, "eth0");
    await screen.answer(screen.q.director, "<");
    await screen.answer(screen.q.nic, "ens33");
    await screen.answer(screen.q.director, "192.168.80.10/24");
    await usualService(screen);
    await screen.answer(screen.q.server, "192.168.80.12/24 192.168.80.19/24");
    await screen.answer(screen.q.anotherServer, "<");
    await screen.refused(screen.q.takenBack("web2=192.168.80.19/24"));
    await screen.answer(screen.q.anotherServer, "192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await usualRest(screen);
    const text = await builds(screen);
    expect(text).toContain('"interface": "ens33"');
    expect(text).not.toContain("192.168.80.19/");
  });

  test("6: an answer that an earlier one no longer fits, after going back", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await cluster(screen);
    await screen.answer(screen.q.vip, "192.168.80.188");
    await screen.choose(screen.q.protocol, "<");
    await screen.answer(screen.q.vip, "<");
    await screen.answer(screen.q.director, "lvs1=192.168.80.188/24");
    await screen.answer(screen.q.vip, "");
    await screen.refused(screen.q.addressOf("192.168.80.188", "lvs1"));
    await screen.answer(screen.q.vip, "192.168.80.189");
    await screen.choose(screen.q.protocol, "udp");
    await screen.answer(screen.q.port, "");
    await screen.choose(screen.q.mode, "nat");
    await screen.choose(screen.q.scheduler, "rr");
    await screen.answer(screen.q.server, "192.168.80.12/24 192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.packages, "");
    await screen.answer(screen.q.units, "");
    await screen.answer(screen.q.client, "");
    const text = await builds(screen);
    expect(text).toContain('"port": 53');
    expect(text).toContain('"gateway": "192.168.80.188"');
  });

  test("7: IPv6, with tunnels into another network", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await screen.answer(screen.q.name, "six");
    await screen.choose(screen.q.platform, "debian13");
    await screen.answer(screen.q.nic, "eth0");
    await screen.answer(screen.q.director, "2001:db8::10");
    await screen.refused(screen.q.noPrefix("2001:db8::10/64"));
    await screen.answer(screen.q.director, "2001:db8::10/64");
    await screen.answer(screen.q.vip, "2001:db8::188");
    await screen.choose(screen.q.protocol, "tcp");
    await screen.answer(screen.q.port, "5432");
    await screen.choose(screen.q.mode, "tun");
    await screen.choose(screen.q.scheduler, "mh");
    await screen.answer(screen.q.server, "db1=2001:db8:1::11/64 db2=2001:db8:1::12/64");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.packages, "");
    await screen.answer(screen.q.units, "");
    await screen.answer(screen.q.client, "");
    expect(await builds(screen)).toContain('"check": { "type": "tcp" }');
    expect(screen.text()).toContain(`${screen.q.asks} [2001:db8::188]:5432/tcp`);
  });

  test("8: Ctrl-C at the first question loses nothing, and at a late one neither", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await screen.interrupt(screen.q.name);
    expect(await commandLeft(screen)).toBe("lvsgen init --ask");
    await screen.start(". ./go-on.sh");
    await cluster(screen);
    await usualService(screen);
    await screen.answer(screen.q.server, "web1=192.168.80.12/24");
    await screen.answer(screen.q.anotherServer, "192.168.80.13/24");
    await screen.interrupt(screen.q.anotherServer);
    expect(await commandLeft(screen)).toBe(
      "lvsgen init --ask --name kgc --platform el7 --interface ens33 --director lvs1=192.168.80.10/24 --vip 192.168.80.188 --protocol tcp --port 80 --mode dr --scheduler wlc --realserver web1=192.168.80.12/24 --realserver web2=192.168.80.13/24 --more-realservers",
    );
    await screen.start(". ./go-on.sh");
    await screen.answer(screen.q.anotherServer, "192.168.80.14/24");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.path, "");
    await screen.answer(screen.q.packages, "");
    await screen.answer(screen.q.units, "");
    await screen.interrupt(screen.q.client);
    expect(await commandLeft(screen)).toMatch(/web3=192\.168\.80\.14\/24 --check-path \/ --package none --unit none$/);
    await screen.start(". ./go-on.sh");
    await screen.answer(screen.q.client, "");
    expect(await builds(screen)).toContain('"web3": { "address": "192.168.80.14/24" }');
  });

  test("9: Ctrl-C in a choice; options with a wrong one among them", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init --name Kgc --vip 192.168.80.10 --director 192.168.80.10/24 --interface ens33");
    await screen.refused(screen.q.wrongName);
    await screen.answer(screen.q.name, "kgc");
    await screen.interrupt(screen.q.platform);
    expect(await commandLeft(screen)).toContain("--vip 192.168.80.10");
    await screen.start(". ./go-on.sh");
    await screen.choose(screen.q.platform, "openeuler22");
    await screen.refused(screen.q.addressOf("192.168.80.10", "lvs1"));
    await usualService(screen);
    await screen.answer(screen.q.server, "192.168.80.12/24 192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await usualRest(screen);
    await builds(screen);
  });

  test("10: a file that appears meanwhile: the command that goes on writes another", async (context) => {
    const screen = open(columns, language, context);
    await screen.start("lvsgen init");
    await cluster(screen);
    await usualService(screen);
    await screen.answer(screen.q.server, "192.168.80.12/24 192.168.80.13/24");
    await screen.answer(screen.q.anotherServer, "");
    await screen.answer(screen.q.path, "/it's");
    await screen.answer(screen.q.packages, "");
    await screen.answer(screen.q.units, "");
    write(screen, "cluster.json", "mine");
    await screen.answer(screen.q.client, "");
    expect(await screen.ended()).toBe(73);
    expect(read(screen, "cluster.json")).toBe("mine");
    const text = screen.text();
    const command = text.slice(text.indexOf("\nlvsgen init --ask") + 1, text.lastIndexOf("\n\n"));
    write(screen, "go-on.sh", `${command.replace("--ask", "-o web.yaml")}\n`);
    await screen.start(". ./go-on.sh");
    expect(await builds(screen, "web.yaml")).toContain('"/it\'s"');
  });
});
