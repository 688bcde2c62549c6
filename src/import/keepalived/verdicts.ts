/** Keywords that become nothing in a description, with why and what to do. */
import type { Ledger } from "../ledger.ts";
import { quotable } from "../secrets.ts";
import type { Node } from "./tree.ts";

type Verdict = { readonly reason: string; readonly remedy: string | null };

const ignored = (reason: string): Verdict => ({ reason, remedy: null });
const missed = (reason: string, remedy: string): Verdict => ({ reason, remedy });

const noMail = ignored("lvsgen sends no mail: its timers and log report");
const ofDaemon = ignored("a setting of the daemon itself");
const script = missed(
  "lvsgen runs no scripts of others at a change",
  "let the unit or the monitoring that needs it watch for it",
);
const tracking = missed(
  "lvsgen's failover follows the directors alone",
  "see whether the VIP has to move because of it",
);

/** What no block makes anything of. */
const anywhere: Readonly<Record<string, Verdict>> = {
  smtp_alert: noMail,
  notify_up: script,
  notify_down: script,
  quorum_up: script,
  quorum_down: script,
  notify: script,
  notify_master: script,
  notify_backup: script,
  notify_fault: script,
  notify_stop: script,
  notify_deleted: script,
  notify_master_rx_lower_pri: script,
  notify_priority_changes: script,
  debug: ofDaemon,
  user: ofDaemon,
  log_all_failures: ofDaemon,
  warmup: ignored("lvsgen spreads its checks itself"),
  delay_before_retry: ignored("lvsgen waits a second before it asks again"),
  alpha: missed(
    "lvsgen takes real servers for up until a check fails",
    "see whether they may get connections at the start",
  ),
  omega: script,
};

const verdicts: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  virtual_server: {
    ha_suspend: ignored("the director without the VIP checks as well, which harms nothing"),
    hysteresis: missed("lvsgen counts no quorum", "see whether the service may go on with a single real server"),
    nat_mask: ignored("nothing of IPVS reads it"),
    hashed: ignored("keepalived has it as another word for flags of sh"),
    virtual_server_group: ignored("a group within a service"),
  },
  real_server: {},
  checker: {
    bind_port: missed("a check leaves from any port", "see whether a firewall asks for this one"),
    bindto: missed("a check leaves with the address that the route gives", "see whether real servers ask for this one"),
    bind_if: missed("a check leaves as the route has it", "see whether real servers ask for this one"),
    fwmark: missed("a check carries no mark", "see whether a rule of routing asks for it"),
    http_protocol: ignored("checks ask with HTTP/1.1"),
    enable_sni: ignored("lvsgen names the host in TLS itself"),
    fast_recovery: ignored("lvsgen asks one page"),
    tls_compliant: ignored("how TLS ends does not matter to lvsgen"),
    helo_name: ignored("only the connection is asked for"),
    payload: missed("a check of UDP sends what its type says", "see whether the service answers that"),
    require_reply: missed("a check of UDP looks for no text", "see whether an answer alone is enough"),
    min_reply_length: missed("a check of UDP looks for no length", "see whether an answer alone is enough"),
    max_reply_length: missed("a check of UDP looks for no length", "see whether an answer alone is enough"),
    regex_no_match: missed(
      "a check looks for text that is there, not for text that is not",
      "choose a text that the good page has",
    ),
    regex_options: missed("a check looks for plain text", 'write the text as "body" of the check'),
    regex_min_offset: ignored("a check reads the whole page"),
    regex_max_offset: ignored("a check reads the whole page"),
    regex_stack: ignored("a check looks for plain text"),
    digest: missed("a check knows no digest of a page", 'write a text that the page has as "body" of the check'),
    misc_timeout: ofDaemon,
    misc_dynamic: missed("weights stand in the description", "see whether something has to change them while it runs"),
    misc_path: missed("lvsgen runs no scripts of others as checks", "choose a check of the port or of a page"),
  },
  vrrp_instance: {
    state: ignored("the order of the directors says who is first"),
    nopreempt: ignored("lvsgen does not preempt unless it is told to"),
    preempt_delay: missed("lvsgen has no such time", "see whether a director needs time before it takes over"),
    use_vmac: missed(
      "lvsgen announces VIPs with the interface's own MAC address",
      "see whether the switch asks for the virtual one",
    ),
    use_ipvlan: missed(
      "lvsgen announces VIPs with the interface's own MAC address",
      "see whether the switch asks for another one",
    ),
    authentication: ignored("VRRP has no authentication since RFC 5798; its password is not copied"),
    track_interface: tracking,
    track_script: tracking,
    track_file: tracking,
    track_process: tracking,
    track_bfd: tracking,
    virtual_routes: missed(
      "lvsgen moves addresses alone",
      "bring the routes with the network configuration of the director",
    ),
    virtual_rules: missed(
      "lvsgen moves addresses alone",
      "bring the rules with the network configuration of the director",
    ),
    dont_track_primary: tracking,
    mcast_dst_ip: missed(
      "lvsgen keeps to the addresses of the RFC, or unicast",
      "see whether another cluster is on the segment",
    ),
    accept: ofDaemon,
    no_accept: ofDaemon,
  },
  global_defs: {
    router_id: ignored("a name for mails and SNMP"),
    notification_email: noMail,
    notification_email_from: noMail,
    smtp_server: noMail,
    smtp_connect_timeout: noMail,
    smtp_helo_name: noMail,
    startup_script: script,
    shutdown_script: script,
    lvs_flush: ignored("lvsgen makes the table what is described"),
    lvs_flush_on_stop: ignored("lvsgen makes the table what is described"),
    lvs_flush_onstop: ignored("lvsgen makes the table what is described"),
  },
  top: {
    vrrp_script: tracking,
    vrrp_track_process: tracking,
    vrrp_track_file: tracking,
    track_file: tracking,
    track_group: tracking,
    bfd_instance: tracking,
    static_ipaddress: missed("addresses of the host itself", "let its network configuration bring them"),
    static_routes: missed("routes of the host itself", "let its network configuration bring them"),
    static_rules: missed("rules of the host itself", "let its network configuration bring them"),
    garp_group: ofDaemon,
    linkbeat_interfaces: ofDaemon,
    linkbeat_use_polling: ofDaemon,
    interface_up_down_delays: ofDaemon,
    SSL: missed("the certificates that checks show and trust", 'say "ca" in the check of https'),
    net_namespace: missed(
      "lvsgen works in the host's own network namespace",
      "take the namespace away, or import nothing",
    ),
    net_namespace_ipvs: missed(
      "lvsgen works in the host's own network namespace",
      "take the namespace away, or import nothing",
    ),
    instance: ofDaemon,
    use_pid_dir: ofDaemon,
    child_wait_time: ofDaemon,
    include_check: ofDaemon,
  },
};

