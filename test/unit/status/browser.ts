/** A browser without a window, over the pipe of its own protocol: nothing is installed from a registry, and nothing is fetched. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine: the need `browser` of test/run/setup.mjs installs one. */
export function browserHere(): string | null {
  return names.find((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0) ?? null;
}

type Json = Readonly<Record<string, unknown>>;

export interface Page {
  /** What an expression is on the page, by value. */
  readonly evaluate: <Value>(expression: string) => Promise<Value>;
  /** A picture of it, PNG. */
  readonly picture: () => Promise<Buffer>;
  /** What was asked for besides the page itself. */
  readonly fetched: readonly string[];
  /** What its policy forbade, and errors of its script. */
  readonly complaints: readonly string[];
}

export interface Viewed {
  readonly scripts?: boolean;
  readonly width?: number;
  readonly isDark?: boolean;
}

/** Opens a file in a browser that has no network, and closes it when `use` ends. */
export async function inBrowser(
  program: string,
  file: string,
  use: (page: Page) => Promise<void>,
  { scripts = true, width = 1280, isDark = false }: Viewed = {},
): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "lvsgen-browser-"));
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
  ];
  const args = [
    ...flags,
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
    "about:blank",
  ];
  // Its temporary files are put into the profile too, and it leads a group: its own helpers write there until they end.
  const child = spawn(program, args, {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: profile },
    detached: true,
  });
  try {
    await use(await open(child, file, { scripts, width, isDark }));
  } finally {
    if (child.pid !== undefined) await endGroup(child.pid);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Kills a group of processes, and waits for the last of them; where nobody takes up those without a parent, not for ever. */
async function endGroup(group: number): Promise<void> {
  for (let left = 100; left > 0; left--) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function open(child: ChildProcess, file: string, { scripts, width, isDark }: Required<Viewed>): Promise<Page> {
  const fetched: string[] = [];
  const complaints: string[] = [];
  const url = `file://${file}`;
  let isThere = false;
  let loaded = (): void => {};
  const load = new Promise<void>((done) => {
    loaded = done;
  });
  const call = connect(child, ({ method, params }) => {
    const { request, entry, exceptionDetails, frame } = params as {
      request?: { url: string };
      entry?: { text: string };
      exceptionDetails?: { text: string };
      frame?: { url: string };
    };
    if (method === "Network.requestWillBeSent" && request !== undefined && request.url !== url)
      fetched.push(request.url);
    if (method === "Log.entryAdded" && entry !== undefined) complaints.push(entry.text);
    if (method === "Runtime.exceptionThrown" && exceptionDetails !== undefined) complaints.push(exceptionDetails.text);
    // The blank page that a tab begins with is loaded as well.
    if (method === "Page.frameNavigated" && frame?.url === url) isThere = true;
    if (method === "Page.loadEventFired" && isThere) loaded();
  });
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const on = (method: string, params: Json = {}): Promise<Json> => call(method, params, String(sessionId));
  for (const domain of ["Page", "Network", "Log", "Runtime"]) await on(`${domain}.enable`);
  await on("Network.emulateNetworkConditions", {
    offline: true,
    latency: 0,
    downloadThroughput: 0,
    uploadThroughput: 0,
  });
  await on("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
  await on("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: isDark ? "dark" : "light" }],
  });
  if (!scripts) await on("Emulation.setScriptExecutionDisabled", { value: true });
  await on("Page.navigate", { url });
  await load;
  return {
    fetched,
    complaints,
    evaluate: async <Value>(expression: string) => {
      const { result, exceptionDetails } = await on("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: Value }).value;
    },
    picture: async () => Buffer.from(String((await on("Page.captureScreenshot", { format: "png" }))["data"]), "base64"),
  };
}

interface Message extends Json {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: Json;
}

/** Messages are JSON with a NUL behind each, on file descriptors 3 and 4. */
function connect(child: ChildProcess, told: (message: { method: string; params: Json }) => void) {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { done: (result: Json) => void; failed: (error: Error) => void }>();
  let text = "";
  let id = 0;
  const end = (): void => {
    for (const { failed } of waiting.values()) failed(new Error("the browser ended"));
  };
  child.once("exit", end);
  input.on("error", end);
  output.setEncoding("utf8").on("data", (more: string) => {
    const messages = (text + more).split("\0");
    text = messages.pop() ?? "";
    for (const one of messages) {
      const message = JSON.parse(one) as Message;
      if (message.id === undefined) told({ method: message.method ?? "", params: message.params ?? {} });
      else if (message.error) waiting.get(message.id)?.failed(new Error(JSON.stringify(message.error)));
      else waiting.get(message.id)?.done(message.result ?? {});
      if (message.id !== undefined) waiting.delete(message.id);
    }
  });
  return (method: string, params: Json, sessionId?: string): Promise<Json> =>
    new Promise((done, failed) => {
      id += 1;
      waiting.set(id, { done, failed });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}
