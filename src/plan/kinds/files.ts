import type { Content, Ownership } from "../managed.ts";
import { wanted } from "./kind.ts";

export const files = {
  directory: wanted<{ readonly path: string } & Ownership>({
    words: ({ path, mode, owner, group }) => [path, mode ?? "-", owner ?? "-", group ?? "-"],
    claims: ({ path }) => [{ kind: "directory", name: path }],
  }),
  file: wanted<
    {
      readonly path: string;
      readonly content: Content;
      /** Every role that has it has the same, and the last of them gives back what was there. */
      readonly shared?: true;
    } & Ownership
  >({
    words: ({ path, mode, owner, group }) => [path, mode ?? "-", owner ?? "-", group ?? "-"],
    body: ({ content }) => content,
    artifact: ({ path, content }) => ({ path, content }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path, shared }) => [
      shared === true
        ? { kind: "file", name: path, part: "shared", state: "" }
        : { kind: "file", name: path, part: null },
    ],
  }),
  /** A file whose text the script takes from a file of secrets that is carried beside it. */
  secret: wanted<{ readonly path: string } & Ownership>({
    words: ({ path, mode, owner, group }) => [path, mode ?? "-", owner ?? "-", group ?? "-"],
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  /** A copy of the very script that declares it. */
  script: wanted<{ readonly path: string }>({
    words: ({ path }) => [path],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  /** A directory in which a program of lvsgen's puts reports while no script runs. */
  reports: wanted<{ readonly path: string }>({
    words: ({ path }) => [path],
    claims: ({ path }) => [{ kind: "directory", name: path }],
  }),
  /** A file that a program of lvsgen's writes while no script runs. */
  output: wanted<{ readonly path: string }>({
    words: ({ path }) => [path],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  }),
  /**
   * A marked block in a file of the system's. `before-exit` is before a final `exit 0`. `unless-sourced` is at the end as
   * `end` is, but only in a file that does not bring in yet what the block sources.
   */
  block: wanted<{
    readonly path: string;
    readonly place: "end" | "before-exit" | "unless-sourced";
    readonly content: Content;
  }>({
    words: ({ path, place }) => [path, place],
    body: ({ content }) => content,
    artifact: ({ path, content }) => ({ path, content, part: "block" }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: "block", state: "" }],
  }),
  /** One `KEY=VALUE` line of a file of the system's. */
  setting: wanted<{ readonly path: string; readonly key: string; readonly value: string }>({
    words: ({ path, key, value }) => [`${path} ${key}`, value],
    artifact: ({ path, key, value }) => ({ path, content: { text: `${key}=${value}\n` }, part: "line" }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path, key, value }) => [{ kind: "file", name: path, part: key, state: value }],
  }),
  mode: wanted<{ readonly path: string; readonly mode: string }>({
    words: ({ path, mode }) => [path, mode],
    claims: ({ path, mode }) => [{ kind: "file", name: path, part: "mode", state: mode }],
  }),
};
