import type { Host } from "../model.ts";

/** The first few by name: `web1, web2 and 8 more`. */
export function namesOf(hosts: readonly Host[]): string {
  const names = hosts.map(({ name }) => name);
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
}
