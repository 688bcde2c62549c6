import { exportsFile } from "./exports.ts";
import { fstab } from "./fstab.ts";
import { interfaces } from "./interfaces.ts";
import { keepalived } from "./keepalived.ts";
import { kernel } from "./kernel.ts";
import { markdown } from "./markdown.ts";
import { netfilter } from "./netfilter.ts";
import { systemd } from "./systemd.ts";
import { yaml } from "./yaml.ts";

/** The helpers by which a value enters a template that is not shell: each by the rules of its format, a file a format. */
export const encoders: Readonly<Record<string, (...values: readonly unknown[]) => string>> = {
  ...systemd,
  ...fstab,
  ...exportsFile,
  ...yaml,
  ...netfilter,
  ...interfaces,
  ...kernel,
  ...keepalived,
  ...markdown,
};
