/** Who answers for the VIP: asked without pause from the client, seen on the wire. */
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import type { Capture } from "../capture.ts";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";

/** Between two questions, seconds. A moment of wrong settings is longer than this on any host. */
const interval = 0.02;

let count = 0;

export interface ArpResult {
  readonly asked: number;
  /** Frames that say who has the VIP, by the MAC address that sent them. */
  readonly claims: ReadonlyMap<string, number>;
}

export class ArpWatch {
  private constructor(
    private readonly client: Host,
    private readonly stopFile: string,
    private readonly asking: Promise<number>,
    private readonly captures: readonly Capture[],
    private readonly claim: string,
  ) {}

  /** Asks from now on, and captures what the client hears and what each of `suspects` sends. */
  static async start(
    bench: Bench,
    name: string,
    client: Host,
    vip: string,
    suspects: readonly Host[],
  ): Promise<ArpWatch> {
    const own = client.spec.cards[0]?.addresses[0]?.split("/")[0] ?? "";
    const stopFile = `/run/arp-${process.pid}-${count++}.stop`;
    const captures = await Promise.all(
      [client, ...suspects].map((host) => bench.capture(host, `${name}-${host.name}`, "arp")),
    );
    await client.put(join(sources, "proofs/ask-arp.pl"), "/run/ask-arp.pl");
    const asking = client
      .must(`perl /run/ask-arp.pl ens33 ${own} ${vip} ${interval} ${stopFile}`, { timeout: 1800 })
      .then(Number);
    asking.catch(() => {});
    // Any ARP frame, question or answer, whose sender says that the VIP is his: at octet 14 of RFC 826's packet.
    return new ArpWatch(client, stopFile, asking, captures, `arp[14:4] == 0x${hexadecimal(vip)}`);
  }

  async stop(): Promise<ArpResult> {
    await this.client.must(`touch ${this.stopFile}`);
    const asked = await this.asking;
    const claims = new Map<string, number>();
    for (const capture of this.captures) {
      await capture.stop();
      const heard = new Map<string, number>();
      for (const line of await capture.frames(this.claim)) {
        const sender = line.split(" ")[1] ?? "";
        heard.set(sender, (heard.get(sender) ?? 0) + 1);
      }
      // A broadcast is on every wire.
      for (const [sender, frames] of heard) claims.set(sender, Math.max(frames, claims.get(sender) ?? 0));
    }
    return { asked, claims };
  }
}

function hexadecimal(address: string): string {
  return address
    .split(".")
    .map((octet) => Number(octet).toString(16).padStart(2, "0"))
    .join("");
}
