import { files } from "./files.ts";
import { ipvs } from "./ipvs.ts";
import { kernel } from "./kernel.ts";
import { network } from "./network.ts";
import { protection } from "./protection.ts";
import { software } from "./software.ts";
import { storage } from "./storage.ts";

/** Every kind of resource, by the word that it has in a script. */
export const kinds = { ...software, ...kernel, ...files, ...network, ...storage, ...ipvs, ...protection };
