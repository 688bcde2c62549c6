import type { Host, Role } from "../model.ts";
import type { Platform } from "../platform/platform.ts";
import type { Section } from "./resource.ts";

/** One role's script: what each host of that role gets, in the order in which it is applied. */
export interface Script {
  readonly role: Exclude<Role, "client">;
  readonly hosts: readonly ScriptHost[];
  /** Real servers that `drain` knows by name, with their addresses in the table. */
  readonly realServers: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

export interface ScriptHost {
  readonly host: Host;
  readonly platform: Platform;
  readonly sections: readonly Section[];
}
