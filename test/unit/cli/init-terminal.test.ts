/** The questions of `init` in a real terminal: every session ends in a description that builds, or in the command that goes on. */
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { workplace } from "./command-line.ts";
import { Screen } from "./screen.ts";

const here = workplace();
const screens: Screen[] = [];
let count = 0;

function open(columns: number): Screen {
  const screen = new Screen(String(count++), columns, here.path);
  screens.push(screen);
  return screen;
}

afterEach(() => {
  for (const screen of screens.splice(0)) screen.close();
});

/** What is asked between the director and the real servers, answered by Enter. */
async function usualService(screen: Screen): Promise<void> {
  await screen.answer("The virtual IP address", "192.168.80.188");
  await screen.choose("Protocol", "tcp");
  await screen.answer("Port", "");
  await screen.choose("Forwarding method", "dr");
  await screen.choose("next connection", "wlc");
}

async function cluster(screen: Screen, platform = "el7"): Promise<void> {
  await screen.answer("Name of the cluster", "kgc");
  await screen.choose("Platform", platform);
  await screen.answer("network interface", "ens33");
  await screen.answer("The director", "lvs1=192.168.80.10/24");
}

async function usualRest(screen: Screen): Promise<void> {
  await screen.answer("Path", "");
  await screen.answer("Packages", "");
  await screen.answer("Units", "");
  await screen.answer("A test client", "");
}

/** The session came to its end, nothing was broken by the terminal itself, and what was written builds. */
async function builds(screen: Screen, file = "cluster.json"): Promise<string> {
  expect(await screen.ended()).toBe(0);
  expect(screen.text()).toBe(screen.text(true));
  expect(screen.text()).toContain(`${file} written. It builds`);
  expect(here.lvsgen("build", file, "-o", "out")).toMatchObject({ code: 0 });
  return here.read(file);
}

/** Writes the command that a session left with into a file, for the shell to read. */
async function commandLeft(screen: Screen): Promise<string> {
  expect(await screen.ended()).toBe(1);
  expect(screen.text()).toBe(screen.text(true));
  expect(existsSync(here.file("cluster.json"))).toBe(false);
  const text = screen.text();
  const command = text.slice(text.indexOf("\nlvsgen init --ask") + 1, text.lastIndexOf("\n\n"));
  here.write("go-on.sh", `${command}\n`);
  return command.replaceAll(/ \\\n */g, " ");
}

