/** What `verify` makes of what a real server answers by http. */
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createPlain, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const kind = join(import.meta.dirname, "../../templates/runtime/kinds/answer.sh");

/** What is found at a server: of what is described behind its port, such as `/ 200-399`. */
async function found(server: Server, described: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const script = `set -Eeuo pipefail
kind() { :; }
describe() { name=$2 state=$3; }
sockets_on() { echo "*"; }
listens_for() { :; }
source "$1"
answer_declare tcp 127.0.0.1 "$2" ${described}
answer_probe "$name"
if [[ $have == "$state" ]]; then echo ok; else answer_differs; echo; fi`;
  try {
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", script, "bash", kind, String(port)]);
    return stdout.trimEnd() + stderr;
  } finally {
    server.close();
  }
}

const web = (status: number) =>
  createServer((request, response) => {
    response.statusCode = request.headers.host === "other.example" ? 404 : status;
    response.end();
  });

test.each([
  [200, "/ 200-399", "ok"],
  [302, "/ 200-399", "ok"],
  [503, "/ 200-399", "HTTP status 503 instead of 2xx or 3xx"],
  [404, "/ 200-399", "HTTP status 404 instead of 2xx or 3xx"],
  [204, "/up 204", "ok"],
  [200, "/up 204", "HTTP status 200 instead of 204"],
  [503, "/up 503", "ok"],
  [200, "/ 200-399 shop.example", "ok"],
  [200, "/ 200-399 other.example", "HTTP status 404 instead of 2xx or 3xx"],
  // The check asks another port: that it is HTTP is all that is known.
  [503, "/", "ok"],
  [503, "", "ok"],
])("status %i, where %j is described: %s", async (status, described, expected) => {
  expect(await found(web(status), described)).toBe(expected);
});

test.each([
  ["220 ready", "what answers is not HTTP"],
  ["HTTP/1.1 ready", "what answers is not HTTP"],
  ["", "the connection was closed without an answer"],
])("%j is no answer", async (line, expected) => {
  const server = createPlain((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(line));
  });
  expect(await found(server, "/ 200-399")).toBe(expected);
});
