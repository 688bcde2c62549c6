/**
 * What holds where the description says nothing. The schema says the same in its `default`s, for editors; a
 * test compares the two.
 */
export const defaults = {
  firewall: "open",
  selinux: "keep",
  forwarding: "keep",
  mode: "dr",
  scheduler: "wlc",
  protocol: "tcp",
  weight: 1,
  threshold: 0,
  onePacket: false,
  persistenceTimeout: 360,
  language: "en",
  packageSource: "repository",
  timeout: 0,
  monitoring: { interval: 900, keep: 100 },
  check: { path: "/", interval: 5, timeout: 3, retries: 3, onFailure: "quiesce" },
  ha: { advertInterval: 0.3, version: 3, preempt: false, unicast: true },
} as const;
