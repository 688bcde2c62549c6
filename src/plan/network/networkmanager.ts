import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { bootCommands } from "./command.ts";

/**
 * NetworkManager: everything by the boot unit, which NetworkManager's dispatcher starts again whenever it has configured
 * one of the host's interfaces (`../boot.ts`). Profiles are left alone, on purpose:
 * - A NIC's profile is someone else's and its name is not known. A reload or a restart of NetworkManager keeps addresses
 *   that others set; activating or reapplying the profile takes them away, and then the dispatcher brings them back.
 * - A profile for `lo` (type=loopback, since 1.42) is one for everybody: as soon as there is one, NetworkManager removes
 *   every other address from `lo` at the next reload, those of other clusters and tools included. Without one it leaves `lo` alone.
 */
export function networkmanager({ placements, routes }: BootAddresses): BootConfig {
  return { requirements: [], resources: [], bootCommands: bootCommands(placements, routes) };
}
