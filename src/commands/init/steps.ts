/** The questions, in their order: each is asked with what was answered before it. */
import { type Answers, defaults, isWeb, type ListKey, type NamedAddress } from "./answers.ts";
import { type Choice, modeChoices, platformChoices, protocolChoices, schedulerChoices, webServer } from "./choices.ts";
import { freeCidr } from "./networks.ts";
import {
  clashOf,
  freeName,
  none,
  type Read,
  readAddress,
  readDirector,
  readHosts,
  readPort,
  readWords,
  value,
  wrong,
} from "./read.ts";

interface Base {
  readonly key: keyof Answers;
  /** Left out: always. */
  readonly applies?: (answers: Partial<Answers>) => boolean;
}

/** A line of text is the answer. */
export interface TextStep extends Base {
  readonly kind: "text";
  readonly question: (answers: Partial<Answers>) => string;
  /** What Enter takes; null: it has to be typed. */
  readonly usual: (answers: Partial<Answers>) => string | null;
  /** @param answers all there are, also to later questions */
  readonly read: (text: string, answers: Partial<Answers>) => Read<Partial<Answers>>;
  /** An answer as it would be typed. */
  readonly text: (answers: Partial<Answers>) => string | null;
}

export interface ChoiceStep extends Base {
  readonly kind: "choice";
  readonly key: "platform" | "protocol" | "mode" | "scheduler";
  readonly question: string;
  readonly choices: (answers: Partial<Answers>) => readonly Choice[];
  readonly usual: string | null;
}

/** Hosts, one after the other or several at once, until Enter alone. */
export interface HostsStep extends Base {
  readonly kind: "hosts";
  readonly key: ListKey;
  readonly least: number;
  readonly question: (answers: Partial<Answers>, soFar: number) => string;
  /** @param answers all there are, also to later questions */
  readonly read: (text: string, answers: Partial<Answers>) => Read<readonly NamedAddress[]>;
}

export type Step = TextStep | ChoiceStep | HostsStep;

const choice = (
  key: ChoiceStep["key"],
  question: string,
  choices: ChoiceStep["choices"],
  usual: string | null,
): ChoiceStep => ({ kind: "choice", key, question, choices, usual });

/** A text that is taken as it stands. */
function plainStep(key: "name" | "interface" | "checkPath", question: string, usual: string | null): TextStep {
  return {
    kind: "text",
    key,
    question: () => question,
    usual: () => usual,
    read: (text) => value({ [key]: text }),
    text: (answers) => answers[key] ?? null,
  };
}

function wordsStep(key: "packages" | "units", step: Pick<TextStep, "question" | "usual">): TextStep {
  return {
    kind: "text",
    key,
    ...step,
    read: (text) => {
      const words = readWords(text);
      return words.kind === "wrong" ? words : value({ [key]: words.value });
    },
    text: (answers) => answers[key]?.join(", ") || null,
  };
}

function hostsOf({ directors = [], realServers = [], clients = [] }: Partial<Answers>): readonly NamedAddress[] {
  return [...directors, ...realServers, ...clients];
}

const director: TextStep = {
  kind: "text",
  key: "directors",
  question: () => "The director, such as lvs1=192.168.80.10/24?",
  usual: () => null,
  read: (text, answers) => {
    const others = hostsOf({ ...answers, directors: [] });
    const names = others.map(({ name }) => name);
    const host = readDirector(text, freeName("lvs", names), "lvs1=192.168.80.10/24");
    if (host.kind === "wrong") return host;
    const clash = clashOf(host.value, others);
    return clash === null ? value({ directors: [host.value] }) : wrong(clash);
  },
  text: ({ directors }) => directors?.map(({ name, cidr }) => `${name}=${cidr}`)[0] ?? null,
};

const vip: TextStep = {
  kind: "text",
  key: "vip",
  question: (answers) => `The virtual IP address, such as ${freeCidr(answers, 188).replace(/\/.*$/, "")}?`,
  usual: () => null,
  read: (text) => {
    const address = readAddress(text);
    return address.kind === "wrong" ? address : value({ vip: address.value });
  },
  text: (answers) => answers.vip ?? null,
};

const port: TextStep = {
  kind: "text",
  key: "port",
  question: () => "Port of the service?",
  usual: ({ protocol }) => (protocol === "tcp" ? "80" : protocol === "udp" ? "53" : null),
  read: (text) => {
    const read = readPort(text);
    return read.kind === "wrong" ? read : value({ port: read.value });
  },
  text: (answers) => (answers.port === undefined ? null : String(answers.port)),
};

/** The questions of a list: the first, before an example, and those after it. */
interface HostsWords {
  readonly first: string;
  readonly another: string;
  /** Where there are enough. */
  readonly more: string;
}

function hosts(
  key: HostsStep["key"],
  { first, another, more }: HostsWords,
  stem: "web" | "pc",
  least: number,
  from: number,
): HostsStep {
  const example = (answers: Partial<Answers>): string =>
    `${freeName(
      stem,
      hostsOf(answers).map(({ name }) => name),
    )}=${freeCidr(answers, from)}`;
  return {
    kind: "hosts",
    key,
    least,
    question: (answers, soFar) =>
      soFar === 0
        ? `${first}\n${least === 0 ? `${example(answers)}? (Enter: none)` : `${example(answers)}?`}`
        : soFar < least
          ? another
          : more,
    read: (text, answers) => readHosts(text, stem, hostsOf(answers), [], example(answers)),
  };
}

export const steps: readonly Step[] = [
  plainStep("name", "Name of the cluster?", defaults.name),
  choice("platform", "Platform of the hosts?", platformChoices, null),
  plainStep("interface", "Their network interface, such as eth0 or ens33?", null),
  director,
  vip,
  choice("protocol", "Protocol of the service?", protocolChoices, defaults.protocol),
  port,
  choice("mode", "Forwarding method?", modeChoices, defaults.mode),
  choice("scheduler", "Who gets the next connection?", schedulerChoices, defaults.scheduler),
  hosts(
    "realServers",
    {
      first: "A real server, such as",
      another: "Another real server?",
      more: "Another real server? (Enter: no more)",
    },
    "web",
    1,
    12,
  ),
  { ...plainStep("checkPath", "Path that a check of the web asks for?", defaults.checkPath), applies: isWeb },
  wordsStep("packages", {
    question: (answers) =>
      isWeb(answers) ? `Packages of the real servers, such as ${webServer(answers)}?` : "Packages of the real servers?",
    usual: () => none,
  }),
  wordsStep("units", {
    question: () => "Units that they start and enable?",
    usual: ({ packages = [] }) => packages.filter((name) => servers.includes(name)).join(", ") || none,
  }),
  hosts(
    "clients",
    {
      first: "A test client, such as",
      another: "Another test client? (Enter: no more)",
      more: "Another test client? (Enter: no more)",
    },
    "pc",
    0,
    200,
  ),
];

/** Packages whose unit has the same name. */
const servers: readonly string[] = ["httpd", "apache2", "nginx", "haproxy", "squid", "tomcat"];
