import type { Kind } from "./kinds.ts";

/** In place of what is not shown. */
const hidden = "…";

const longest = 160;

/** A key that holds a secret, or a person's address, by its name. */
const secretKey =
  /(?:pass(?:w(?:or)?d|phrase|wd)?|passwd|pwd|secret|psk|(?:private|preshared|shared|wep|wpa|wireless|api|auth|access|hmac|fastopen|encryption)[-_]?key\w*|token|communit(?:y|ies)|credentials?|login|username|identity|e?mail\w*|smtp_server|notification_email(?:_from)?|auth_pass|auth_hmac)/i;

/** What is between a key and its value, which is no block. */
const beforeValue = /["']?(?:\s*[=:]\s*|\s+)(?=[^\s{])/y;

/** A line up to the value of its first key that holds a secret; each character is looked at once. */
function withoutSecret(text: string): string {
  for (const { 0: word, index } of text.matchAll(/[\w.-]+/g)) {
    if (!secretKey.test(word)) continue;
    beforeValue.lastIndex = index + word.length;
    if (beforeValue.test(text)) return text.slice(0, beforeValue.lastIndex) + hidden;
  }
  return text;
}

const mail = /[^\s<>"'=,:;()]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,8}/g;

const urlAccount = /(:\/\/)[^/\s:@]{1,64}(?::[^/\s@]{0,128})?@/g;

/** Whether a word names something that is never copied, such as `auth_pass` or `emailalert`. */
export function isSecretKey(word: string): boolean {
  return secretKey.test(word);
}

/** Whether a value holds a mail address, an account in a URL, or a secret in a query. */
export function holdsSecret(value: string): boolean {
  return (
    value.search(mail) >= 0 ||
    value.search(urlAccount) >= 0 ||
    /[?&;][\w-]{0,64}(?:pass|pwd|secret|token|key|auth)[\w-]{0,64}=/i.test(value)
  );
}

/** A word of an input as a reason may quote it: keywords are plain, and what is not may be a password or an address. */
export function quotable(word: string): string {
  return /^[a-z_-]{1,40}$/i.test(word) ? word : hidden;
}

/** A text without mail addresses, and without accounts in URLs. */
export function withoutAddresses(text: string): string {
  return text.includes("@") ? text.replace(urlAccount, `$1${hidden}@`).replace(mail, `${hidden}@${hidden}`) : text;
}

/**
 * A line as it may be shown: without what is behind a key that sounds like a secret, without mail addresses, and without the
 * values of variables and the arguments of commands in keepalived.conf, which may be either.
 */
export function shown(line: string, kind: Kind): string {
  let text = line.trim().slice(0, 4 * longest);
  // What people write beside a setting is none, and may be anything.
  const comment = comments[kind];
  if (comment !== undefined)
    text = text.replace(comment, (mark) => (text.startsWith(mark) ? `${mark.trim().charAt(0)} ${hidden}` : ""));
  if (kind === "keepalived") text = withoutArguments(text);
  if (kind === "ldirectord")
    text = text.replace(/^(\s*(?:checkcommand|request|receive|database)\s*=\s*)\S.*$/i, `$1${hidden}`);
  // Most lines have nothing of the kind, and a table has a million.
  if (secretKey.test(text)) text = withoutSecret(text);
  text = withoutAddresses(text);
  return text.length > longest ? `${text.slice(0, longest)}${hidden}` : text;
}

const behindHash = /(?:^|\s+)#.*$/;

const comments: Partial<Readonly<Record<Kind, RegExp>>> = {
  keepalived: /(?:^|\s+)[#!].*$/,
  keyfile: /^[#;].*$/,
  networkd: /^[#;].*$/,
  sysctl: /^[#;].*$/,
  ifcfg: /^#.*$/,
  "ipvsadm-rules": behindHash,
  ldirectord: behindHash,
  shell: behindHash,
  interfaces: behindHash,
  netplan: behindHash,
  exports: behindHash,
  fstab: behindHash,
  hosts: behindHash,
};

/** Words of keepalived.conf that stand alone in a block of addresses of persons, or before a command with arguments. */
function withoutArguments(text: string): string {
  const definition = /^(@\S+\s+)?\$(\w+)\s*=/.exec(text);
  if (definition !== null) return `${definition[1] ?? ""}$${definition[2]}=${hidden}`;
  return text.replace(
    /^(@\S+\s+)?(misc_path|script|startup_script|shutdown_script|notify\w*|quorum_up|quorum_down|vrrp_notify_fifo_script|payload|require_reply|key|digest)(\s+)("?)(\S*).*$/,
    (_all, condition: string | undefined, word: string, space: string, quote: string, first: string) =>
      `${condition ?? ""}${word}${space}${/^\//.test(first) ? `${quote}${first.replace(/["']+$/, "")}${quote} ${hidden}` : hidden}`,
  );
}
