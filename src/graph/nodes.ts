/** A picture as nodes and links, for the formats whose layout is made by what shows them. */
import type { Say } from "../language/index.ts";
import type { Box, Picture } from "./picture.ts";

export interface Node {
  readonly id: string;
  readonly lines: readonly string[];
  readonly kind: Box["kind"] | "vips";
  readonly isMarked: boolean;
}

export interface Tier {
  readonly title: string;
  readonly nodes: readonly Node[];
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** `holds`: which director has the VIPs; `standby`: which would. */
  readonly kind: "holds" | "standby" | "request" | "reply" | "spare" | "share";
  readonly label: string;
}

export interface Nodes {
  readonly tiers: readonly Tier[];
  readonly links: readonly Link[];
}

export function nodesOf(picture: Picture, say: Say): Nodes {
  const { clients, directors, vips, servers, nfs, gone } = picture;
  const tiers = [
    { title: "Clients", nodes: clients.map((box, index) => boxNode(box, `client${index}`)) },
    {
      title: "Directors",
      nodes: [...directors.map((box, index) => boxNode(box, `director${index}`)), ...vipNodes(picture, say)],
    },
    { title: "Real servers", nodes: servers.map((box, index) => boxNode(box, `server${index}`)) },
    { title: "NFS", nodes: nfs.map((box, index) => boxNode(box, `nfs${index}`)) },
    { title: "Gone with this change", nodes: gone.map((box, index) => boxNode(box, `gone${index}`)) },
  ];
  const links = vips.length === 0 ? [] : linksOf(picture);
  return {
    tiers: tiers.filter(({ nodes }) => nodes.length > 0).map((tier) => ({ ...tier, title: say(tier.title) })),
    links: links.map((link) => ({ ...link, label: say(link.label) })),
  };
}

function boxNode({ title, roles, lines, kind, mark }: Box, id: string): Node {
  const all = [title, ...(roles === "" ? [] : [roles]), ...lines.map((line) => line.trim())];
  return { id, lines: all, kind, isMarked: mark !== undefined };
}

function vipNodes({ vips, moreVips, holder }: Picture, say: Say): Node[] {
  return vips.map(({ title, services }, index) => ({
    id: `vip${index}`,
    lines: [
      say(`VIP ${title}`),
      ...services.map(({ port, name, scheduler, methods }) => [port, name, scheduler, methods].join(" ")),
      ...(index === 0 ? [holder] : []),
      ...(index === vips.length - 1 && moreVips !== null ? [moreVips] : []),
    ],
    kind: "vips",
    isMarked: false,
  }));
}

function linksOf(picture: Picture): Link[] {
  const { vips, directors, replies, moves, mounting, servers } = picture;
  const passing = replies.get("director");
  const links: Link[] = [];
  const vipIds = vips.map((_, index) => `vip${index}`);
  for (const [index] of directors.entries()) {
    const kind = index === 0 || !moves ? "holds" : "standby";
    for (const vip of vipIds) links.push({ from: `director${index}`, to: vip, kind, label: "" });
  }
  for (const vip of vipIds) links.push({ from: "client0", to: vip, kind: "request", label: "requests" });
  const byDirector = new Set<number>();
  const straight = new Map<number, Set<string>>();
  for (const [index, { targets, spares }] of vips.entries()) {
    for (const [server, methods] of targets) {
      links.push({ from: `vip${index}`, to: `server${server}`, kind: "request", label: methods });
      if (methods.includes("NAT")) {
        links.push({ from: `server${server}`, to: `vip${index}`, kind: "reply", label: "replies, NAT" });
        byDirector.add(index);
      }
      const others = methods.split(", ").filter((method) => method !== "NAT");
      if (others.length > 0) straight.set(server, new Set([...(straight.get(server) ?? []), ...others]));
    }
    for (const server of spares)
      links.push({ from: `vip${index}`, to: `server${server}`, kind: "spare", label: "when no other is left" });
  }
  // What a director serves itself stands at every address of its.
  const answering = passing?.includes("local") ? vips.keys() : byDirector;
  for (const index of answering)
    links.push({ from: `vip${index}`, to: "client0", kind: "reply", label: `replies, ${passing ?? ""}` });
  for (const [server, methods] of straight) {
    const label = `replies, ${[...methods].join(", ")}: not by the director`;
    links.push({ from: `server${server}`, to: "client0", kind: "reply", label });
  }
  for (const server of mounting.filter((index) => index < servers.length))
    links.push({ from: "nfs0", to: `server${server}`, kind: "share", label: "NFS" });
  return links;
}
