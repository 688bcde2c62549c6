/** One guest: its processes, its disk and the way in. */
import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Channel, hostDown, type JobOptions } from "./channel.ts";
import { must, type Outcome, quote, sleep } from "./command.ts";
import { copyCommand } from "./copy.ts";
import type { Kernel } from "./kernel.ts";
import { launch } from "./launch.ts";
import { plug } from "./network.ts";
import { exchangeDirectory, labDirectory } from "./places.ts";
import { endSession, lives, type ProcessId } from "./process.ts";
import { macAddress, type PlacedHost, provisioning, tapName } from "./spec.ts";

/** Seconds a boot may take. Under load of other work on the machine it takes several times the usual 5. */
const bootLimit = 180;

export class Host {
  readonly name: string;
  /** State on disk: disk, console, process. */
  readonly directory: string;
  readonly console: string;
  private readonly exchange: string;
  private readonly bell: string;
  private readonly channel: Channel;

  constructor(
    private readonly lab: string,
    readonly spec: PlacedHost,
    private readonly kernel: Kernel,
  ) {
    this.name = spec.name;
    this.directory = join(labDirectory(lab), spec.name);
    this.console = join(this.directory, "console.log");
    this.exchange = join(exchangeDirectory(lab), spec.name);
    this.bell = join(this.directory, "bell");
    this.channel = new Channel(this.exchange, this.bell, () => this.running());
  }

  private get processFile(): string {
    return join(this.directory, "process.json");
  }

  get disk(): string {
    return join(this.directory, "disk.cow");
  }

  tap(card = 0): string {
    return tapName(this.spec, card);
  }

  mac(card = 0): string {
    return macAddress(this.spec, card);
  }

  /** Starts the guest kernel; returns before the guest is up. */
  async boot(): Promise<void> {
    if (this.running()) return;
    await mkdir(this.directory, { recursive: true });
    await rm(this.exchange, { recursive: true, force: true });
    await mkdir(join(this.exchange, "todo"), { recursive: true });
    for (const [path, text] of provisioning(this.spec)) {
      const file = join(this.exchange, "provision", path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    if (!existsSync(this.bell)) await must("mkfifo", ["-m", "600", this.bell]);
    for (const [index, card] of this.spec.cards.entries()) await plug(this.lab, this.tap(index), card.segment);
    const leader = launch({
      lab: this.lab,
      host: this.spec,
      kernel: this.kernel,
      disk: this.disk,
      exchange: this.exchange,
      bell: this.bell,
      console: this.console,
    });
    writeFileSync(this.processFile, JSON.stringify(leader));
  }

  /** Waits until the agent answers, from another boot than `before`, and systemd has finished. Gives seconds. */
  async up(before = ""): Promise<number> {
    const start = performance.now();
    await this.bootIdOtherThan(before);
    await this.run("systemctl is-system-running --wait", { timeout: bootLimit });
    return (performance.now() - start) / 1000;
  }

  private bootIdOtherThan(before: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const deadline = Date.now() + bootLimit * 1000;
      const look = (): void => {
        const id = this.bootId();
        if (id !== "" && id !== before) end(resolve);
        else if (!this.running())
          end(() => reject(new Error(`${this.name}: stopped while booting; see ${this.console}`)));
        else if (Date.now() > deadline) end(() => reject(new Error(`${this.name}: not up; see ${this.console}`)));
      };
      const end = (settle: () => void): void => {
        watcher.close();
        clearInterval(timer);
        settle();
      };
      const watcher = watch(this.exchange, look);
      const timer = setInterval(look, 500);
      look();
    });
  }

  /** Runs a bash script as root; see {@link Channel.run}. Where the guest's kernel panicked, its last words go to what failed. */
  async run(script: string, options: JobOptions = {}): Promise<Outcome> {
    const outcome = await this.channel.run(script, options);
    if (outcome.code !== hostDown) return outcome;
    const text = await this.consoleText();
    const panic = text.lastIndexOf("Kernel panic");
    return panic < 0 ? outcome : { ...outcome, err: `${outcome.err}${text.slice(panic)}` };
  }

  /** Runs a script that has to succeed and gives its standard output. */
  async must(script: string, options: JobOptions = {}): Promise<string> {
    const { code, out, err } = await this.run(script, options);
    if (code !== 0) throw new Error(`${this.name}: exit code ${code} of: ${script}\n${err}${out}`);
    return out;
  }

  /** Copies a file or directory in. */
  async put(from: string, to: string): Promise<void> {
    const name = `put-${process.hrtime.bigint()}`;
    await cp(from, join(this.exchange, name), { recursive: true, preserveTimestamps: true });
    await this.must(copyCommand(`/run/lab/${name}`, to)).finally(() =>
      rm(join(this.exchange, name), { recursive: true, force: true }),
    );
  }

  /** Copies a file or directory out. */
  async get(from: string, to: string): Promise<void> {
    const name = `get-${process.hrtime.bigint()}`;
    await this.must(`cp -rp ${quote(from)} /run/lab/${name}`);
    await mkdir(dirname(to), { recursive: true });
    await cp(join(this.exchange, name), to, { recursive: true, preserveTimestamps: true });
    await rm(join(this.exchange, name), { recursive: true, force: true });
  }

  /** A clean reboot, until it is back; gives seconds. */
  async reboot(): Promise<number> {
    const start = performance.now();
    const before = this.bootId();
    await this.must("systemctl --no-block reboot");
    await this.up(before);
    return (performance.now() - start) / 1000;
  }

  /** A power cut: what was not synced is gone. */
  async cut(): Promise<void> {
    const leader = this.leader();
    if (leader !== null) await endSession(leader);
    await rm(this.processFile, { force: true });
  }

  /** A clean power-off, until the guest kernel has ended. */
  async shutDown(): Promise<void> {
    const leader = this.leader();
    if (leader === null) return;
    await this.run("systemctl --no-block poweroff");
    for (let waited = 0; lives(leader) && waited < 60_000; waited += 50) await sleep(50);
    await this.cut();
  }

  running(): boolean {
    const leader = this.leader();
    return leader !== null && lives(leader);
  }

  /** The id of the boot whose agent answers; empty while there is none. */
  bootId(): string {
    try {
      return readFileSync(join(this.exchange, "up"), "utf8").trim();
    } catch {
      return "";
    }
  }

  async consoleText(): Promise<string> {
    return existsSync(this.console) ? readFile(this.console, "utf8") : "";
  }

  leader(): ProcessId | null {
    try {
      return JSON.parse(readFileSync(this.processFile, "utf8")) as ProcessId;
    } catch {
      return null;
    }
  }
}
