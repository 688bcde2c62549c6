/** Checkers of real servers: lvsgen has one check for a service. */
import type { FoundCheck } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import { holdsSecret } from "../secrets.ts";
import { plainText } from "./pattern.ts";
import { mostRetries, seconds, tellRetries, tellTime } from "./times.ts";
import type { Node } from "./tree.ts";
import { judge } from "./verdicts.ts";

/** What a checker takes from its real server and its virtual server. */
export interface CheckDefaults {
  readonly interval: number;
  readonly timeout: number;
  /** Null: what the kind of checker has. */
  readonly retries: number | null;
  readonly name: string | null;
}

export const checkerKinds = [
  "TCP_CHECK",
  "HTTP_GET",
  "SSL_GET",
  "SMTP_CHECK",
  "DNS_CHECK",
  "MISC_CHECK",
  "BFD_CHECK",
  "UDP_CHECK",
  "PING_CHECK",
  "FILE_CHECK",
];

const types: Readonly<Record<string, FoundCheck["type"]>> = {
  TCP_CHECK: "tcp",
  HTTP_GET: "http",
  SSL_GET: "https",
  SMTP_CHECK: "tcp",
  UDP_CHECK: "udp",
  DNS_CHECK: "udp",
};

const without: Readonly<Record<string, string>> = {
  SMTP_CHECK: "only the connection is asked for, no greeting",
  DNS_CHECK: "only the port is asked, no name",
  MISC_CHECK: "lvsgen runs no scripts of others as checks",
  BFD_CHECK: "lvsgen has no check by BFD",
  PING_CHECK: "lvsgen asks services, not hosts",
  FILE_CHECK: "lvsgen reads no file as a check",
};

const hostName =
  /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

export function readChecker(node: Node, defaults: CheckDefaults, ledger: Ledger): FoundCheck | null {
  const type = types[node.keyword];
  const reason = without[node.keyword];
  if (reason !== undefined)
    ledger.missed(
      node.place,
      reason,
      type === undefined ? "choose a check of the port or of a page" : "see whether that is enough",
    );
  else ledger.taken(node.place);
  const check: { -readonly [K in keyof FoundCheck]: FoundCheck[K] } = {
    place: node.place,
    type: type ?? "none",
    interval: defaults.interval,
    timeout: defaults.timeout,
    retries: defaults.retries ?? (node.keyword === "DNS_CHECK" ? 3 : 1),
  };
  const isPage = type === "http" || type === "https";
  // keepalived looks at no certificate.
  if (type === "https") check.verify = false;
  if (isPage && defaults.name !== null && hostName.test(defaults.name)) check.name = defaults.name;
  let urls = 0;
  for (const child of node.block ?? []) {
    const word = child.words[0]?.text;
    const number = /^[0-9]{1,9}$/.test(word ?? "") ? Number(word) : null;
    switch (child.keyword) {
      case "connect_port":
        if (number !== null && number >= 1 && number <= 65535) check.port = number;
        take(child, number !== null && number >= 1 && number <= 65535, ledger);
        break;
      case "connect_timeout":
        check.timeout = seconds(word, 3600) ?? check.timeout ?? 5;
        if (seconds(word, 3600) !== null) tellTime(word, check.timeout, child.place, ledger);
        take(child, seconds(word, 3600) !== null, ledger);
        break;
      case "delay_loop":
        check.interval = seconds(word, 86400) ?? check.interval ?? 60;
        if (seconds(word, 86400) !== null) tellTime(word, check.interval, child.place, ledger);
        take(child, seconds(word, 86400) !== null, ledger);
        break;
      case "retry":
      case "nb_get_retry":
        check.retries = number === null ? (check.retries ?? 1) : Math.min(mostRetries, number);
        tellRetries(number, child.place, ledger);
        take(child, number !== null, ledger);
        break;
      case "connect_ip":
        ledger.missed(
          child.place,
          "a check asks the address of the real server",
          "see whether another one has to be asked",
        );
        break;
      case "virtualhost":
      case "sni_name":
        if (isPage && word !== undefined && hostName.test(word)) {
          check.name = word;
          ledger.taken(child.place);
        } else ledger.missed(child.place, "no name of a host that a check could ask for", 'say "name" in the check');
        break;
      case "host":
        readHost(child, ledger);
        ledger.missed(
          child.place,
          "a check asks the address of the real server",
          "see whether another one has to be asked",
        );
        break;
      case "url":
        urls++;
        if (urls === 1) readUrl(child, check, ledger);
        else {
          ledger.missed(child.place, "a check asks one page", "choose the page that says most");
          for (const one of child.block ?? []) ledger.ignored(one.place, "it belongs to a page that is not asked for");
        }
        break;
      default:
        if (reason !== undefined && type === undefined && child.keyword !== "misc_path")
          ledger.ignored(child.place, `it belongs to ${node.keyword}`);
        else judge(child, "checker", ledger);
    }
  }
  return type === undefined ? null : check;
}

