// One guest for one job: a host that people have lived on, with the driver inside; tells of each point as it is tried.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { container, repository } from "../docker/container.mjs";
import { docker, dockerClient } from "../docker/engine.mjs";
import { HOST } from "../docker/guest.mjs";

function startGuest(image, bundles, role, variant) {
  const [name, address] = HOST[role];
  const id = container("start", image, name, "--nic", `ens33=${address}/24`);
  const run = (...args) => {
    const { status, stdout, stderr } = docker(args);
    if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stdout}${stderr}`);
  };
  run("cp", join(repository, "test/faults/guest"), `${id}:/root/faults`);
  run("cp", join(bundles, variant, "now", `${role}.sh`), `${id}:/root/faults/${role}.sh`);
  run("cp", join(bundles, variant, "next", `${role}.sh`), `${id}:/root/faults/${role}.sh.next`);
  run("exec", id, "/root/faults/lived-in.sh", role, ...(variant ? [variant] : []));
  return id;
}

/** Runs the driver for the points of a try but the first `skip`; resolves to its exit code. */
function drive(id, role, { scenario, faults, pick, brief }, skip, tell) {
  const driver = ["/root/faults/drive.sh", `/root/faults/${role}.sh`, scenario, faults.join(","), skip, ...pick];
  const args = ["exec", ...(brief ? ["--env", "BRIEF=1"] : []), id, ...driver.map(String)];
  const child = spawn(dockerClient(), args, { stdio: ["ignore", "pipe", "pipe"] });
  let rest = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) tell(line);
    });
  }
  return new Promise((done) =>
    child.on("close", (status) => {
      if (rest !== "") tell(rest);
      done(status);
    }),
  );
}

/** Puts the driver's lines together: `tell` gets `{ points }` or `{ ok, fault, number, command, notes }`. */
function reader(tell) {
  let last;
  const flush = () => {
    if (last) tell(last);
    last = undefined;
  };
  return {
    line(line) {
      const verdict = /^(ok|not ok) (\S+) (\d+) (.*)$/.exec(line);
      const count = /^points (\d+)$/.exec(line);
      if (count) tell({ points: Number(count[1]) });
      else if (verdict) {
        flush();
        last = {
          ok: verdict[1] === "ok",
          fault: verdict[2],
          number: Number(verdict[3]),
          command: verdict[4],
          notes: [],
        };
      } else if (last) last.notes.push(line);
      else last = { ok: false, fault: "none", number: 0, command: "the driver", notes: [line] };
    },
    flush,
  };
}

/**
 * Tries the points of a job, one try after the other in one guest; after a failed point the guest is replaced and the rest is tried in a
 * fresh one. `tell` gets the try and `{ points }` (how many its command has) or the verdict of a point.
 */
export async function tryPoints(job, image, bundles, tell) {
  let id;
  try {
    for (const one of job.tries) {
      let tried = 0;
      for (let again = true; again; ) {
        id ??= startGuest(image, bundles, job.role, job.variant ?? "");
        let failed = false;
        const lines = reader((result) => {
          if (result.points === undefined) {
            tried += result.number > 0 ? 1 : 0;
            failed ||= !result.ok;
            again = !result.ok && result.number > 0;
          }
          tell(one, result);
        });
        again = false;
        const status = await drive(id, job.role, one, tried, lines.line);
        lines.flush();
        if (status !== 0 && !failed) {
          failed = true;
          tell(one, { ok: false, fault: "none", number: 0, command: `the driver ended with ${status}`, notes: [] });
        }
        if (failed) {
          container("rm", id);
          id = undefined;
        }
      }
    }
  } finally {
    if (id) container("rm", id);
  }
}
