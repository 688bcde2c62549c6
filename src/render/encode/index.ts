import type { Language } from "../../language/index.ts";
import { exportsFile } from "./exports.ts";
import { fstab } from "./fstab.ts";
import { interfaces } from "./interfaces.ts";
import { keepalived } from "./keepalived.ts";
import { kernel } from "./kernel.ts";
import { markdown } from "./markdown.ts";
import { netfilter } from "./netfilter.ts";
import { spoken } from "./spoken.ts";
import { systemd } from "./systemd.ts";
import { yaml } from "./yaml.ts";

type Encoders = Readonly<Record<string, (...values: readonly unknown[]) => string>>;

/** The helpers by which a value enters a template that is not shell: each by the rules of its format, a file a format. */
export const encoders: Encoders = {
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

/** Those of documents in another language than English: they say it first, and then write it by the rules of the format. */
export function spokenEncoders(language: Language): Encoders {
  return spoken(language);
}
