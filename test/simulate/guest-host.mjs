// A guest that people have lived on, for one sequence: its scripts, its state, its boots.
import { join } from "node:path";
import { containerMeanwhile, repository } from "../docker/container.mjs";
import { Guest, HOST } from "../docker/guest.mjs";
import { GuestState } from "./guest-state.mjs";

export class GuestHost extends Guest {
  constructor(id, role) {
    super(id, [`ROLE=${role}`]);
    this.role = role;
  }

  /** Starts a guest of an image with the scripts of a role. */
  static async start(image, bundles, role) {
    const [name, address] = HOST[role];
    const id = await containerMeanwhile("start", image, name, "--nic", `ens33=${address}/24`);
    const host = new GuestHost(id, role);
    host.copy(join(repository, "test/faults/guest"), "/root/faults");
    host.copy(join(repository, "test/simulate/guest/turn.sh"), "/root/faults/turn.sh");
    for (const bundle of ["now", "next"])
      host.copy(join(bundles, bundle, `${role}.sh`), `/root/faults/${role}.${bundle}.sh`);
    return host;
  }

  /**
   * A step of guest/turn.sh: `{ code, output, struck, hung, generations, drained, state }` and, where `settled` was looked at, `again`: the code and output of
   * each command, and the state after them.
   */
  async turn({ bundle, settled, how, words = [] }) {
    const script = (name) => (name === undefined ? "-" : `/root/faults/${this.role}.${name}.sh`);
    const { code, output } = await this.exec(
      "/root/faults/turn.sh",
      script(bundle),
      script(settled),
      how?.fault ?? "none",
      String(how?.at ?? 0),
      ...words,
    );
    const parts = partsOf(output);
    // What was done and said, for a person who looks into a find.
    if (process.env.SIMULATE_TRACE)
      process.stderr.write(
        `== ${this.id.slice(0, 6)} ${this.role} ${bundle} ${words.join(" ")} ${JSON.stringify(how ?? {})}: ${parts.code}\n${parts.run}`,
      );
    if (code === undefined) return { hung: true, output: parts.run ?? output };
    if (code !== 0) throw new Error(`turn.sh ended with ${code}: ${output.slice(-2000)}`);
    const seen = (command) => ({ code: Number(parts[`${command}-code`]), output: parts[command] });
    return {
      hung: false,
      code: Number(parts.code ?? 0),
      output: parts.run ?? "",
      struck: parts.struck,
      generations: parts.generations.split("\n").filter(Boolean),
      drained: parts.drained !== "",
      state: new GuestState(parts.state),
      again: parts.after && {
        apply: seen("apply"),
        check: seen("check"),
        verify: seen("verify"),
        state: new GuestState(parts.after),
      },
    };
  }
}

/** Name to text; what stands behind a name on its line is its text. */
export function partsOf(output) {
  const parts = {};
  for (const part of output.split("\x1e").slice(1)) {
    const end = part.indexOf("\n");
    const [, name, value] = /^(\S+) ?(.*)$/.exec(part.slice(0, end));
    parts[name] = value === "" ? part.slice(end + 1) : value;
  }
  return parts;
}
