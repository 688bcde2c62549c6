import type { Cluster, Host, OwnVip, Uplink } from "../model.ts";
import { contains, isSingle, sameAddress, specialRange } from "../net.ts";
import type { Report, Rule } from "./rule.ts";

/** An uplink is a neighbour on an interface of the host, and its VIPs are ones that the host answers for, each with one way out. */
export const uplinkMismatches: Rule = (cluster, report) => {
  for (const host of cluster.hosts) {
    const named: OwnVip[] = [];
    for (const uplink of host.uplinks) {
      gateway(host, uplink, report);
      for (const vip of uplink.vips) {
        const twice = named.find(({ address }) => sameAddress(address, vip.address));
        if (twice === undefined) vips(cluster, host, uplink, vip, report);
        else
          report("UPLINK_MISMATCH", {
            pointer: vip.pointer,
            message: `${vip.address.text} has a way out already`,
            hint: "keep one of the two",
            related: [{ pointer: twice.pointer, message: "the other one" }],
          });
        named.push(vip);
      }
    }
  }
};

function gateway(host: Host, { gateway, interface: name, pointer }: Uplink, report: Report): void {
  const nic = host.interfaces.find((one) => one.name === name);
  if (nic === undefined) {
    report("UPLINK_MISMATCH", {
      pointer: `${pointer}/interface`,
      message: `${host.name} has no interface ${name}`,
      hint: `one of: ${host.interfaces.map((one) => one.name).join(", ")}; further ones stand in "interfaces"`,
    });
    return;
  }
  const own = nic.addresses.filter(({ address }) => address.family === gateway.family);
  if (own.some((cidr) => contains(cidr, gateway) || isSingle(cidr))) return;
  if (gateway.family === 6 && specialRange(gateway) === "link-local") return;
  report("UPLINK_MISMATCH", {
    pointer: `${pointer}/gateway`,
    message: `${gateway.text} lies in no network of ${name} of ${host.name}`,
    hint: "write the address of the router on that interface's segment",
    related: own.map((cidr) => ({ pointer: cidr.pointer, message: `a network of ${name}` })),
  });
}

function vips(cluster: Cluster, host: Host, { gateway }: Uplink, { address, pointer }: OwnVip, report: Report): void {
  if (address.family !== gateway.family) {
    report("UPLINK_MISMATCH", {
      pointer,
      message: `${address.text} cannot leave by the IPv${gateway.family} gateway ${gateway.text}`,
      hint: `name VIPs of IPv${gateway.family}, and write an uplink of its own for the others`,
    });
    return;
  }
  const carried = cluster.directors.includes(host) ? [] : (cluster.placements.get(host) ?? []);
  if (carried.some(({ vip }) => sameAddress(vip, address))) return;
  report("UPLINK_MISMATCH", {
    pointer,
    message: `${host.name} answers for no VIP ${address.text}`,
    hint: "name VIPs that it serves as a real server in DR or TUN: in NAT and on a director replies leave from there",
  });
}
