import { plain, written } from "./show.ts";

/** Ports that people know by name (/etc/services). */
const known: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  smtp: 25,
  dns: 53,
  domain: 53,
  http: 80,
  www: 80,
  pop3: 110,
  imap: 143,
  ldap: 389,
  https: 443,
  ldaps: 636,
  mysql: 3306,
  rdp: 3389,
  sip: 5060,
  postgresql: 5432,
  redis: 6379,
};

/** What to write for the name or the text of one port, null where it is none. */
export function asPort(text: string): string | null {
  return /[\s,;]/.test(text.trim()) ? null : asPorts(text);
}

/** The same where several may stand. */
export function asPorts(text: string): string | null {
  const words = plain(text)
    .toLowerCase()
    .split(/[\s,;]+/);
  const ports = words.map((one) =>
    Object.hasOwn(known, one) ? known[one] : /^[0-9]{1,5}$/.test(one) && Number(one) <= 65535 ? Number(one) : null,
  );
  if (ports.includes(null)) return null;
  return ports.length === 1 ? `${ports[0]}, without quotes` : `${written(ports)}, a service for each`;
}
