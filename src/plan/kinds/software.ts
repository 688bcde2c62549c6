import { wanted } from "./kind.ts";

export const software = {
  package: wanted<{ readonly name: string }>({
    words: ({ name }) => [name],
    needs: ({ name }) => [{ kind: "package", names: [name] }],
  }),
  /** Null leaves that side of the unit alone. */
  unit: wanted<{ readonly name: string; readonly enabled: boolean | null; readonly active: boolean | null }>({
    words: ({ name, enabled, active }) => [
      name,
      side(enabled, "enabled", "disabled"),
      side(active, "active", "inactive"),
    ],
    needs: ({ name, enabled, active }) =>
      enabled === true || active === true ? [{ kind: "unit", names: [name] }] : [],
    claims: ({ name, enabled, active }) => [
      ...(enabled === null
        ? []
        : [{ kind: "unit", name, part: "at boot", state: enabled ? "enabled" : "disabled" } as const]),
      ...(active === null ? [] : [{ kind: "unit", name, part: "now", state: active ? "active" : "inactive" } as const]),
    ],
  }),
  /** lvsgen's own unit of what comes up at boot: active, as a boot leaves it. */
  booted: wanted<{ readonly name: string }>({
    words: ({ name }) => [name],
    claims: ({ name }) => [{ kind: "unit", name, part: "now", state: "active" }],
  }),
  selinux: wanted<{ readonly mode: "permissive" }>({ words: ({ mode }) => ["mode", mode] }),
  boolean: wanted<{ readonly name: string }>({
    words: ({ name }) => [name, "on"],
    needs: ({ name }, { selinux }) => [{ kind: "selinux", policy: selinux, booleans: [name] }],
  }),
};

function side(wanted: boolean | null, yes: string, no: string): string {
  return wanted === null ? "-" : wanted ? yes : no;
}
