import { readListing } from "./ipvsadm/listing.ts";
import { readRules } from "./ipvsadm/rules.ts";
import { readKeepalived } from "./keepalived/index.ts";
import type { Kind } from "./kinds.ts";
import { readLdirectord } from "./ldirectord/index.ts";
import type { Reader } from "./reading.ts";
import { readScript } from "./shell/script.ts";

/** The reader of each kind. */
const readers: Partial<Readonly<Record<Kind, Reader>>> = {
  "ipvsadm-rules": readRules,
  "ipvsadm-list": readListing,
  shell: readScript,
  keepalived: readKeepalived,
  ldirectord: readLdirectord,
};

export function readerOf(kind: Kind): Reader {
  return readers[kind] ?? (() => undefined);
}
