/** What Ansible takes to put the same files in place, where it is installed. */
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function ansibleVersion() {
  const { status, stdout } = spawnSync("ansible-playbook", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.split("\n")[0].trim() : null;
}

/**
 * A playbook that copies every artifact of a bundle to a directory of this machine, one task a file as roles
 * commonly have it, without a network and without facts.
 *
 * @returns {import("./measure.mjs").Run}
 */
export function playbookRun(bundle, scratch, round) {
  const target = join(scratch, `ansible-${round}`);
  const source = join(bundle, "files");
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1));
  const directories = [...new Set(files.map((file) => join(target, file, "..")))].sort();
  const tasks = [
    ...directories.map((path) => ({ "ansible.builtin.file": { path, state: "directory" } })),
    ...files.map((file) => ({ "ansible.builtin.copy": { src: join(source, file), dest: join(target, file) } })),
  ];
  const playbook = join(scratch, `playbook-${round}.yml`);
  writeFileSync(playbook, JSON.stringify([{ hosts: "localhost", connection: "local", gather_facts: false, tasks }]));
  return { program: "ansible-playbook", args: ["-i", "localhost,", playbook], cwd: scratch };
}
