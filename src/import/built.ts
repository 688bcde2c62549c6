/**
 * Keys of the format that lvsgen may not build yet: the import writes them as comments, with a line in the report. What is
 * built is set to true here, and nothing else changes; a test tells when the compiler takes one that stands here as false.
 */
export const built = {
  /** Failover and health checks by keepalived. */
  ha: true,
  /** `services[].sorryServer` */
  sorryServer: true,
  /** `services[].check.onFailure` */
  onFailure: true,
  /** `hosts.NAME.sysctls` */
  sysctls: true,
  /** `hosts.NAME.addresses` */
  addresses: true,
} as const satisfies Readonly<Record<string, boolean>>;

export type LaterKey = keyof typeof built;

export function isBuilt(key: LaterKey): boolean {
  return built[key];
}
