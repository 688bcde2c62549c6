// The way that each row goes, from the host as people had it and back to it, and what has to hold at each step.
import { Fault } from "../simulate/fault.mjs";
import { expectBetween, expectSameState, GuestState } from "../simulate/guest-state.mjs";
import { looked } from "./look.mjs";

export class RowPlay {
  constructor(row, guest) {
    this.row = row;
    this.guest = guest;
    this.counts = { runs: 0, boots: 0, looks: 0, states: 0 };
  }

  /** From the state before to the state before, by both ways back; throws a Fault where something is not as it has to be. */
  async play() {
    const { row } = this;
    await this.guest.shell(row.stands ?? ":");
    await this.boot();
    let booted = await this.state();
    let before = row.byHand === undefined ? booted : await this.handMade();
    await this.look("what stands there before", row.situation);
    if (row.refused) await this.refused(before);
    if (row.cleared !== undefined) {
      await this.guest.shell(row.cleared);
      await this.boot();
      booted = await this.state();
      before = booted;
    }
    await this.expectUnmet();

    await this.applied();
    await this.takenAway("before the first boot");
    await this.boot();
    await this.proved("after the boot");
    await this.takenAway("after the boot");
    for (const step of row.meanwhile ?? []) await this.meanwhile(step);
    await this.run("rollback", { words: ["rollback", ...this.atOnce] });
    this.compare("a rollback gives the state before", [before, booted], await this.state(), row.untilBoot);
    if (row.byHand !== undefined || row.untilBoot !== undefined) {
      await this.boot();
      this.compare("and the next boot what it gave before", [booted], await this.state());
    }
    if (row.byHand !== undefined) this.compare("what a hand made stands again", [before], await this.handMade());

    await this.guest.shell(row.forgets ?? ":");
    await this.applied();
    await this.uninstalled();
    this.compare("an uninstall gives the state before", [before], await this.state(), row.untilBoot);
    await this.guest.shell(row.forgets ?? ":");
    const situation = row.cleared === undefined ? row.situation : [];
    if (row.untilBoot === undefined) await this.look("what stood there before", situation);
    await this.boot();
    if (row.byHand === undefined) await this.look("what stood there before", situation);
    this.compare("and the next boot what it gave before", [booted], await this.state());
  }

  /** Without waiting for connections, which the director's script alone does. */
  get atOnce() {
    return this.row.role === "director" ? ["--drain", "0"] : [];
  }

  async handMade() {
    await this.guest.shell(this.row.byHand);
    return this.state();
  }

  async state() {
    this.counts.states += 1;
    const text = await this.guest.shell("/usr/lib/guest/snapshot --without own");
    return new GuestState(text.replaceAll(/counter packets \d+ bytes \d+/g, "counter"));
  }

  /** The first of `wanted`; of what is live, any of them, for a boot in between took what only a hand had made. */
  compare(oracle, wanted, have, untilBoot) {
    const less = [this.row.differs, untilBoot].filter(Boolean);
    const view = {
      times: true,
      less: less.length > 0 ? new RegExp(less.map(({ source }) => source).join("|")) : undefined,
    };
    if (wanted.length === 1 || wanted[0] === wanted[1]) expectSameState(oracle, wanted[0], have, view);
    else expectBetween(oracle, wanted, have, view);
  }

  async boot() {
    this.counts.boots += 1;
    await this.guest.boot("reboot");
    await this.guest.shell(this.row.waits ?? ":");
  }

  /** Runs the role's script; `{ code, says }` is what has to come of it. */
  async run(what, { bundle = "now", words, code = 0, says = [] }) {
    this.counts.runs += 1;
    const script = `/media/usb/${bundle}/${this.row.role}.sh`;
    const result = await this.guest.exec("bash", script, ...words);
    const missing = says.filter((text) => !result.output.includes(text));
    if (result.code === code && missing.length === 0) return result.output;
    throw new Fault(`${what}: ${words.join(" ")}`, [
      `ended with ${result.code}, not ${code}`,
      ...missing.map((text) => `does not say: ${text}`),
      ...result.output.trimEnd().split("\n").slice(-25),
    ]);
  }

  async refused(before) {
    const { code = 69, says, words = [] } = this.row.refused;
    await this.run("refused", { words: ["apply", ...words], code, says });
    this.compare("a refused apply changes nothing", [before], await this.state());
  }

  async applied() {
    const { words = [] } = this.row;
    await this.run("apply", { words: ["apply", ...words] });
    await this.look("after apply", this.row.holds);
    const once = await this.state();
    await this.run("a second apply changes nothing", { words: ["apply"], says: [" changed=0 "] });
    this.compare("a second apply changes nothing", [once], await this.state());
  }

  /** Nothing is pending, and what is live is proved; a row may know better what `verify` has to find. */
  async proved(when) {
    await this.run(when, { words: ["check"] });
    await this.run(when, { words: ["verify"], ...this.row.verify });
    await this.look(when, this.row.holds);
  }

  async meanwhile({ shell, looks, ...run }) {
    if (shell !== undefined) await this.guest.shell(shell);
    if (run.words !== undefined) await this.run("meanwhile", run);
    await this.look(`after ${run.words?.join(" ") ?? "a hand"}`, looks);
  }

  /** Others take away what is live: it comes again by itself, and nothing is left to do. */
  async takenAway(when) {
    for (const shell of this.row.takenAway ?? []) {
      await this.guest.shell(`${shell}; until [[ ! $(systemctl list-jobs --no-legend) ]]; do sleep 0.1; done`);
      await this.proved(`${when}, after ${shell}`);
    }
  }

  async uninstalled() {
    const { leave } = this.row;
    for (const step of leave?.refused ?? []) await this.run("refused", step);
    await this.run("uninstall", { words: ["uninstall", ...this.atOnce], ...leave?.by });
    await this.guest.shell("! ls -d /var/lib/lvsgen /etc/lvsgen 2>/dev/null");
  }

  /** What is to hold after an apply must not hold before it, or it would prove nothing. */
  async expectUnmet() {
    const unmet = await looked(this.guest, "before", this.row.holds).catch((error) => error);
    if (unmet === undefined) throw new Fault("what an apply is to bring about is there before it", []);
    if (!(unmet instanceof Fault)) throw unmet;
  }

  async look(when, looks = []) {
    this.counts.looks += looks.length;
    await looked(this.guest, when, looks);
  }
}
