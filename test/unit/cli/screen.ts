/** A real terminal (tmux) in which a person answers questions: what stands on its screen decides what is typed next. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { LanguageName } from "../../../src/language/index.ts";
import { plainEnvironment, program } from "./command-line.ts";

/** Rows enough that nothing is scrolled away. */
const rows = 160;

/** What an active question begins with, and one that was answered. */
const active = "\u25c6";
const answered = "\u25c7";
/** Before a reason why a question comes again. */
const refusal = "\u25b2";

const exit = "the command ended with";

export class Screen {
  readonly #socket: string;
  readonly #directory: string;

  readonly #locale: string;

  /**
   * @param columns of the terminal
   * @param language that the environment asks for
   */
  constructor(columns: number, directory: string, language: LanguageName) {
    this.#directory = directory;
    this.#locale = language === "zh" ? "zh_CN.UTF-8" : "C.UTF-8";
    this.#socket = join(directory, ".screen");
    this.#tmux(
      "-f",
      "/dev/null",
      "new-session",
      "-d",
      "-x",
      String(columns),
      "-y",
      String(rows),
      "-c",
      directory,
      "sh",
    );
    this.#tmux("set-option", "-g", "status", "off");
  }

  /** Runs a command line of the shell in which `lvsgen` is the one under test; it stands in a file, so that the screen has what it prints. */
  async start(commandLine: string): Promise<void> {
    const lvsgen = `lvsgen() { LC_ALL=${this.#locale} '${process.execPath}' '${program}' "$@"; }`;
    writeFileSync(join(this.#directory, ".start"), `${lvsgen}\n${commandLine}\necho "${exit} $?"\n`);
    this.#type("PS1=; clear");
    this.#key("Enter");
    await this.#until((text) => text.trim() === "", "an empty screen");
    this.#type(". ./.start");
    this.#key("Enter");
  }

  /** Types an answer to the question that is asked, which has this in its text. */
  async answer(question: string, text: string): Promise<void> {
    await this.#until((now) => lastAfter(now, active).includes(question), `the question ${question}`);
    if (text !== "") this.#type(text);
    await this.submit();
  }

  /** Goes to a choice and takes it. */
  async choose(question: string, choice: string): Promise<void> {
    await this.#until((now) => lastAfter(now, active).includes(question), `the question ${question}`);
    const isThere = (now: string): boolean =>
      lastAfter(now, active)
        .split("\n")
        .some((line) => line.includes(`\u25cf ${choice}`));
    for (let tries = 0; !isThere(this.text()); tries++) {
      if (tries > 40) throw new Error(`no choice ${choice}:\n${this.text()}`);
      const before = this.text();
      this.#key("Down");
      await this.#until((now) => now !== before, "the next choice");
    }
    await this.submit();
  }

  /** Presses Enter, and waits until something comes of it. */
  async submit(): Promise<void> {
    const before = count(this.text(), answered);
    this.#key("Enter");
    await this.#until(
      (now) =>
        count(now, answered) > before &&
        (now.includes(exit) || lastAfter(now, answered).includes(active) || now.includes("\u2514  ")),
      "the end of the question",
    );
  }

  /** Waits for a reason why the last answer was not taken. */
  async refused(reason: string): Promise<void> {
    await this.#until((now) => squeezed(lastAfter(now, refusal)).includes(squeezed(reason)), `the reason ${reason}`);
  }

  async interrupt(question: string): Promise<void> {
    await this.#until((now) => lastAfter(now, active).includes(question), `the question ${question}`);
    this.#key("C-c");
  }

  /** @returns the exit code of the command */
  async ended(): Promise<number> {
    const end = new RegExp(`^${exit} ([0-9]+)$`, "m");
    await this.#until((now) => end.test(now), "the end of the command");
    return Number(end.exec(this.text())?.[1]);
  }

  /** @param joined lines that the terminal itself had to break in one piece */
  text(joined = false): string {
    return this.#tmux("capture-pane", "-p", ...(joined ? ["-J"] : []))
      .replace(/[ \t]+$/gm, "")
      .trimEnd();
  }

  close(): void {
    this.#tmux("kill-server");
  }

  #type(text: string): void {
    this.#tmux("send-keys", "-l", "--", text);
  }

  #key(name: string): void {
    this.#tmux("send-keys", name);
  }

  async #until(isSo: (text: string) => boolean, what: string): Promise<void> {
    for (let looks = 0; looks < 1200; looks++) {
      if (isSo(this.text())) return;
      await pause(50);
    }
    throw new Error(`the screen never had ${what}:\n${this.text()}`);
  }

  #tmux(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("tmux", ["-u", "-S", this.#socket, ...args], {
      encoding: "utf8",
      env: { ...plainEnvironment(), LC_ALL: "C.UTF-8", TERM: "xterm-256color" },
    });
    if (status !== 0) throw new Error(`tmux ${args.join(" ")}: ${stderr}`);
    return stdout;
  }
}

/** Without blanks, which Chinese has none of where its lines are broken, and without the bar beside them. */
function squeezed(text: string): string {
  return text.replaceAll(/[\s\u2502]/g, "");
}

function lastAfter(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at === -1 ? "" : text.slice(at);
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
