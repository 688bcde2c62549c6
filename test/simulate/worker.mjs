// One worker, inside host/enter: plays what it is sent, one after the other, and makes small what it finds.
import { Play } from "./play.mjs";
import { shrink } from "./shrink.mjs";

const SCRIPTS = "/run/simulate/scripts";

async function playAll({ sequence, shrinkFor }) {
  const began = Date.now();
  const play = new Play(sequence, SCRIPTS);
  const fault = await play.play();
  const answer = { counts: play.counts, seconds: (Date.now() - began) / 1000, fault };
  if (fault === undefined || shrinkFor === 0) return answer;
  const fails = async (candidate) => {
    const again = new Play(candidate, SCRIPTS, fault.oracle);
    return (await again.play())?.oracle === fault.oracle;
  };
  const small = await shrink({ ...sequence, index: fault.index }, fails, Date.now() + shrinkFor);
  const seen = new Play(small, SCRIPTS);
  return { ...answer, small, fault: (await seen.play()) ?? fault, struck: seen.struck };
}

process.on("message", (work) => {
  playAll(work).then(
    (answer) => process.send(answer),
    (error) =>
      process.send({
        counts: {},
        seconds: 0,
        fault: { index: 0, oracle: "the driver itself", lines: error.stack.split("\n") },
      }),
  );
});
process.on("disconnect", () => process.exit());
