// A guest that people have lived on, for one sequence: its scripts, its state, its reboots.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { container, repository } from "../docker/container.mjs";
import { docker, dockerClient } from "../docker/engine.mjs";

const HOST = {
  director: ["lvs1", "192.168.80.10"],
  realserver: ["web1", "192.168.80.12"],
  nfs: ["web2", "192.168.80.13"],
};
const LIMIT = 240_000;

export class GuestHost {
  constructor(image, bundles, role) {
    const [name, address] = HOST[role];
    this.role = role;
    this.id = container("start", image, name, "--nic", `ens33=${address}/24`);
    const copy = (from, to) => {
      const { status, stderr } = docker(["cp", from, `${this.id}:${to}`]);
      if (status !== 0) throw new Error(`docker cp ${from}: ${stderr}`);
    };
    copy(join(repository, "test/faults/guest"), "/root/faults");
    copy(join(repository, "test/simulate/guest/run.sh"), "/root/faults/run.sh");
    for (const bundle of ["now", "next"])
      copy(join(bundles, bundle, `${role}.sh`), `/root/faults/${role}.${bundle}.sh`);
  }

  /** Runs a command in the guest; resolves to `{ code, output }`. A command that does not end in time has no code. */
  exec(...words) {
    const child = spawn(dockerClient(), ["exec", this.id, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    return new Promise((done) => {
      const limit = setTimeout(() => {
        child.kill("SIGKILL");
        done({ code: undefined, output });
      }, LIMIT);
      child.on("close", (code) => {
        clearTimeout(limit);
        done({ code, output });
      });
    });
  }

  async shell(text) {
    return this.exec("bash", "-c", text);
  }

  /** A script's command, disturbed or not; `struck` is the call that the disturbance hit. */
  async run(bundle, words, how) {
    const script = `/root/faults/${this.role}.${bundle}.sh`;
    const result = await this.exec("/root/faults/run.sh", how?.fault ?? "none", String(how?.at ?? 0), script, ...words);
    if (how === undefined) return result;
    const { output } = await this.shell("cat /run/simulate/struck 2> /dev/null");
    return { ...result, struck: output.trim() || undefined };
  }

  /** The guest's state as text; the words are those of test/faults/guest/state.sh. */
  async state(...words) {
    const { code, output } = await this.exec("/root/faults/state.sh", ...words);
    if (code !== 0) throw new Error(`state.sh ended with ${code}: ${output}`);
    return output;
  }

  async generations() {
    return (await this.shell(`cd /var/lib/lvsgen/kgc/${this.role}/generations 2> /dev/null && ls`)).output
      .split("\n")
      .filter(Boolean);
  }

  boot(how) {
    container(how, this.id);
  }

  remove() {
    container("rm", this.id);
  }
}