/** Another host than the real server, which SMTP checks may ask. */
function readHost({ block }: Node, ledger: Ledger): void {
  for (const one of block ?? []) {
    if (/^connect_(?:ip|port)$/.test(one.keyword)) ledger.ignored(one.place, "it belongs to a host that is not asked");
    else judge(one, "checker", ledger);
  }
}

function take({ place }: Node, isRead: boolean, ledger: Ledger): void {
  if (isRead) ledger.taken(place);
  else ledger.missed(place, "no number that keepalived would take", "say it in the check");
}

function readUrl(node: Node, check: { -readonly [K in keyof FoundCheck]: FoundCheck[K] }, ledger: Ledger): void {
  ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const word = child.words[0]?.text ?? "";
    const plain = plainText(word);
    switch (child.keyword) {
      case "path":
        if (/^\/[!-~]{0,2047}$/.test(word) && !holdsSecret(word)) {
          check.path = word;
          ledger.taken(child.place);
        } else {
          if (holdsSecret(word)) ledger.hide(child.place);
          ledger.missed(
            child.place,
            holdsSecret(word)
              ? "a path with a secret in it, which is not copied"
              : "no path that a check could ask for",
            'say "path" in the check',
          );
        }
        break;
      case "status_code":
        readStatus(child, check, ledger);
        break;
      case "virtualhost":
        if (hostName.test(word)) {
          check.name = word;
          ledger.taken(child.place);
        } else ledger.missed(child.place, "no name of a host that a check could ask for", 'say "name" in the check');
        break;
      case "regex":
        if (plain !== null && child.words.length === 1 && !holdsSecret(plain)) {
          check.body = plain;
          ledger.taken(child.place);
        } else {
          if (holdsSecret(word) || (plain !== null && holdsSecret(plain))) ledger.hide(child.place);
          ledger.missed(
            child.place,
            plain !== null && child.words.length === 1
              ? "a text with a secret or a mail address in it, which is not copied"
              : "a check looks for plain text, not for an expression",
            'write a text that the page has as "body" of the check',
          );
        }
        break;
      default:
        judge(child, "checker", ledger);
    }
  }
}

/** One status as it is; 200 to 399, what lvsgen takes without a word, as nothing. */
function readStatus(
  { words, place }: Node,
  check: { -readonly [K in keyof FoundCheck]: FoundCheck[K] },
  ledger: Ledger,
): void {
  const [first, ...rest] = words.map(({ text }) => text);
  if (rest.length === 0 && /^[1-5][0-9]{2}$/.test(first ?? "")) {
    check.status = Number(first);
    ledger.taken(place);
  } else if (rest.length === 0 && first === "200-399") ledger.isDefault(place, "any 2xx or 3xx is good without a word");
  else ledger.missed(place, "a check takes one status, or any 2xx and 3xx", 'say "status" in the check');
}
