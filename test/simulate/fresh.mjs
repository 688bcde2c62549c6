// The same scripts on the pristine host: what a host is compared with. Each combination is run once.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { HOST } from "./bundles.mjs";
import { run } from "./script.mjs";
import { readTree } from "./tree.mjs";

const KEPT = 400;

export class FreshHosts {
  constructor(root) {
    this.root = root;
    this.known = new Map();
  }

  /** The tree after these scripts, in this order, on a copy of a host; undefined where one of them fails there too. */
  async tree(base, baseTree, scripts) {
    const key = createHash("sha256")
      .update(JSON.stringify([...baseTree]))
      .update(scripts.map(({ id }) => id).join())
      .digest("hex");
    if (!this.known.has(key)) {
      if (this.known.size >= KEPT) this.known.delete(this.known.keys().next().value);
      this.known.set(key, await this.make(base, scripts));
    }
    return this.known.get(key);
  }

  async make(base, scripts) {
    rmSync(this.root, { recursive: true, force: true });
    spawnSync("cp", ["-a", base, this.root]);
    for (const { file } of scripts) {
      const { code } = await run(file, ["apply", "--host", HOST], undefined, this.root);
      if (code !== 0) return undefined;
    }
    return readTree(this.root);
  }
}
