// What is live at each moment of a run: addresses, services with their real servers, shares and exports. What is there before and after has to be
// there all the time: who is connected to it must not notice.
import { expectNone } from "../fault.mjs";

/** Addresses that are this host's, of the kernel's tree of routes. */
function addressesOf(text) {
  const found = [];
  let address;
  for (const line of text.split("\n")) {
    address = /\|-- (\S+)/.exec(line)?.[1] ?? address;
    if (line.includes("/32 host LOCAL")) found.push(`address ${address}`);
  }
  return found;
}

/** By their keys too: one that is edited stays, one that is made anew has lost its connections. */
function tableOf(text) {
  const found = [];
  let service;
  for (const line of text.split("\n").filter(Boolean)) {
    const key = /\tkey\t([^\t]*)/.exec(line)?.[1];
    if (line.startsWith("service\t")) {
      service = key;
      found.push(`service ${key}`);
    }
    if (!line.startsWith("dest\t")) continue;
    found.push(`real server ${key} of ${service}`);
    // At rest it is there, and nobody new gets to it.
    if (!line.includes("\tweight\t0")) found.push(`new clients for real server ${key} of ${service}`);
  }
  return found;
}

const READ = {
  "/proc/net/fib_trie": addressesOf,
  "/proc/net/if_inet6": (text) => text.split("\n").map((line) => `address ${line.split(" ")[0]}`),
  "/run/guest/ipvs": tableOf,
  "/proc/self/mountinfo": (text) =>
    text
      .split("\n")
      .filter((line) => line.includes(" - overlay "))
      .map((line) => `share at ${line.split(" ")[4]}`),
  "/var/lib/nfs/etab": (text) =>
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => `export ${line.replace(/\(.*/, "")}`),
};

/** Each `{ after, live }`: the program that ran before it, and what there was then. */
export function momentsOf(text) {
  return text
    .split("\x1c")
    .slice(1)
    .map((moment) => {
      const [after, ...files] = moment.split("\x1d");
      const live = new Set();
      for (const file of files) {
        const end = file.indexOf("\n");
        for (const thing of READ[file.slice(0, end)](file.slice(end + 1))) live.add(thing);
      }
      return { after, live };
    });
}

/** Returns how many moments were looked at. */
export function expectNeverAway(moments) {
  if (moments.length === 0) return 0;
  const last = moments.at(-1).live;
  const lasting = [...moments[0].live].filter((thing) => last.has(thing));
  for (const { after, live } of moments)
    expectNone(
      "what is there before and after is there all the time",
      lasting.filter((thing) => !live.has(thing)).map((thing) => `- ${thing}, after: ${after}`),
    );
  return moments.length;
}
