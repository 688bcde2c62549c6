/** Any description's keepalived.conf, imported and built again, is the same byte for byte. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { holdsSecret } from "../../../src/import/secrets.ts";
import { hosts, service } from "./clusters.ts";
import { errorsOf, importTexts } from "./inputs.ts";
import { build, interfacesOf, marksOf } from "./keepalived-files.ts";

const times = {
  interval: fc.constantFrom(1, 5, 86400),
  timeout: fc.constantFrom(1, 3, 60),
  retries: fc.constantFrom(0, 1, 3, 100),
  onFailure: fc.constantFrom("quiesce", "remove"),
  port: fc.constantFrom(1, 8081, 65535),
};
const page = {
  path: fc.constantFrom("/", "/health?a=1&b=2", "/a%20b", "/~x/!$"),
  status: fc.constantFrom(200, 204, 399),
  name: fc.constantFrom("www.example.org", "a"),
  // What looks like a mail address is not copied, and that is told.
  body: fc.oneof(
    fc.constantFrom("ok", "a.b*c", '"}{#!$@~', "é中\n"),
    fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !holdsSecret(text)),
  ),
};
const check = fc.option(
  fc.oneof(
    fc.constant({ type: "none" }),
    fc.record({ type: fc.constantFrom("tcp", "udp"), ...times }, { requiredKeys: ["type"] }),
    fc.record({ type: fc.constantFrom("http", "https"), ...page, ...times }, { requiredKeys: ["type"] }),
  ),
  { nil: undefined },
);
const sorryServer = fc.constantFrom(undefined, undefined, { address: "192.0.2.60" }, { address: "2001:db8::60" });
const ha = fc.record(
  {
    routerId: fc.constantFrom(1, 80, 255),
    routerId6: fc.constantFrom(2, 81),
    interface: fc.constant("eth0"),
    advertInterval: fc.constantFrom(0.05, 0.3, 1, 40.95),
    version: fc.constantFrom(2, 3),
    preempt: fc.boolean(),
    unicast: fc.boolean(),
    sync: fc.oneof(fc.boolean(), fc.record({ id: fc.constantFrom(0, 255) })),
    gateway: fc.constant("192.0.2.254"),
    gateway6: fc.constant("2001:db8::ffff"),
  },
  { requiredKeys: ["routerId"] },
);

test("keepalived.conf of an accepted description comes back as it was", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("el7", "el8", "el9", "debian12", "debian13"),
      fc.integer({ min: 1, max: 3 }),
      ha,
      fc.constantFrom(undefined, 0, 7),
      fc.array(fc.record({ service, check, sorryServer }), { minLength: 1, maxLength: 3 }),
      async (platform, count, agreed, alias, services) => {
        const directors = ["lvs1", "lvs2", "lvs3"].slice(0, count);
        const described = (drawn: typeof services, failover: object): string =>
          JSON.stringify({
            version: 1,
            name: "any-1",
            defaults: { platform, interface: "eth0", ...(alias === undefined ? {} : { alias }) },
            hosts: {
              ...hosts,
              lvs2: { address: "192.0.2.2/24", address6: "2001:db8::2/64" },
              lvs3: { address: "192.0.2.3/24", address6: "2001:db8::3/64" },
            },
            directors,
            ha: count === 1 ? {} : failover,
            services: drawn.map(({ service: { frontend, scheduling, realservers, ...rest }, ...more }, index) => ({
              name: `s${index}`,
              ...frontend,
              ...scheduling,
              ...rest,
              ...more,
              realservers: realservers.map(({ to, ...other }) => ({ ...to, ...other })),
            })),
          });
        const accepts = async (drawn: typeof services, failover: object): Promise<boolean> =>
          (await analyse(described(drawn, failover))).cluster !== null;
        // What is refused takes all else with it: each part for itself first.
        const kept: typeof services = [];
        const usual = { routerId: 80, gateway: "192.0.2.254", gateway6: "2001:db8::ffff" };
        for (const one of services) if (await accepts([...kept, one], usual)) kept.push(one);
        const built = await build(described(kept, (await accepts(kept, agreed)) ? agreed : usual));
        // What is refused as a whole is drawn anew.
        fc.pre(built !== null);
        const texts = [...built.files].map(([host, conf]) => [`${host}/etc/keepalived/keepalived.conf`, conf] as const);
        const imported = await importTexts(Object.fromEntries([...texts, ...interfacesOf(built.cluster)]), {
          platform,
          marks: marksOf(built.cluster),
        });
        expect(errorsOf(imported)).toEqual([]);
        expect(imported.misses).toEqual([]);
        const second = await build(imported.text);
        expect(second?.rules).toBe(built.rules);
        expect(Object.fromEntries(second?.files ?? [])).toEqual(Object.fromEntries(built.files));
      },
    ),
    { numRuns: 50 },
  );
});
