// What a guest is like with exactly these clusters on it: learnt on a guest that never had another, and once for all guests alike.
import { Fault } from "../fault.mjs";
import { expectSameState } from "../guest-state.mjs";
import { tail } from "../oracles.mjs";

/** Sets of clusters as one text; `chains` has those that lead to others put aside: who learns one has learnt what it begins with. */
const keyOf = (faces) => faces.join(" + ");

function chains(sets) {
  const wanted = sets.map(keyOf);
  return sets.filter(
    (_, index) => !wanted.some((other, at) => at !== index && other.startsWith(`${wanted[index]} + `)),
  );
}

/** The policy's own store, which every setsebool writes anew. */
const POLICY = /\/etc\/selinux\/targeted\//;

/** The very guest as it was, with times of files and nothing of lvsgen's. @param compare how live state is compared */
export function expectPristine(pristine, state, compare = expectSameState) {
  const oracle = "the last uninstall gives the guest back";
  expectSameState(oracle, pristine, state, { own: true, times: true, only: /^(files|lines)$/, less: POLICY });
  compare(oracle, pristine, state, { own: true });
}

export class Targets {
  constructor() {
    /** Key to state. */
    this.known = new Map();
  }

  of(faces) {
    return this.known.get(keyOf(faces));
  }

  /**
   * Learns what is not known of these sets, in a guest that nothing was done to; with its state before as `pristine`, which it has again after each.
   * @param scriptsOf face to its scripts, in the order in which they are applied
   */
  async learn(guest, pristine, sets, scriptsOf) {
    this.known.set("", pristine);
    const unknown = [...new Map(sets.map((faces) => [keyOf(faces), faces])).values()].filter(
      (faces) => !this.known.has(keyOf(faces)),
    );
    for (const faces of chains(unknown)) {
      for (let count = 1; count <= faces.length; count += 1)
        this.known.set(keyOf(faces.slice(0, count)), await ran(guest, "apply", scriptsOf(faces[count - 1])));
      let state;
      for (const face of [...faces].reverse()) state = await ran(guest, "uninstall", [...scriptsOf(face)].reverse());
      expectPristine(pristine, state);
    }
  }
}

async function ran(guest, command, scripts) {
  const { code, output, state } = await guest.together({ command, scripts });
  if (code !== 0) throw new Fault(`an undisturbed ${command} succeeds, when learning`, tail(output));
  return state;
}
