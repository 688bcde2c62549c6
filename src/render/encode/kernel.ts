import { oneLine, only } from "./only.ts";

/** sysctl.d(5) and modules-load.d(5): a line each, `#` and `;` begin comments, `-`, `*` and `?` are special in keys. */
export const kernel = {
  sysctlComment: (text: unknown): string => only("a comment of sysctl", oneLine, text),
  /** With slashes where a name in it has a dot. */
  sysctlKey: (key: unknown): string => only("a key of sysctl", /^[a-z][A-Za-z0-9_./-]*$/, key),
  sysctlValue: (value: unknown): string => only("a value of sysctl", /^[!-~]+(?: [!-~]+)*$/, value),
  moduleName: (name: unknown): string => only("a name of modules-load", /^[a-z0-9][a-z0-9_-]*$/, name),
};
