// A guest that several clusters have in common: their scripts, what one command of them does, and what is live at each moment of it.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { containerMeanwhile, repository } from "../../docker/container.mjs";
import { docker } from "../../docker/engine.mjs";
import { GuestHost, partsOf } from "../guest-host.mjs";
import { GuestState } from "../guest-state.mjs";
import { NETWORK } from "./descriptions.mjs";
import { momentsOf } from "./moments.mjs";

export class SharedGuest extends GuestHost {
  /** @param scripts names to files: what is to be run there */
  static async start(image, scripts) {
    const id = await containerMeanwhile("start", image, "h1", "--nic", NETWORK.nic);
    const folder = mkdtempSync(join(tmpdir(), "lvsgen-clusters-"));
    try {
      cpSync(join(repository, "test/faults/guest"), folder, { recursive: true });
      for (const program of ["clusters-turn.sh", "moments.sh", "shared-host.sh"])
        cpSync(join(repository, "test/simulate/guest", program), join(folder, program));
      for (const [name, from] of Object.entries(scripts)) cpSync(from, join(folder, name));
      const { status, stderr } = docker(["cp", folder, `${id}:/root/faults`]);
      if (status !== 0) throw new Error(`docker cp ${folder}: ${stderr}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return new SharedGuest(id);
  }

  /**
   * A step of clusters-turn.sh: `{ hung, code, output, moments, state, again, after }`; where `left` was looked at, `again` has for each script
   * `{ script, apply, check }`, each `{ code, output }`, and `after` the state after them.
   */
  async together({ command = "-", scripts = [], left = [] }) {
    const { code, output } = await this.exec("/root/faults/clusters-turn.sh", command, ...scripts, "--", ...left);
    const parts = partsOf(output);
    if (process.env.SIMULATE_TRACE)
      process.stderr.write(`== ${this.id.slice(0, 6)} ${command} ${scripts.join(" ")}: ${parts.code}\n${parts.run}`);
    if (code === undefined) return { hung: true, output: parts.run ?? output };
    if (code !== 0) throw new Error(`clusters-turn.sh ended with ${code}: ${output.slice(-2000)}`);
    const seen = (look, script) => ({
      code: Number(parts[`code-${look}-${script}`]),
      output: parts[`${look}-${script}`],
    });
    return {
      hung: false,
      code: Number(parts.code),
      output: parts.run,
      moments: momentsOf(parts.moments),
      state: new GuestState(parts.state),
      again:
        parts.after && left.map((script) => ({ script, apply: seen("apply", script), check: seen("check", script) })),
      after: parts.after && new GuestState(parts.after),
    };
  }
}
