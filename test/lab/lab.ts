/** Several guests on the wires of one lab, from the first boot until nothing of it is left. */
import { mkdir, rm } from "node:fs/promises";
import { Host } from "./host.ts";
import { baseImage } from "./image.ts";
import { type Kernel, type KernelSuite, kernelOf, wantedSuite } from "./kernel.ts";
import { allStates, type LabState, readState, writeState } from "./lab-state.ts";
import { makeNamespace, removeNamespace } from "./network.ts";
import { needPackages } from "./packages.ts";
import { cache, exchangeDirectory, labDirectory } from "./places.ts";
import { identify, lives, type ProcessId } from "./process.ts";
import type { HostSpec, Release } from "./spec.ts";

/** What hosts run of which nothing is said. */
const usual: Release = "bookworm";

export class Lab {
  private constructor(
    readonly name: string,
    private state: LabState,
    private readonly kernel: Kernel,
  ) {}

  /** A new lab without hosts; `owner` is the process that it ends with. */
  static async create(name: string, owner: ProcessId | null, suite: KernelSuite = wantedSuite()): Promise<Lab> {
    if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new Error(`not a name for a lab: ${name}`);
    await needPackages(["iproute2", "tcpdump"]);
    await mkdir(cache, { recursive: true });
    const kernel = await kernelOf(suite);
    await mkdir(labDirectory(name), { recursive: true });
    const lab = new Lab(name, { suite: kernel.suite, owner, hosts: [] }, kernel);
    lab.save();
    await makeNamespace(name);
    return lab;
  }

  /** A lab that another process has made, or null. */
  static async open(name: string): Promise<Lab | null> {
    const state = readState(name);
    return state === null ? null : new Lab(name, state, await kernelOf(state.suite));
  }

  /** For what belongs to a run of this lab; gone with it. */
  get directory(): string {
    return labDirectory(this.name);
  }

  get hosts(): readonly Host[] {
    return this.state.hosts.map((spec) => new Host(this.name, spec, this.kernel));
  }

  host(name: string): Host {
    const found = this.hosts.find((host) => host.name === name);
    if (found === undefined) throw new Error(`no host ${name} in lab ${this.name}`);
    return found;
  }

  /** Adds hosts with fresh disks; they are not booted. The image of a release is made first where it is missing. */
  async add(...specs: readonly HostSpec[]): Promise<Host[]> {
    const images = new Map<Release, string>();
    for (const { release = usual } of specs) images.set(release, await baseImage(this.kernel, release));
    const known = this.state.hosts.map((host) => host.name);
    const added = specs.filter((spec) => !known.includes(spec.name));
    const placed = added.map((spec, index) => ({
      ...spec,
      index: known.length + index,
      image: images.get(spec.release ?? usual) ?? "",
    }));
    this.state = { ...this.state, hosts: [...this.state.hosts, ...placed] };
    this.save();
    return specs.map((spec) => this.host(spec.name));
  }

  /** Lets the lab outlive the process that made it. */
  release(): void {
    this.own(null);
  }

  /** From now on the lab ends with this process, by the next {@link reap} at the latest; with null, with none. */
  own(owner: ProcessId | null): void {
    this.state = { ...this.state, owner };
    this.save();
  }

  private save(): void {
    writeState(this.name, this.state);
  }
}

/** Ends every process of a lab and removes all that belongs to it. Works on half a lab too, and on none. */
export async function tearDown(name: string): Promise<void> {
  await removeNamespace(name);
  await rm(exchangeDirectory(name), { recursive: true, force: true });
  await rm(labDirectory(name), { recursive: true, force: true });
}

/** Takes down every lab whose owner is gone: what a SIGKILL left behind. */
export async function reap(): Promise<void> {
  for (const [name, { owner }] of allStates()) {
    if (owner !== null && !lives(owner)) await tearDown(name);
  }
}

export function thisProcess(): ProcessId {
  const found = identify(process.pid);
  if (found === null) throw new Error("no entry of this process in /proc");
  return found;
}
