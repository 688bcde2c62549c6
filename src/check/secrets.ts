import type { Rule } from "./rule.ts";

/** The bits of a mode that are about everybody (chmod(2)). */
const others = 0o7;

/** What everybody may read is no secret. */
export const secretsForOthers: Rule = ({ hosts }, report) => {
  for (const { pointer, path, secret, mode } of hosts.flatMap(({ files }) => files)) {
    if (!secret || mode === null || (Number.parseInt(mode, 8) & others) === 0) continue;
    report("SECRET_FOR_OTHERS", {
      pointer: `${pointer}/mode`,
      message: `${path} is a secret, and by ${mode} everybody on the host may read or change it`,
      hint: `take "${mode.slice(0, -1)}0", and the group of the service that reads it`,
      related: [{ pointer: `${pointer}/secret`, part: "key", message: "a secret by this" }],
    });
  }
};
