/** English that is left in a text which is to be Chinese. */

/** Names of the field, commands, and what scripts print: they stand in Chinese texts as they are. */
const allowed = new RegExp(
  [
    "sorry server",
    "router id",
    "sync id",
    "last change: generation G",
    "to go back",
    "or go back to that",
    "waiting for",
    "stale file handle",
    "packet too big",
    "fragmentation needed",
    "not ok",
    "back to",
    "bash [a-z.]+sh [a-z]+ NAME",
    "systemctl st(?:op|art) [a-z.]+",
    "rollback --to N",
    "undrain NAME",
    "ip route replace default via",
    "route default",
    "lvsgen [a-z]+(?: [A-Z_0-9]+)?",
    "ip proto",
    "nmcli connection modify NAME",
    "\\S+ route replace default via",
    "systemctl is-active firewalld ufw",
    "git log",
    "openssl dgst",
    "(?:apt-get |dnf |npm )install [a-zA-Z]+",
    "ipvsadm -[A-Za-z]+(?: -[a-z])*",
    "(?:tcp|udp|sctp) every port",
    "IP in IP",
    "(?:tcp|udp|sctp) [0-9a-f]",
  ].join("|"),
  "g",
);

/** Runs of two English words or more; code, quotations and numbers are none. */
export function englishIn(text: string): string[] {
  const plain = text
    .replaceAll(/`[^`]*`/g, "·")
    .replaceAll(/"[^"]*"/g, "·")
    .replaceAll(allowed, "·");
  return [...plain.matchAll(/(?<![\w./:[\\-])[a-zA-Z]{2,}(?:[ ,]+[a-z]{2,})+(?![\w./:-])/g)].map(([words]) => words);
}