/** Settings of failover that the daemon has a great many of. */
const ofDaemonForm =
  /^(?:garp_|gna_|vmac_|vrrp_|lvs_|bfd_|checker_|snmp_|enable_|nftables|process_|dbus_|json_|reload_|(?:higher|lower)_prio|skip_check|check_unicast|unicast_|native_ipv6|old_unicast|strict_mode|promote_secondaries|v3_checksum|linkbeat|script_user|dynamic_interfaces|no_email_faults|default_interface|disable_local|max_auto|min_auto|use_|set_supp|config_save|tmp_config|notify_fifo|rs_init|no_checker|log_unknown|umask|random_seed|data_use|iproute_|state_dump|stats_dump|startup_script|shutdown_script|global_tracking|sync_group_tracking|timer_expired|thread_timer|down_timer|owner_ignore|kernel_rx|track_src_ip|mcast_src_ip|vrf|snmp_name|virtual_ipaddress_excluded|no_virtual)/;

/** Tells what becomes of a keyword that nothing is made of, and of all that stands in its block. */
export function judge(node: Node, section: string, ledger: Ledger, hide = false): void {
  const { keyword } = node;
  if (keyword === "delay_before_retry" && node.words[0]?.text === "1") {
    ledger.isDefault(node.place, "lvsgen waits a second before it asks again");
    return;
  }
  const known = verdicts[section];
  const verdict =
    (known !== undefined && Object.hasOwn(known, keyword) ? known[keyword] : undefined) ??
    (Object.hasOwn(anywhere, keyword) ? anywhere[keyword] : undefined) ??
    (ofDaemonForm.test(keyword) && section !== "checker" ? ofDaemon : undefined);
  if (verdict !== undefined) tell(node, verdict, ledger, hide || isSecret(keyword));
  // What nobody knows may be a password, an address of a person, or a block of them.
  else tell(node, ignored(`keepalived has no keyword "${quotable(keyword)}" here, and leaves it out`), ledger, true);
}

function isSecret(keyword: string): boolean {
  return /^(?:notification_email|notification_email_from|smtp_server|authentication|auth_pass|auth_hmac|auth_type|SSL|password|key)$/.test(
    keyword,
  );
}

function tell(node: Node, verdict: Verdict, ledger: Ledger, hide: boolean): void {
  // Blocks are at most so deep as the tree lets them be.
  const { place } = node;
  if (hide) ledger.hide(place);
  if (verdict.remedy === null) ledger.ignored(place, verdict.reason);
  else ledger.missed(place, verdict.reason, verdict.remedy);
  for (const child of node.block ?? []) {
    if (hide) ledger.hide(child.place);
    tell(child, { reason: `it belongs to ${quotable(node.keyword)}`, remedy: null }, ledger, hide);
  }
}
