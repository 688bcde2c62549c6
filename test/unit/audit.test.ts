/** `npm run audit`, with a registry of the test's own: it asks about what is bundled, and says what it was told. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";

interface Package {
  readonly path: string;
  readonly name: string;
  readonly version: string;
}

const bundled = JSON.parse(readFileSync("dist/bundled.json", "utf8")) as Package[];

async function bodyOf(request: IncomingMessage): Promise<Record<string, string[]>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return JSON.parse(String(request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes));
}

/** Runs the audit against a registry that answers every question with this; null is 405. */
async function audit(answer: object | null) {
  const asked: Record<string, string[]>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const body = await bodyOf(request);
      if (request.url?.endsWith("/bulk")) asked.push(body);
      response.writeHead(answer === null ? 405 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? {}));
      return;
    }
    // What npm reads of a package to tell which versions have the fault.
    const name = decodeURIComponent(request.url?.slice(1) ?? "");
    const versions = bundled.filter((one) => one.name === name).map(({ version }) => [version, { name, version }]);
    response.end(JSON.stringify({ name, versions: Object.fromEntries(versions), "dist-tags": {} }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cache = mkdtempSync(join(tmpdir(), "lvsgen-audit-cache-"));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const env = { ...process.env, npm_config_registry: registry, npm_config_cache: cache, npm_config_fetch_retries: "0" };
  const child = spawn(process.execPath, ["tools/bundle/audit.mjs"], { env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (err += text));
  const [code] = await once(child, "close");
  server.close();
  rmSync(cache, { recursive: true, force: true });
  return { code, out, err, asked };
}

test("asks about every package that is bundled, and about no other", async () => {
  const { code, out, asked } = await audit({});
  const listed = bundled.map(({ name, version }) => [name, [version]]);
  expect(asked).toEqual([Object.fromEntries(listed)]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`0 of the ${bundled.length} packages`) });
});

test("what is listed is what the bundles say themselves", () => {
  const names = bundled.map(({ name }) => name);
  for (const name of ["commander", "yaml", "handlebars", "ipaddr.js", "@clack/prompts", "ajv"])
    expect(names).toContain(name);
  for (const name of ["esbuild", "vitest", "typescript", "shellcheck"]) expect(names).not.toContain(name);
  const licences = readFileSync("dist/THIRD-PARTY-LICENCES.txt", "utf8");
  for (const { name, version } of bundled) expect(licences).toContain(`${name} ${version} (`);
});

test("names a fault, and is 1", async () => {
  const fault = { id: 1, url: "https://example.org/1", title: "reads too much", severity: "high" };
  const { code, out } = await audit({ yaml: [{ ...fault, vulnerable_versions: "<99", cwe: [], cvss: { score: 7 } }] });
  expect(code).toBe(1);
  expect(out).toContain("yaml: high");
  expect(out).toContain("reads too much (<99) https://example.org/1");
});

test("says so and is 69 where the registry gives no answer: no news is no good news", async () => {
  const { code, out, err } = await audit(null);
  expect({ code, out }).toEqual({ code: 69, out: "" });
  expect(err).toContain(`the registry gave no answer about ${bundled.length} packages`);
  expect(err).toContain("405");
});
