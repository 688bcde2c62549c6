import type { Rule } from "./rule.ts";

/** The table has one entry for a protocol, VIP and port. */
export const duplicateServices: Rule = ({ services }, report) => {
  const first = new Map<string, { readonly name: string; readonly pointer: string }>();
  for (const { name, frontend, pointer } of services) {
    if (frontend.kind !== "address") continue;
    const { vip, protocol, port } = frontend;
    const key = `${protocol} ${vip.text} ${port}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, { name, pointer });
      continue;
    }
    report("DUPLICATE_SERVICE", {
      pointer: `${pointer}/port`,
      message: `${protocol} port ${port} of ${vip.text} is the service ${JSON.stringify(other.name)} already`,
      hint: "put all real servers in one service, or use another port or VIP here",
      related: [{ pointer: `${other.pointer}/port`, message: "the first one" }],
    });
  }
};

/** Reports and `client-test.sh --service` tell services apart by name. */
export const duplicateServiceNames: Rule = ({ services }, report) => {
  const first = new Map<string, string>();
  for (const { name, pointer } of services) {
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, pointer);
      continue;
    }
    report("DUPLICATE_SERVICE_NAME", {
      pointer: `${pointer}/name`,
      message: `another service has the name ${JSON.stringify(name)}`,
      hint: "give this one a name of its own",
      related: [{ pointer: `${other}/name`, message: "the first one" }],
    });
  }
};

/** The table has one entry for a mark and family. */
export const duplicateMarks: Rule = ({ services }, report) => {
  const first = new Map<string, string>();
  for (const { frontend, family, pointer } of services) {
    if (frontend.kind !== "fwmark") continue;
    const key = `${frontend.mark} ${family}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, pointer);
      continue;
    }
    report("DUPLICATE_FWMARK", {
      pointer: `${pointer}/fwmark`,
      message: `the mark ${frontend.mark} is another service already`,
      hint: "give this service a mark of its own",
      related: [{ pointer: `${other}/fwmark`, message: "the first one" }],
    });
  }
};
