import { wanted } from "./kind.ts";

export const kernel = {
  module: wanted<{ readonly name: string }>({
    words: ({ name }) => [name],
    needs: ({ name }) => [{ kind: "module", names: [name] }],
  }),
  /** Keeps the default route that a router announces on a device, where it is so; `path` is the file that makes it last. */
  advertised: wanted<{ readonly device: string; readonly path: string }>({
    words: ({ device, path }) => [device, path],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  sysctl: wanted<{ readonly key: string; readonly value: string }>({
    words: ({ key, value }) => [key, value],
    needs: ({ key, value }) => [{ kind: "sysctl", key, value }],
    claims: ({ key, value }) => [{ kind: "sysctl", name: key, part: "value", state: value }],
  }),
};
