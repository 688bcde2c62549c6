/** A language server as an editor has it: a program of its own, spoken to over its standard input and output, with a folder as its workspace. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  CodeLensRequest,
  CompletionRequest,
  ConfigurationRequest,
  createMessageConnection,
  type Diagnostic,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type MessageConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node.js";

/** What is shown in a document with the cursor at its `|`. */
export interface Shown {
  /** Each fault as `TEXT: MESSAGE`. */
  readonly faults: string[];
  /** What completion offers: its name, and what is put in. */
  readonly offered: ReadonlyMap<string, string>;
  readonly hover: string;
}

/** A connection as from a machine without a network, told on standard error. */
const withoutNetwork = ["--require", join(import.meta.dirname, "no-network.cjs")];

export class LanguageServer {
  private readonly program: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly connection: MessageConnection;
  private told: ((faults: Diagnostic[]) => void) | undefined;
  private errors = "";
  private version = 0;

  /**
   * @param script what Node runs, with `--stdio`
   * @param workspace the folder that an editor has open
   */
  constructor(
    script: string,
    private readonly workspace: string,
  ) {
    this.program = spawn(process.execPath, [...withoutNetwork, script, "--stdio"], { stdio: "pipe" });
    this.program.stderr.on("data", (part) => {
      this.errors += part;
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.program.stdout),
      new StreamMessageWriter(this.program.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => this.told?.(diagnostics));
  }

  /** The hosts that it has begun a connection to. */
  get asked(): string[] {
    return [...this.errors.matchAll(/^asked (.*)$/gm)].map(([, host]) => host ?? "");
  }

  /** @param settings what the editor's settings have for it, by section */
  async start(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section = "" }) => settings[section] ?? {}),
    );
    this.connection.listen();
    const uri = this.uri("");
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "site" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    // Answered when it has its settings.
    await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: this.uri("none") } });
  }

  stop(): void {
    this.connection.dispose();
    this.program.kill();
  }

  async show(name: string, marked: string): Promise<Shown> {
    const uri = this.uri(name);
    const text = marked.replace("|", "");
    const before = marked.slice(0, Math.max(marked.indexOf("|"), 0)).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const faults = await this.toldAfter(() =>
      this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "yaml", version: ++this.version, text },
      }),
    );
    const where = { textDocument: { uri }, position };
    const completion = await this.connection.sendRequest(CompletionRequest.type, where);
    const hover = await this.connection.sendRequest(HoverRequest.type, where);
    await this.toldAfter(() =>
      this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    );
    const lines = text.split("\n");
    const items = Array.isArray(completion) ? completion : (completion?.items ?? []);
    return {
      faults: faults.map(({ range: { start, end }, message }) => {
        const last = start.line === end.line ? end.character : undefined;
        return `${lines[start.line]?.slice(start.character, last)}: ${message}`;
      }),
      offered: new Map(items.map((item) => [item.label, item.textEdit?.newText ?? item.insertText ?? item.label])),
      hover: JSON.stringify(hover?.contents ?? ""),
    };
  }

  private async toldAfter(act: () => Promise<void>): Promise<Diagnostic[]> {
    const told = new Promise<Diagnostic[]>((resolve) => {
      this.told = resolve;
    });
    await act();
    return told;
  }

  private uri(name: string): string {
    return pathToFileURL(join(this.workspace, name)).href;
  }
}
