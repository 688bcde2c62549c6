// What needs a system that runs: boots, drains, and changes that wait to be confirmed.
import { expectSame, Fault } from "./fault.mjs";
import { tail } from "./oracles.mjs";

/** What stood as described stands so again after a boot. */
export async function booted(play, how) {
  play.count(`${how}s`);
  play.host.boot(how);
  play.boots += 1;
  const bundle = play.clean;
  if (bundle === undefined) return;
  for (const command of ["check", "verify"]) {
    const { code, output } = await play.host.run(bundle, [command]);
    if (code !== 0) throw new Fault(`${command} after a ${how}`, tail(output));
  }
}

export async function drained(play, { do: command, bundle, how }) {
  if (play.clean === undefined) return;
  const before = await play.host.state("times");
  play.count(`${command} runs`);
  const { code, output, struck } = await play.host.run(play.clean ?? bundle, [command, "web1", "--drain", "0"], how);
  await play.newWays(before);
  play.struck = struck;
  play.drained = true;
  if (code !== 0) {
    play.clean = undefined;
    if (struck === undefined) throw new Fault(`${command} succeeds`, tail(output));
    return;
  }
  await play.nothingLeft(play.clean);
}

/** A change that is not confirmed is gone; one that is stays. */
export async function confirmed(play, { bundle, kept }) {
  if (play.clean === undefined || play.unsure) return;
  const before = await play.host.state("times");
  await play.done(bundle, "apply", ["--drain", "0", "--confirm", kept ? "600" : "1"]);
  await play.newWays(before);
  if (kept) {
    const { code, output } = await play.host.run(bundle, ["confirm"]);
    // Where nothing was to be changed there is nothing to confirm.
    if (code !== 0 && !/ changed=0 /.test(output) && play.clean !== bundle)
      throw new Fault("confirm succeeds", tail(output));
    play.clean = bundle;
    return play.nothingLeft(bundle);
  }
  const unit = `lvsgen-confirm-kgc-${play.host.role}`;
  await play.host.shell(
    `for ((i = 0; i < 900; i++)); do [[ -e /etc/systemd/system/${unit}.service ]] || exit 0; sleep 0.1; done; exit 1`,
  );
  await play.host.shell(
    `for ((i = 0; i < 100; i++)); do [[ $(systemctl is-active ${unit}.service ${unit}.timer) == *active*inactive* ]] && break; sleep 0.1; done`,
  );
  await play.newWays("");
  play.count("not confirmed");
  expectSame("what is not confirmed is put back", before, await play.host.state("times"));
}
