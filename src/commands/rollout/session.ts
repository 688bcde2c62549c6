/** One session of the system's ssh with a host: a run that is begun there, or one that is asked about. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { isFolder } from "../../rollout/record.ts";
import { type Complaint, complaintOf } from "./complaints.ts";
import { inputFor, type Request } from "./host-program.ts";

export interface Target {
  /** The program. */
  readonly ssh: string;
  /** How ssh is called for the host: a name, or `user@name`. */
  readonly name: string;
  readonly options: readonly string[];
  /** Whether what is run there is run by `sudo -n`. */
  readonly sudo: boolean;
}

export type Outcome =
  /** `code` null: it was killed there. */
  | {
      readonly kind: "ended";
      readonly code: number | null;
      readonly lines: readonly string[];
      readonly errors: readonly string[];
    }
  /** Nothing is there that was asked about. */
  | { readonly kind: "gone" }
  /** Nothing was begun. */
  | ({ readonly kind: "refused" } & Complaint)
  /** It was begun, and the connection ended before it did. */
  | { readonly kind: "lost"; readonly why: string };

export interface Listener {
  /** The host has all of it, in this directory; what is written down here, is before the run begins. */
  readonly ready: (folder: string) => void;
  /** A line of the report. */
  readonly line: (line: string) => void;
  /** No line comes any more, and all of them are to be on the disk; or some are missing. */
  readonly ended: (isWhole: boolean) => void;
  /** The process, so that it can be ended. */
  readonly started: (child: ChildProcess) => void;
}

/** What is kept of what ssh says besides. */
const mostSaid = 16_384;

/** Bytes of a report, beyond which `status` would not read it either. */
const longestReport = 16 * 1024 * 1024;

/** Milliseconds for what ssh says after its end: one that stays for other connections keeps standard error open. */
const lastWords = 1000;

/** Why nothing was begun, by the words of the program there. */
const refusals: Readonly<Record<string, string>> = {
  folder: "no temporary directory can be made there",
  sum: "the script did not arrive as it was sent",
  begin: "the run cannot be begun: is the disk full?",
  name: "its temporary directory has a name that is none of mktemp's",
};

/** A connection that is there already shows nothing of whether a new one comes about, and may be dead. */
const notShared: readonly string[] = ["-o", "ControlPath=none"];

/**
 * Asks it of the host, and resolves when that is over one way or the other.
 *
 * @param isNew whether the connection has to be a new one, whatever the configuration of ssh says of sharing one
 */
export function converse(target: Target, request: Request, isNew: boolean, listener: Listener): Promise<Outcome> {
  const mark = `lvsgen-${randomBytes(12).toString("hex")}`;
  const command = target.sudo ? "sudo -n bash -s" : "bash -s";
  const child = spawn(target.ssh, [...target.options, ...(isNew ? notShared : []), "-T", "--", target.name, command], {
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C at the terminal is for lvsgen, which lets what was begun come to its end.
    detached: true,
  });
  listener.started(child);
  const lines: string[] = [];
  const errors: string[] = [];
  let said = "";
  let hasBegun = request.kind === "ask";
  let refusal: string | null = null;
  let outcome: Outcome | null = null;
  let isReporting = false;
  let size = 0;
  let broken: string | null = null;
  let error: unknown = null;
  // What is written down here may fail (a full disk): the host is left alone then, and it is told once all is over.
  const noted = (action: () => void): boolean => {
    try {
      if (error === null) action();
    } catch (caught) {
      error = caught;
      child.kill("SIGTERM");
    }
    return error === null;
  };
  const answer = (word: string): void => {
    child.stdin.write(`${word}\n`);
  };
  const control = (text: string): void => {
    const [word = "", first = "", second = ""] = text.split(" ");
    const rest = text.slice(word.length + 1);
    if (word === "ready") {
      if (!isFolder(rest)) {
        refusal = "name";
        child.stdin.end();
      } else if (noted(() => listener.ready(rest))) {
        hasBegun = true;
        answer("go");
      }
    } else if (word === "refused") refusal = rest;
    else if (word === "gone") outcome = { kind: "gone" };
    else if (word === "begun") isReporting = true;
    else if (word === "error") errors.push(Buffer.from(rest, "latin1").toString("utf8"));
    // One more: the line end that parts it from what follows.
    else if (word === "end") {
      isReporting = false;
      // The host forgets it when it is on the disk here. What did not arrive whole it keeps, to be asked again.
      if (Number(second) + 1 === size && noted(() => listener.ended(true))) {
        outcome = { kind: "ended", code: first === "none" ? null : Number(first), lines, errors };
        answer("done");
      }
      child.stdin.end();
    }
  };
  const take = (bytes: string): void => {
    if (bytes.startsWith(`${mark} `)) {
      control(bytes.slice(mark.length + 1));
      return;
    }
    // A shell's start files may print whatever they like before.
    if (!isReporting) return;
    size += bytes.length + 1;
    if (size > longestReport && broken === null) {
      broken = "its report is longer than 16 MiB";
      child.kill("SIGTERM");
    }
    if (broken !== null) return;
    const line = Buffer.from(bytes, "latin1").toString("utf8");
    if (!line.startsWith('{"event":')) return;
    lines.push(line);
    noted(() => listener.line(line));
  };
  let rest = "";
  // Bytes, which are counted.
  child.stdout.setEncoding("latin1").on("data", (text: string) => {
    const parts = `${rest}${text}`.split("\n");
    rest = parts.pop() ?? "";
    parts.forEach(take);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-mostSaid);
  });
  // What ended before it had read everything says so by its exit code.
  child.stdin.on("error", () => {});
  child.stdin.write(inputFor(request, mark));
  return new Promise((resolve, reject) => {
    const end = (code: number | null): void => {
      if (outcome === null) noted(() => listener.ended(false));
      if (error !== null) reject(error);
      else if (outcome !== null) resolve(outcome);
      else if (refusal !== null)
        resolve({
          kind: "refused",
          why: refusals[refusal] ?? refusal,
          hint: "see what is wrong with /tmp there (df /tmp), and run this again",
        });
      else if (hasBegun && request.kind === "run")
        resolve({ kind: "lost", why: broken ?? complaintOf(said, code, target.name).why });
      else if (broken !== null) resolve({ kind: "refused", why: broken, hint: "see what it says on the host" });
      else {
        const { why, hint, isKnown } = complaintOf(said, code, target.name);
        const isTold = isKnown || request.kind === "ask";
        resolve({ kind: "refused", why: isTold ? why : `nothing was begun: ${why}`, hint });
      }
    };
    child.once("error", ({ message }) => {
      said = message;
      end(null);
    });
    child.once("exit", () => setTimeout(() => child.stderr.destroy(), lastWords).unref());
    child.once("close", end);
  });
}
