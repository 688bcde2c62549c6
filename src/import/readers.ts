import { readIfcfg } from "./host/ifcfg.ts";
import { readInterfaces } from "./host/interfaces.ts";
import { readKeyfile } from "./host/keyfile.ts";
import { readNetplan } from "./host/netplan.ts";
import { readNetworkd } from "./host/networkd.ts";
import { readExports, readFstab } from "./host/storage.ts";
import { readHostname, readHosts, readOsRelease, readSysctl } from "./host/system.ts";
import { readListing } from "./ipvsadm/listing.ts";
import { readRules } from "./ipvsadm/rules.ts";
import { readKeepalived } from "./keepalived/index.ts";
import type { Kind } from "./kinds.ts";
import { readLdirectord } from "./ldirectord/index.ts";
import type { Reader } from "./reading.ts";
import { readScript } from "./shell/script.ts";

/** The reader of each kind. */
export const readers: Readonly<Record<Kind, Reader>> = {
  "ipvsadm-rules": readRules,
  "ipvsadm-list": readListing,
  shell: readScript,
  keepalived: readKeepalived,
  ldirectord: readLdirectord,
  ifcfg: readIfcfg,
  interfaces: readInterfaces,
  netplan: readNetplan,
  keyfile: readKeyfile,
  networkd: readNetworkd,
  sysctl: readSysctl,
  exports: readExports,
  fstab: readFstab,
  hosts: readHosts,
  "os-release": readOsRelease,
  hostname: readHostname,
};
