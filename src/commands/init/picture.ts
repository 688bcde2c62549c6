/** A small picture of a cluster in text. */
import { columns, firstColumns } from "../../diagnostics/width.ts";
import type { Say } from "../../language/index.ts";
import type { Cluster, RealServer, Service } from "../../model.ts";

/** Columns that it has room for. */
const width = 60;

/** Real servers that it shows; what is left is counted. */
const most = 8;

/** The way of a request to the real servers, and that of the reply by each forwarding method. Lines of at most 60 columns. */
export function pictureText({ directors, services }: Cluster, say: Say): string {
  const director = directors[0]?.name ?? "";
  const lines = services.flatMap((service) => [
    say("client"),
    `  |  ${say(`asks ${say(frontendText(service))}`)}`,
    "  v",
    say(`${director}  director, has ${service.vips.map(({ text }) => text).join(", ")}`),
    `  |  ${say(`${service.scheduler}, ${methods[service.mode]}`)}`,
    ...service.realServers.slice(0, most).map((one) => `  +--> ${serverText(one, director, say)}`),
    ...(service.realServers.length > most ? [`  +--> ${say(`and ${service.realServers.length - most} more`)}`] : []),
    `       |  ${say(`replies ${say(replyText(service, director))}`)}`,
    "       v",
    `     ${say("client")}`,
  ]);
  return lines.map((line) => `${fitted(`  ${line}`)}\n`).join("");
}

function fitted(line: string): string {
  return columns(line) <= width ? line : `${firstColumns(line, width - 1)}\u2026`;
}

function frontendText({ frontend }: Service): string {
  if (frontend.kind === "fwmark") return `what has the firewall mark ${frontend.mark}`;
  const { vip, protocol, port } = frontend;
  return `${vip.family === 6 ? `[${vip.text}]` : vip.text}:${port}/${protocol}`;
}

function serverText({ host, address }: RealServer, director: string, say: Say): string {
  const isLocal = host?.name === director;
  return `${host === null ? "" : `${host.name}  `}${address.text}${isLocal ? `  ${say("(itself)")}` : ""}`;
}

const methods = {
  dr: "direct routing: on the same segment",
  tun: "tunnelling: wrapped in IP in IP",
  nat: "address translation: to their address",
} as const;

function replyText({ mode }: Service, director: string): string {
  return mode === "nat" ? `through ${director}, the gateway` : `from the VIP, not through ${director}`;
}
