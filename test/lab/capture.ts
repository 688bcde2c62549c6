/** What goes over the wire of one card, kept as a pcap file. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { must, sleep } from "./command.ts";
import { inside } from "./network.ts";
import { labDirectory } from "./places.ts";

export class Capture {
  private constructor(
    readonly file: string,
    private readonly directory: string,
    private readonly end: () => Promise<void>,
  ) {}

  /**
   * Begins to capture on the tap of a card, which carries what the card itself sends and receives.
   * @param filter an expression of pcap-filter(7)
   */
  static async start(lab: string, tap: string, file: string, filter: string): Promise<Capture> {
    const directory = join(labDirectory(lab), `capture-${process.hrtime.bigint()}`);
    for (const needed of [directory, dirname(file)]) mkdirSync(needed, { recursive: true });
    const words = join(directory, "tcpdump.log");
    const log = openSync(words, "w");
    // Without immediate mode the kernel hands over frames by the second, and the last ones never.
    const options = ["--immediate-mode", "-i", tap, "-n", "-U", "-s", "256", "-B", "8192", "-Z", "root", "-w", file];
    const [program, args] = inside(lab, "tcpdump", ...options, filter);
    // A session of its own, away from the terminal's signals; at the latest it ends with the namespace.
    const child = spawn(program, args, { detached: true, stdio: ["ignore", "ignore", log] });
    closeSync(log);
    const ended = once(child, "close");
    while (!(await readFile(words, "utf8")).includes("listening on")) {
      if (child.exitCode !== null) throw new Error(`tcpdump on ${tap}: ${await readFile(words, "utf8")}`);
      await sleep(20);
    }
    return new Capture(file, directory, async () => {
      child.kill("SIGINT");
      await ended;
    });
  }

  /** Ends it and throws if it lost frames, since then it proves nothing. */
  async stop(): Promise<void> {
    // What was sent a moment ago may still be in tcpdump's buffer.
    await sleep(200);
    await this.end();
    const words = await readFile(join(this.directory, "tcpdump.log"), "utf8");
    await rm(this.directory, { recursive: true, force: true });
    if (!/^0 packets dropped by kernel/m.test(words)) throw new Error(`capture ${this.file}: ${words}`);
  }

  /** The captured frames that match, one line each with Ethernet addresses, as tcpdump prints them. */
  async frames(filter = ""): Promise<string[]> {
    const text = await must("tcpdump", ["-r", this.file, "-n", "-e", "-tt", ...(filter === "" ? [] : [filter])]);
    return text.split("\n").filter((line) => line !== "");
  }
}
