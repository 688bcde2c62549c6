/** Real servers beyond their rules: thresholds; and who answers while none of them does. */
import { portOf } from "../../lvs/port.ts";
import type { RealServer } from "../../model.ts";
import { parseAddress, specialRange } from "../../net.ts";
import type { FoundServer } from "../facts.ts";
import type { Teller } from "./difference.ts";
import { frontendText, type Pair } from "./parts.ts";

/** `ipvsadm-save` has no thresholds, so that rules alone would not tell. */
export function compareThresholds({ found, built, isRepeated }: Pair, teller: Teller): void {
  const entries = new Map(
    built.realServers.map((server, index) => [keyOf(server.address.text, portOf(built, server)), index]),
  );
  for (const server of found.servers) {
    const index = entries.get(keyOf(canonical(server.address), server.port));
    const entry = index === undefined ? undefined : built.realServers[index];
    // What has no rule is told as a rule that is missing.
    if (index === undefined || entry === undefined) continue;
    // Another input need not say them again.
    if (isUnlimited(server) && (isRepeated || isUnlimited(entry))) continue;
    teller.compare("thresholds", {
      what: `${endpoint(server)} of ${frontendText(found.frontend)}`,
      place: server.place,
      was: thresholdText(server),
      becomes: thresholdText(entry),
      at: `${built.pointer}/realservers/${built.realServerIndexes?.[index] ?? index}`,
      remedy: 'say it as "upperThreshold" and "lowerThreshold" of the real server',
    });
  }
}

type Limits = Pick<RealServer, "upperThreshold" | "lowerThreshold">;

function isUnlimited({ upperThreshold, lowerThreshold }: Limits): boolean {
  return upperThreshold === 0 && lowerThreshold === 0;
}

function thresholdText({ upperThreshold, lowerThreshold }: Limits): string {
  return `upper ${upperThreshold}, lower ${lowerThreshold}`;
}

/** Who answers when no real server is left. */
export function compareSorry({ found, built, isRepeated }: Pair, teller: Teller): void {
  const { sorry } = found;
  const { sorryServer } = built;
  if (sorry === null && (isRepeated || sorryServer === null)) return;
  const what = `sorry server of ${frontendText(found.frontend)}`;
  const at = `${built.pointer}/sorryServer`;
  const remedy = 'say it as "sorryServer" of the service';
  const becomes =
    sorryServer === null
      ? null
      : serverText(sorryServer.address.text, { mode: sorryServer.mode, port: portOf(built, sorryServer) });
  if (sorry === null) {
    teller.differs("sorry servers", { what, place: found.place, was: null, becomes, at, remedy });
    return;
  }
  const was = serverText(canonical(sorry.address), sorry);
  const { place } = sorry;
  const address = parseAddress(sorry.address);
  const isItself = address !== null && specialRange(address) === "loopback";
  if (isItself && sorryServer?.host?.roles.includes("director") === true && portOf(built, sorryServer) === sorry.port)
    teller.meant("sorry servers", {
      ...{ what, place, was, becomes, at, remedy: "" },
      reason: "the director itself answers, by the address that it has on the network",
    });
  else teller.compare("sorry servers", { what, place, was, becomes, at, remedy, around: found.place });
}

function serverText(address: string, { port, mode }: Pick<FoundServer, "port" | "mode">): string {
  return `${endpoint({ address, port })} by ${mode.toUpperCase()}`;
}

export function endpoint({ address, port }: Pick<FoundServer, "address" | "port">): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Names stay as they are. */
function canonical(address: string): string {
  return parseAddress(address)?.text ?? address;
}

function keyOf(address: string, port: number): string {
  return `${address} ${port}`;
}
