/** node inject.mjs POSTJECT EXECUTABLE BLOB: a process of its own, for postject's library prints what it does. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , postject, executable, blob] = process.argv;
const { inject } = createRequire(import.meta.url)(join(postject, "dist", "api.js"));
// Names and fuse are Node's (Single executable applications, "Generating single executable preparation blobs").
await inject(executable, "NODE_SEA_BLOB", readFileSync(blob), {
  sentinelFuse: "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
});
