import type { Host, Role } from "../model.ts";
import type { Platform } from "../platform/platform.ts";
import type { ClientScript } from "./client.ts";
import type { DoctorScript } from "./doctor.ts";
import type { PlatformPackages } from "./packages.ts";
import type { Section } from "./resource.ts";

/** Everything that a cluster's bundle is made of. */
export interface Plan {
  readonly scripts: readonly Script[];
  /** Null when the description has no clients. */
  readonly client: ClientScript | null;
  /** What hosts without a network need carried to them; empty when no host needs a package. */
  readonly packages: readonly PlatformPackages[];
  readonly doctor: DoctorScript;
}

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
