import type { Directory } from "../model.ts";

export type Permissions = Pick<Directory, "mode" | "owner" | "group">;

interface WrittenPermissions {
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

/** Mode in four octal digits, owner and group, each null where the description does not say. */
export function permissions({ mode, owner, group }: WrittenPermissions): Permissions {
  return { mode: mode?.padStart(4, "0") ?? null, owner: owner ?? null, group: group ?? null };
}