describe.each([80, 60])("at %i columns", (columns) => {
  test("1: the procedure's cluster", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await cluster(screen);
    await usualService(screen);
    await screen.answer("A real server", "web1=192.168.80.12/24");
    await screen.answer("Another real server", "web2=192.168.80.13/24");
    await screen.answer("Another real server", "");
    await screen.answer("Path", "");
    await screen.answer("Packages", "httpd");
    await screen.answer("Units", "");
    await screen.answer("A test client", "pc=192.168.80.200/24");
    await screen.answer("Another test client", "");
    const text = await builds(screen);
    expect(text).toContain('"name": "kgc"');
    expect(text).toContain('"realserver": { "packages": ["httpd"], "units": ["httpd"] }');
    expect(text).toContain('"clients": ["pc"]');
    expect(screen.text()).toContain("+--> web2  192.168.80.13");
  });

  test("2: addresses alone, several at once, in full-width characters, as YAML", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init -o cluster.yaml");
    await screen.answer("Name of the cluster", "");
    await screen.choose("Platform", "debian12");
    await screen.answer("network interface", "eth0");
    await screen.answer("The director", "192.168.80.10\uff0f24");
    await usualService(screen);
    await screen.answer("A real server", "192\u3002168\u300280\u300212/24\uff0c192.168.80.13/24");
    await screen.answer("Another real server", "");
    await usualRest(screen);
    const text = await builds(screen, "cluster.yaml");
    expect(text).toContain('"name": "lvs"');
    expect(text).toContain('"web2": { "address": "192.168.80.13/24" }');
  });

  test("3: typing replaces what is shown", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await cluster(screen);
    await screen.answer("The virtual IP address", "192.168.80.188");
    await screen.choose("Protocol", "tcp");
    await screen.answer("Port", "8080");
    await screen.choose("Forwarding method", "dr");
    await screen.choose("next connection", "wlc");
    await screen.answer("A real server", "192.168.80.12/24 192.168.80.13/24");
    await screen.answer("Another real server", "");
    await screen.answer("Path", "/health");
    await screen.answer("Packages", "nginx, php-fpm");
    await screen.answer("Units", "nginx");
    await screen.answer("A test client", "");
    const text = await builds(screen);
    expect(text).toContain('"port": 8080');
    expect(text).toContain('"check": { "type": "http", "path": "/health" }');
    expect(text).toContain('"packages": ["nginx", "php-fpm"], "units": ["nginx"]');
  });

  test("4: wrong answers are asked for again, with the reason", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await screen.answer("Name of the cluster", "Kgc");
    await screen.refused('"Kgc" is no valid cluster name');
    await screen.answer("Name of the cluster", "kgc");
    await screen.choose("Platform", "el7");
    await screen.answer("network interface", "");
    await screen.refused("An answer is needed.");
    await screen.answer("network interface", "ens33");
    await screen.answer("The director", "lvs1=192.168.80.10");
    await screen.refused("the prefix length is missing, such as 192.168.80.10/24");
    await screen.answer("The director", "lvs1=192.168.80.10/24");
    await screen.answer("The virtual IP address", "192.168.80.10");
    await screen.refused("192.168.80.10 is the address of lvs1");
    await usualService(screen);
    await screen.answer("A real server", "");
    await screen.refused("One is needed at least.");
    await screen.answer("A real server", "10.0.0.12/24");
    await screen.refused("shares no segment with the director lvs1");
    await screen.answer("A real server", "192.168.80.12/24");
    await screen.answer("Another real server", "web1=192.168.80.13/24");
    await screen.refused("web1 is 192.168.80.12/24 already");
    await screen.answer("Another real server", "web2=192.168.80.13/24");
    await screen.answer("Another real server", "");
    await usualRest(screen);
    await builds(screen);
  });

  test("5: back over questions, choices and hosts", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await screen.answer("Name of the cluster", "<");
    await screen.refused("This is the first question.");
    await screen.answer("Name of the cluster", "lab");
    await screen.choose("Platform", "<");
    await screen.answer("Name of the cluster", "kgc");
    await screen.choose("Platform", "debian12");
    await screen.answer("network interface", "eth0");
    await screen.answer("The director", "<");
    await screen.answer("network interface", "ens33");
    await screen.answer("The director", "192.168.80.10/24");
    await usualService(screen);
    await screen.answer("A real server", "192.168.80.12/24 192.168.80.19/24");
    await screen.answer("Another real server", "<");
    await screen.refused("web2=192.168.80.19/24 is taken back.");
    await screen.answer("Another real server", "192.168.80.13/24");
    await screen.answer("Another real server", "");
    await usualRest(screen);
    const text = await builds(screen);
    expect(text).toContain('"interface": "ens33"');
    expect(text).not.toContain("192.168.80.19/");
  });

  test("6: an answer that an earlier one no longer fits, after going back", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await cluster(screen);
    await screen.answer("The virtual IP address", "192.168.80.188");
    await screen.choose("Protocol", "<");
    await screen.answer("The virtual IP address", "<");
    await screen.answer("The director", "lvs1=192.168.80.188/24");
    await screen.answer("The virtual IP address", "");
    await screen.refused("192.168.80.188 is the address of lvs1");
    await screen.answer("The virtual IP address", "192.168.80.189");
    await screen.choose("Protocol", "udp");
    await screen.answer("Port", "");
    await screen.choose("Forwarding method", "nat");
    await screen.choose("next connection", "rr");
    await screen.answer("A real server", "192.168.80.12/24 192.168.80.13/24");
    await screen.answer("Another real server", "");
    await screen.answer("Packages", "");
    await screen.answer("Units", "");
    await screen.answer("A test client", "");
    const text = await builds(screen);
    expect(text).toContain('"port": 53');
    expect(text).toContain('"gateway": "192.168.80.188"');
  });

  test("7: IPv6, with tunnels into another network", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await screen.answer("Name of the cluster", "six");
    await screen.choose("Platform", "debian13");
    await screen.answer("network interface", "eth0");
    await screen.answer("The director", "2001:db8::10");
    await screen.refused("the prefix length is missing, such as 2001:db8::10/64");
    await screen.answer("The director", "2001:db8::10/64");
    await screen.answer("The virtual IP address", "2001:db8::188");
    await screen.choose("Protocol", "tcp");
    await screen.answer("Port", "5432");
    await screen.choose("Forwarding method", "tun");
    await screen.choose("next connection", "mh");
    await screen.answer("A real server", "db1=2001:db8:1::11/64 db2=2001:db8:1::12/64");
    await screen.answer("Another real server", "");
    await screen.answer("Packages", "");
    await screen.answer("Units", "");
    await screen.answer("A test client", "");
    expect(await builds(screen)).toContain('"check": { "type": "tcp" }');
    expect(screen.text()).toContain("asks [2001:db8::188]:5432/tcp");
  });

  test("8: Ctrl-C at the first question loses nothing, and at a late one neither", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await screen.interrupt("Name of the cluster");
    expect(await commandLeft(screen)).toBe("lvsgen init --ask");
    await screen.start(". ./go-on.sh");
    await cluster(screen);
    await usualService(screen);
    await screen.answer("A real server", "web1=192.168.80.12/24");
    await screen.answer("Another real server", "192.168.80.13/24");
    await screen.interrupt("Another real server");
    expect(await commandLeft(screen)).toBe(
      "lvsgen init --ask --name kgc --platform el7 --interface ens33 --director lvs1=192.168.80.10/24 --vip 192.168.80.188 --protocol tcp --port 80 --mode dr --scheduler wlc --realserver web1=192.168.80.12/24 --realserver web2=192.168.80.13/24 --more-realservers",
    );
    await screen.start(". ./go-on.sh");
    await screen.answer("Another real server", "192.168.80.14/24");
    await screen.answer("Another real server", "");
    await screen.answer("Path", "");
    await screen.answer("Packages", "");
    await screen.answer("Units", "");
    await screen.interrupt("A test client");
    expect(await commandLeft(screen)).toMatch(/web3=192\.168\.80\.14\/24 --check-path \/ --package none --unit none$/);
    await screen.start(". ./go-on.sh");
    await screen.answer("A test client", "");
    expect(await builds(screen)).toContain('"web3": { "address": "192.168.80.14/24" }');
  });

  test("9: Ctrl-C in a choice; options with a wrong one among them", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init --name Kgc --vip 192.168.80.10 --director 192.168.80.10/24 --interface ens33");
    await screen.refused('"Kgc" is no valid cluster name');
    await screen.answer("Name of the cluster", "kgc");
    await screen.interrupt("Platform");
    expect(await commandLeft(screen)).toContain("--vip 192.168.80.10");
    await screen.start(". ./go-on.sh");
    await screen.choose("Platform", "openeuler22");
    await screen.refused("192.168.80.10 is the address of lvs1");
    await usualService(screen);
    await screen.answer("A real server", "192.168.80.12/24 192.168.80.13/24");
    await screen.answer("Another real server", "");
    await usualRest(screen);
    await builds(screen);
  });

  test("10: a file that appears meanwhile: the command that goes on writes another", async () => {
    const screen = open(columns);
    await screen.start("lvsgen init");
    await cluster(screen);
    await usualService(screen);
    await screen.answer("A real server", "192.168.80.12/24 192.168.80.13/24");
    await screen.answer("Another real server", "");
    await screen.answer("Path", "/it's");
    await screen.answer("Packages", "");
    await screen.answer("Units", "");
    here.write("cluster.json", "mine");
    await screen.answer("A test client", "");
    expect(await screen.ended()).toBe(73);
    expect(here.read("cluster.json")).toBe("mine");
    const text = screen.text();
    const command = text.slice(text.indexOf("\nlvsgen init --ask") + 1, text.lastIndexOf("\n\n"));
    here.write("go-on.sh", `${command.replace("--ask", "-o web.yaml")}\n`);
    await screen.start(". ./go-on.sh");
    expect(await builds(screen, "web.yaml")).toContain('"/it\'s"');
  });
});
