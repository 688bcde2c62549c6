import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";

/** A stand-in for a director and its real servers, on loopback addresses: each connection is given to one of them. */
export interface Balancer {
  readonly vip: string;
  readonly port: number;
  /** `METHOD path` of every request, in order. */
  readonly requests: readonly string[];
  connections(): number;
  close(): Promise<void>;
}

export interface RealServer {
  readonly address: string;
  /** Answers a request; by default with the page and 200. */
  readonly page?: string | ((response: ServerResponse, request: IncomingMessage) => void);
  readonly headers?: Readonly<Record<string, string>>;
  /** Does not answer at its own address. */
  readonly hidden?: boolean;
}

/** Number of the real server that gets the connection, from its number and the open connections of each; null refuses it. */
export type Schedule = (connection: number, open: readonly number[]) => number | null;

export async function balancer(
  servers: readonly RealServer[],
  schedule: Schedule,
  vip = "127.0.1.88",
): Promise<Balancer> {
  const open = servers.map(() => 0);
  const owner = new WeakMap<Socket, number>();
  const requests: string[] = [];
  let connections = 0;

  const front = createHttp((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    respond(servers[owner.get(request.socket) ?? -1], request, response);
  });
  front.on("connection", (socket) => {
    const chosen = schedule(connections++, open);
    if (chosen === null) {
      socket.resetAndDestroy();
      return;
    }
    owner.set(socket, chosen);
    open[chosen] = (open[chosen] ?? 0) + 1;
    socket.on("close", () => {
      open[chosen] = (open[chosen] ?? 0) - 1;
    });
  });
  const port = await listen(front, vip, 0);
  const backs = servers.filter(({ hidden }) => hidden !== true);
  const listening: Server[] = [front];
  for (const server of backs) {
    const back = createHttp((request, response) => respond(server, request, response));
    await listen(back, server.address, port);
    listening.push(back);
  }
  return {
    vip,
    port,
    requests,
    connections: () => connections,
    close: async () => {
      await Promise.all(
        listening.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              if ("closeAllConnections" in server) (server.closeAllConnections as () => void)();
            }),
        ),
      );
    },
  };
}

function respond(server: RealServer | undefined, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(server?.headers ?? {})) response.setHeader(name, value);
  if (typeof server?.page === "function") server.page(response, request);
  else response.end(server?.page ?? "");
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}
