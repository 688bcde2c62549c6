// The table: an entry for each host with a life, by the rows that README.md explains. Those that take longest come first.
import { ADDRESSES } from "./addresses.mjs";
import { FIREWALLS } from "./firewalls.mjs";
import { NETWORKS } from "./networks.mjs";
import { SETTINGS } from "./settings.mjs";
import { SHARES } from "./shares.mjs";
import { TABLES } from "./tables.mjs";
import { UNITS } from "./units.mjs";

export const ROWS = [...FIREWALLS, ...ADDRESSES, ...TABLES, ...SHARES, ...SETTINGS, ...UNITS, ...NETWORKS];
