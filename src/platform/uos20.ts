import { kylin10 } from "./kylin10.ts";
import type { Platform } from "./platform.ts";

/**
 * UnionTech OS Server 20, editions e (which descends from openEuler 20.03) and a (from Anolis OS 8). Both say ID="uos"
 * VERSION_ID="20" and install by dnf (github.com/release-engineering/productmd/issues/182, TimeBye/kubeadm-ha/issues/167).
 * What it shares with Kylin V10 it has from openEuler 20.03: kernel 4.19, NetworkManager with its reader of ifcfg files.
 */
export const uos20: Platform = {
  ...kylin10,
  name: "uos20",
  title: "UnionTech OS Server 20",
  releases: ["uos:20*"],
  // Edition a has the 8.0p1 of Anolis OS 8.
  verifiesSshSignatures: false,
  verifier: "openssl",
};
