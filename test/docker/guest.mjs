// A guest for a driver in Node: commands in it, its boots, its end.
import { spawn } from "node:child_process";
import { containerMeanwhile, containerProgram } from "./container.mjs";
import { docker, dockerClient } from "./engine.mjs";

/** Of each role, the host that a test gives it and its address. */
export const HOST = {
  director: ["lvs1", "192.168.80.10"],
  realserver: ["web1", "192.168.80.12"],
  nfs: ["web2", "192.168.80.13"],
};
/** Milliseconds after which a command hangs; on a quiet machine the longest takes a few seconds. */
const LIMIT = 15 * 60_000;

export class Guest {
  /** `variables` are those of every command, as `NAME=VALUE`. */
  constructor(id, variables = []) {
    this.id = id;
    this.variables = variables;
  }

  /** Copies a file or a directory of this machine into the guest. */
  copy(from, to) {
    const { status, stderr } = docker(["cp", from, `${this.id}:${to}`]);
    if (status !== 0) throw new Error(`docker cp ${from}: ${stderr}`);
  }

  /** Runs a command in the guest; resolves to `{ code, output }`. A command that does not end in time has no code. */
  exec(...words) {
    const child = spawn(containerProgram, ["exec", this.id, "env", ...this.variables, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DOCKER: dockerClient() },
    });
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

  /** What has to come through for the driver itself. */
  async shell(text) {
    const { code, output } = await this.exec("bash", "-c", text);
    if (code !== 0) throw new Error(`${text} ended with ${code}: ${output}`);
    return output;
  }

  /** `reboot` or `reset`, as of test/docker/container. */
  async boot(how) {
    await containerMeanwhile(how, this.id);
  }

  async remove() {
    await containerMeanwhile("rm", this.id);
  }
}
