import { shortSum } from "../lvs/label.ts";
import type { Family, Host } from "../model.ts";
import { type Content, rootOwned } from "./managed.ts";
import { ownName } from "./naming.ts";
import type { Resource } from "./resource.ts";

/**
 * Rules in the syntax of nftables and of iptables: the host decides which its kernel has. Both keep to a table or chain
 * of their own, so that they are replaced and removed without touching anyone else's rules.
 */
export interface RuleSet {
  /** Its files are `NAME.nft`, `NAME.iptables`, `NAME.ip6tables` and `load-NAME`. */
  readonly name: string;
  readonly nft: NftTable & { readonly content: Content };
  /** What it is in iptables: a chain of its own that a chain of the kernel's jumps to, in these families; null is one without rules. */
  readonly iptables: IptablesChain & { readonly contents: readonly (readonly [Family, Content | null])[] };
  /** The comments of the rules, by which they are found again, in their order. */
  readonly ids: readonly string[];
}

export interface NftTable {
  readonly family: "inet" | "ip" | "ip6";
  readonly table: string;
}

export interface IptablesChain {
  readonly chain: string;
  readonly place:
    | { readonly table: "mangle"; readonly chain: "PREROUTING" | "POSTROUTING" }
    | { readonly table: "raw"; readonly chain: "PREROUTING" }
    | { readonly table: "nat"; readonly chain: "POSTROUTING" };
}

export interface Netfilter {
  readonly resources: readonly Resource[];
  /** What brings the rules back at boot. */
  readonly bootCommands: readonly string[];
}

/**
 * A rule set as files of both syntaxes, with the script that loads the one that the host's kernel has, now and at boot.
 *
 * @param cluster its name: the files stand in `/etc/lvsgen/CLUSTER`
 */
export function netfilter(cluster: string, { name, nft, iptables, ids }: RuleSet): Netfilter {
  const directory = `/etc/lvsgen/${cluster}`;
  const rules = `${directory}/${name}`;
  const loader = `${directory}/load-${name}`;
  const files = [
    { path: `${rules}.nft`, content: nft.content },
    ...iptables.contents.flatMap(([family, content]) =>
      content === null ? [] : [{ path: `${rules}.${toolOf(family)}`, content }],
    ),
  ];
  const view = {
    rules,
    family: nft.family,
    table: nft.table,
    chain: iptables.chain,
    place: iptables.place,
    masquerades: iptables.place.table === "nat",
    marks: iptables.place.table === "mangle" && iptables.place.chain === "PREROUTING",
    clamps: iptables.place.table === "mangle" && iptables.place.chain === "POSTROUTING",
    untracks: iptables.place.table === "raw",
    ids,
    tools: iptables.contents.filter(([, content]) => content !== null).map(([family]) => toolOf(family)),
    idle: iptables.contents.filter(([, content]) => content === null).map(([family]) => toolOf(family)),
  };
  return {
    resources: [
      ...files.map((file): Resource => ({ kind: "file", ...file, ...rootOwned })),
      {
        kind: "file",
        path: loader,
        content: { template: "files/load-rules", view },
        mode: "0755",
        owner: "root",
        group: "root",
      },
      { kind: "netfilter", loader, ids },
    ],
    bootCommands: [loader],
  };
}

/** What may take rules of others away when it starts or reloads its own: `flush ruleset` of nftables.conf, firewalld with iptables. */
export function flushing({ platform: { units } }: Host): readonly string[] {
  return [...units.firewalls, ...units.ruleLoaders];
}

/** `lvsgen_kgc_director` */
export function nftName(cluster: string, role: string): string {
  return ownName(cluster, role).replaceAll("-", "_");
}

/** An iptables chain's name has at most 28 characters (XT_EXTENSION_MAXNAMELEN): one that is cut ends with a sum of the whole. */
export function chainName(prefix: string, cluster: string): string {
  const name = `${prefix}-${cluster}`;
  return name.length <= 28 ? name : `${name.slice(0, 23)}-${shortSum(cluster)}`;
}

function toolOf(family: Family): "iptables" | "ip6tables" {
  return family === 4 ? "iptables" : "ip6tables";
}
