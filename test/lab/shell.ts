/** A terminal on a guest: its third serial line, whose other end is a pseudo-terminal of this machine. */
import { closeSync, openSync } from "node:fs";
import { basename } from "node:path";
import { ReadStream, WriteStream } from "node:tty";
import { must, quote, sleep } from "./command.ts";
import type { Host } from "./host.ts";

const line = "/dev/ttyS2";
/** What ends it from outside, as in telnet: Ctrl and ]. */
const leave = 0x1d;

/** A login shell of root on this terminal, until it ends or Ctrl-] is typed. One at a time for each host. */
export async function shell(host: Host): Promise<number> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY) throw new Error("a shell needs a terminal; without one: lab exec or lab sh");
  const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
  const ended = host.run(
    `exec 3<>${line}; stty -F ${line} sane rows ${rows} cols ${columns}
TERM=${quote(process.env.TERM ?? "vt100")} setsid -cw bash -il <&3 >&3 2>&3`,
    { timeout: 86_400 },
  );
  const terminal = await terminalOf(host);
  await must("stty", ["-F", terminal, "raw", "-echo"]);
  const descriptor = openSync(terminal, "r+");
  const [from, to] = [new ReadStream(descriptor), new WriteStream(descriptor)];
  from.on("error", () => {}); // the guest went down
  from.on("data", (data) => stdout.write(data));
  const left = new Promise<void>((resolve) => {
    stdin.on("data", (data: Buffer) => {
      const end = data.indexOf(leave);
      to.write(end === -1 ? data : data.subarray(0, end));
      if (end !== -1) resolve();
    });
  });
  stdin.setRawMode(true);
  try {
    // What was said in the end comes a moment after the shell's end.
    await Promise.race([ended.then(() => sleep(300)), left]);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    from.destroy();
    try {
      closeSync(descriptor);
    } catch {
      // The stream has closed it.
    }
  }
  // As when a line is hung up: what was left runs no longer, and nobody else reads the line when the next one comes.
  await host.run(`pkill -HUP -t ${basename(line)}`);
  await ended;
  stdout.write("\n");
  return 0;
}

/** The other end of the line, as the guest's kernel has told it (ssl.c, `assigned device`). */
async function terminalOf(host: Host): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const { out } = await host.run("dmesg");
    const found = [...out.matchAll(/Serial line 2 assigned device '([^']+)'/g)].at(-1)?.[1];
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`${host.name}: no terminal in ten seconds; lab log ${host.name} has what its kernel says`);
}
