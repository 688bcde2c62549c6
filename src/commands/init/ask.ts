import { cancel, intro, isCancel, outro, select, text } from "@clack/prompts";
import schema from "../../../schema/cluster.schema.json" with { type: "json" };
import { parseAddress, parseCidr } from "../../net.ts";
import { type Answers, defaults, type NamedAddress, parseNamedAddress, parsePort } from "./answers.ts";

/** Asks in the terminal for what is still open. Null: the user ended it. */
export async function ask(known: Partial<Answers>): Promise<Partial<Answers> | null> {
  intro("A first description of an LVS cluster");
  try {
    const name = known.name ?? (await askText("Name of the cluster?", { initialValue: defaults.name }));
    const platform = known.platform ?? (await choose("Platform of the hosts?", schema.$defs.platform.enum));
    const nic = known.interface ?? (await askText("Their network interface?", { placeholder: "eth0" }));
    const directors = known.directors ?? [
      await askHost("The director, as NAME=ADDRESS/PREFIX?", "lvs1=192.168.80.10/24"),
    ];
    const realServers = known.realServers ?? (await askHosts("real server", "web1=192.168.80.12/24", 1));
    const vip =
      known.vip ??
      (await askText("The virtual IP address?", { placeholder: "192.168.80.188", validate: wrongAddress }));
    const port =
      known.port ?? Number(await askText("Port of the service?", { initialValue: "80", validate: wrongPort }));
    const mode = known.mode ?? (await choose("Forwarding method?", schema.$defs.mode.enum));
    const scheduler = known.scheduler ?? (await choose("Scheduler?", schema.$defs.scheduler.enum, defaults.scheduler));
    const clients = known.clients ?? (await askHosts("test client", "pc=192.168.80.200/24", 0));
    outro("That is all it takes.");
    return { ...known, name, platform, interface: nic, directors, realServers, vip, port, mode, scheduler, clients };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    cancel("Nothing was written.");
    return null;
  }
}

/** Thrown to leave the questions; it never leaves this file. */
class Cancelled extends Error {}

type Validate = (value: string) => string | undefined;

interface TextQuestion {
  readonly placeholder?: string;
  readonly initialValue?: string;
  readonly validate?: Validate;
}

async function askText(message: string, { validate = wrongWhenEmpty, ...rest }: TextQuestion): Promise<string> {
  const answer = await text({ message, ...rest, validate: (value) => validate((value ?? "").trim()) });
  if (isCancel(answer)) throw new Cancelled();
  return answer.trim();
}

async function choose(message: string, values: readonly string[], initialValue?: string): Promise<string> {
  const answer = await select({
    message,
    options: values.map((value) => ({ value })),
    ...(initialValue === undefined ? {} : { initialValue }),
  });
  if (isCancel(answer)) throw new Cancelled();
  return answer;
}

async function askHost(message: string, placeholder: string): Promise<NamedAddress> {
  const host = parseNamedAddress(await askText(message, { placeholder, validate: wrongHost }));
  if (host === null) throw new Error("a host was accepted that cannot be read");
  return host;
}

/** Asks until an empty answer. */
async function askHosts(what: string, placeholder: string, least: number): Promise<NamedAddress[]> {
  const hosts: NamedAddress[] = [];
  for (;;) {
    const isOptional = hosts.length >= least;
    const message = `${hosts.length === 0 ? "A" : "Another"} ${what}, as NAME=ADDRESS/PREFIX?${isOptional ? " (empty: no more)" : ""}`;
    const validate: Validate = (value) => (isOptional && value === "" ? undefined : wrongHost(value));
    const host = parseNamedAddress(await askText(message, { placeholder: isOptional ? "" : placeholder, validate }));
    if (host === null) return hosts;
    hosts.push(host);
  }
}

const wrongWhenEmpty: Validate = (value) => (value === "" ? "An answer is needed." : undefined);

const wrongAddress: Validate = (value) =>
  parseAddress(value) === null ? "An IP address without prefix length, such as 192.168.80.188." : undefined;

const wrongPort: Validate = (value) => (parsePort(value) === null ? "A number from 1 to 65535." : undefined);

const wrongHost: Validate = (value) => {
  const host = parseNamedAddress(value);
  return host === null || parseCidr(host.cidr) === null
    ? "NAME=ADDRESS/PREFIX, such as web1=192.168.80.12/24."
    : undefined;
};
