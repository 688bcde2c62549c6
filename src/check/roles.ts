import type { Rule } from "./rule.ts";

/** Several directors hold the VIP one at a time, which only failover can arrange. */
export const directorsWithoutHa: Rule = ({ directors, failover }, report) => {
  const [first, second] = directors;
  if (first === undefined || second === undefined || failover !== null) return;
  report("DIRECTORS_WITHOUT_HA", {
    pointer: "/directors/1",
    message: `${second.name} would hold the VIPs at the same time as ${first.name}`,
    hint: 'add "ha": { "routerId": … } for failover between them, or keep one director',
    related: [{ pointer: "/directors/0", message: "the first one" }],
  });
};

/** A host that nothing refers to was probably forgotten somewhere. */
export const hostsWithoutRole: Rule = ({ hosts }, report) => {
  for (const { name, roles, pointer } of hosts) {
    if (roles.length > 0) continue;
    report("HOST_WITHOUT_ROLE", {
      pointer,
      part: "key",
      message: `nothing refers to ${name}, so it gets no script`,
      hint: 'name it in "directors", "realservers", "nfs" or "clients", or take it out',
    });
  }
};

/** DNS and many file systems do not tell letter case apart. */
export const ambiguousHostNames: Rule = ({ hosts }, report) => {
  const first = new Map<string, { readonly name: string; readonly pointer: string }>();
  for (const { name, pointer } of hosts) {
    const other = first.get(name.toLowerCase());
    if (other === undefined) {
      first.set(name.toLowerCase(), { name, pointer });
      continue;
    }
    report("AMBIGUOUS_HOST_NAME", {
      pointer,
      part: "key",
      message: `${name} and ${other.name} differ in letter case alone`,
      hint: "give one of them another name",
      related: [{ pointer: other.pointer, part: "key", message: "the first one" }],
    });
  }
};
