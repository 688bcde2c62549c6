/** A first description: what was answered, and in comments what one may want next. */
import { add, type Draft, type DraftObject, list, object, plain, saidDraft, scalar, set } from "../../draft/draft.ts";
import { type Language as FileLanguage, printDraft } from "../../draft/print.ts";
import type { Language } from "../../language/index.ts";
import type { Answers, NamedAddress } from "./answers.ts";

export const schemaFile = "cluster.schema.json";

export interface Form {
  readonly language: FileLanguage;
  /** Whether the schema is beside it. */
  readonly namesSchema: boolean;
}

/** The text of a first description, with comments in the language of who asked for it; its documents will be in that, too. */
export function clusterText(answers: Answers, { language, namesSchema }: Form, { name, init: say }: Language): string {
  const plainTop = clusterDraft(answers);
  if (name !== "en") addLanguage(plainTop, name);
  const top = saidDraft(plainTop, say);
  const head = [
    "A Linux Virtual Server cluster.",
    "  lvsgen validate   checks this file",
    "  lvsgen build      compiles it into out/: one script per role, to be run as out/RUNBOOK.md says",
  ].map(say);
  if (language === "yaml") {
    const comment = `yaml-language-server: $schema=${schemaFile}`;
    return printDraft(top, namesSchema ? [comment, "", ...head] : head, language);
  }
  top.members.unshift({
    key: "$schema",
    value: scalar(`./${schemaFile}`),
    comments: [
      say(
        namesSchema
          ? "Editors complete and check from it."
          : `Editors complete from the schema: lvsgen schema > ${schemaFile}`,
      ),
    ],
    off: !namesSchema,
  });
  return printDraft(top, head, language);
}

/** Behind the name. */
function addLanguage(top: DraftObject, name: string): void {
  section(top, "language", scalar(name), "Language of the bundle's documents.");
  const member = top.members.pop();
  const at = top.members.findIndex(({ key }) => key === "name") + 1;
  if (member !== undefined) top.members.splice(at, 0, member);
}

/** The description itself. */
export function clusterDraft(answers: Answers): DraftObject {
  const top = object();
  set(top, "version", scalar(1));
  section(top, "name", scalar(answers.name), "Names the cluster in everything that lvsgen puts on a host.");
  section(top, "defaults", defaultsDraft(answers), "What holds for every host that does not say otherwise.");
  section(
    top,
    "hosts",
    hostsDraft(answers),
    'Every machine, with the address it has already. A host may have "files", "directories", "packages",',
    '"units" and "mounts" of its own.',
  );
  section(
    top,
    "directors",
    plain(answers.directors.map(({ name }) => name)),
    "The machine that carries the virtual IP address and the table.",
  );
  const services = list();
  add(services, serviceDraft(answers));
  section(top, "services", services);
  resources(top, answers);
  const { clients } = answers;
  const member = section(
    top,
    "clients",
    plain(clients.length === 0 ? ["pc"] : clients.map(({ name }) => name)),
    "Hosts from which client-test.sh asks the services.",
  );
  if (clients.length === 0) {
    member.off = true;
    member.comments.push("It is built where one is named, and runs on any other machine as well.");
  }
  return top;
}

function section(top: DraftObject, key: string, draft: Draft, ...comments: readonly string[]): ReturnType<typeof set> {
  const member = set(top, key, draft, ...comments);
  member.gap = true;
  return member;
}

function defaultsDraft({ platform, interface: nic }: Answers): DraftObject {
  const draft = object();
  set(draft, "platform", scalar(platform));
  set(draft, "interface", scalar(nic));
  set(
    draft,
    "firewall",
    scalar("open"),
    'Open just the ports that a role needs where a firewall is active ("disable" and "keep" are the others).',
  );
  return draft;
}

/** A host of several roles stands once. */
function hostsDraft({ directors, realServers, clients, mode }: Answers): DraftObject {
  const draft = object();
  const [director] = directors;
  const gateway = mode === "nat" && director !== undefined ? director.cidr.replace(/\/.*$/, "") : null;
  const put = ({ name, cidr }: NamedAddress, via: string | null): void => {
    if (draft.members.some(({ key }) => key === name)) return;
    const host = object(true);
    set(host, cidr.includes(":") ? "address6" : "address", scalar(cidr));
    if (via !== null) set(host, via.includes(":") ? "gateway6" : "gateway", scalar(via));
    set(draft, name, host);
  };
  for (const host of directors) put(host, null);
  for (const host of realServers) put(host, gateway);
  for (const host of clients) put(host, null);
  return draft;
}

const modeNotes: Readonly<Record<string, string>> = {
  dr: "Direct routing: real servers share a segment with the director and answer clients themselves.",
  tun: "Tunnelling: the director wraps packets in IP-in-IP; real servers answer clients themselves.",
  nat: "Address translation: the director is the gateway of the real servers, and replies go through it.",
};

function serviceDraft(answers: Answers): DraftObject {
  const { protocol, port, mode, vip, scheduler } = answers;
  const draft = object();
  set(draft, "name", scalar(answers.checkPath === null ? `${protocol}-${port}` : "web"));
  set(draft, "vip", scalar(vip));
  set(draft, "protocol", scalar(protocol));
  set(draft, "port", scalar(port));
  set(draft, "mode", scalar(mode), modeNotes[mode] ?? "The forwarding method.");
  set(draft, "scheduler", scalar(scheduler));
  const servers = list();
  for (const { name } of answers.realServers) add(servers, plain({ host: name }));
  set(
    draft,
    "realservers",
    servers,
    'A "weight" (default 1) gives a real server a larger share. Many are said at once: "web[01-40]" under "hosts" and here,',
    '"address": "192.168.80.11-192.168.80.90"; a list for several services stands in "pools", and each has "pool": "NAME".',
  );
  set(draft, "check", checkDraft(answers), "How client-test.sh sees that a real server works.");
  return draft;
}

function checkDraft(answers: Answers): Draft {
  const { port, protocol, checkPath } = answers;
  if (protocol !== "tcp") return plain({ type: "none" });
  if (checkPath === null) return plain({ type: "tcp" });
  return plain({ type: port % 1000 === 443 ? "https" : "http", path: checkPath });
}

function resources(top: DraftObject, { packages, units }: Answers): void {
  const isSaid = packages.length + units.length > 0;
  const draft = isSaid
    ? plain({
        packages: packages.length > 0 ? packages : undefined,
        units: units.length > 0 ? units : undefined,
      })
    : plain({ packages: ["httpd"], units: ["httpd"] });
  const comment = "What every real server gets, in the names of its platform (Apache is apache2 on Debian and Ubuntu).";
  section(top, "realserver", draft, comment).off = !isSaid;
}
