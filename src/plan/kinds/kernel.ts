import { wanted } from "./kind.ts";

export const kernel = {
  module: wanted<{ readonly name: string }>({
    words: ({ name }) => [name],
    needs: ({ name }) => [{ kind: "module", names: [name] }],
  }),
  sysctl: wanted<{ readonly key: string; readonly value: string }>({
    words: ({ key, value }) => [key, value],
    needs: ({ key, value }) => [{ kind: "sysctl", key, value }],
    claims: ({ key, value }) => [{ kind: "sysctl", name: key, part: "value", state: value }],
  }),
};
