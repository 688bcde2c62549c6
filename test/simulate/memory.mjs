// What the driver remembers of a host: whose hands did what when, and for each role what it was told and what stood there before.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { readTree, touches } from "./tree.mjs";

export class Memory {
  constructor(root, base) {
    this.root = root;
    /** A copy of the host as it was before anything of lvsgen's, with what hands did since to what is not lvsgen's. */
    this.base = base;
    this.roles = new Map();
    this.everDamaged = false;
    /** Paths that hands changed while they were lvsgen's, perhaps: what they are to become is not told. */
    this.touched = new Set();
    /** Paths where hands put something of another type: a script may say that it is in the way. */
    this.inTheWay = new Set();
    /** What each line by hand went into: text to path. */
    this.marks = new Map();
    /** `{ who, paths }` of every change, oldest first. */
    this.events = [];
    /** Counts the roles as they come. */
    this.orders = 0;
    this.keepBase();
  }

  keepBase() {
    rmSync(this.base, { recursive: true, force: true });
    spawnSync("cp", ["-a", this.root, this.base]);
    this.events = [];
    this.touched.clear();
    this.inTheWay.clear();
  }

  baseTree() {
    return readTree(this.base);
  }

  role(name) {
    if (!this.roles.has(name))
      this.roles.set(name, {
        name,
        /** absent; clean: as the last script says; dirty: anything else */
        state: "absent",
        script: undefined,
        // What was damaged may be handed on to a role that comes later.
        damaged: this.everDamaged,
        /** What the way back is, is not known: a rollback ended half way. */
        unsure: false,
        /** `{ number, before, event }` of each generation. */
        ways: [],
        ever: new Set(),
      });
    return this.roles.get(name);
  }

  forget(name) {
    this.roles.delete(name);
  }

  /** A role has left; what it hands to those that stay is theirs now. */
  handOver(role, tree) {
    this.forget(role.name);
    const left = new Set();
    for (const other of this.others(role.name))
      for (const path of role.ever)
        if (tree.has(path) && touches(other.ever, path)) {
          other.ever.add(path);
          left.add(path);
        }
    // From now on their way back leads to before this role.
    this.events.push({ who: role.name, paths: left });
  }

  /** What another build of their cluster described otherwise is not as these say, until they are applied again: also once that one has left. */
  overruled({ name, cluster, of }, changed) {
    for (const role of this.others(name)) {
      const { script } = role;
      if (script === undefined || script.cluster !== cluster || script.of === of || role.state !== "clean") continue;
      if (
        Object.values(script.described)
          .flat()
          .some((path) => changed.has(path))
      )
        role.state = "dirty";
    }
  }

  others(name) {
    return [...this.roles.values()].filter((one) => one.name !== name && one.ever.size > 0);
  }

  /** Is the path, or one above or below it, lvsgen's, or was it? */
  mayBeOwned(path) {
    return [...this.roles.values()].some(({ ever }) => touches(ever, path));
  }

  /** Did several roles change it? Its time then comes back with none of them. */
  isShared(path) {
    return new Set(this.events.flatMap(({ who, paths }) => (paths.has(path) ? [who] : []))).size > 1;
  }

  changedSince(event, name) {
    return this.events.slice(event).flatMap(({ who, paths }) => (who === name ? [] : [...paths]));
  }
}

/** The names of a role's generations, oldest first. */
export function generationsOf(state) {
  try {
    return readdirSync(`${state}/generations`)
      .filter((name) => /^\d+$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
