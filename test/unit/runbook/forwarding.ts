/** Descriptions whose real servers are in NAT or DR, and what the runbook from one to another says. */
import { type Description, pair, web } from "../diff/sides.ts";
import { changed, runbookOf, type StepText, stepsOf } from "./changed.ts";

const director = "10.0.0.1";
const router = "10.0.0.254";
const moving = "10.0.0.5";

export const both = ["web1", "web2"];

/** In NAT, but for some; each with the router that it answers by. */
export function sides(inDr: readonly string[], from = web(), gateway = director): Description {
  from.services[0].mode = "nat";
  from.services[0].port = [80, 443];
  for (const server of from.services[0].realservers) {
    const isDr = inDr.includes(server.host);
    if (isDr) server.mode = "dr";
    from.hosts[server.host].gateway = isDr ? router : gateway;
  }
  return from;
}

/** Of two directors, with the gateway that moves. */
export function pairSide(inDr: readonly string[]): Description {
  const one = sides(inDr, pair(), moving);
  one.ha.gateway = moving;
  return one;
}

export async function change(from: Description, to: Description): Promise<string> {
  return runbookOf(await changed(from, to)).change;
}

export function step(text: string, script: string): StepText {
  const found = stepsOf(text).find(({ heading }) => heading.includes(script));
  if (found === undefined) throw new Error(`no step of ${script}`);
  return found;
}
