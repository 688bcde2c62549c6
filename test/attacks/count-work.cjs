/**
 * node --require ./count-work.cjs …: at the end, writes to the file WORK how much the program did, in steps that are the same on
 * any machine however busy it is: how often each block of its code ran (V8's own coverage counts), and how many elements or
 * characters the calls handled that do much in one step.
 */
"use strict";
const { writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");

let handled = 0;
function counted(owner, name, sizeOf) {
  const original = owner[name];
  owner[name] = function (...args) {
    const result = original.apply(this, args);
    handled += sizeOf(this, result) ?? 0;
    return result;
  };
}
counted(JSON, "stringify", (_, text) => text?.length);
for (const name of ["concat", "slice", "map", "filter"]) counted(Array.prototype, name, (_, list) => list?.length);
for (const name of ["includes", "indexOf", "find", "findIndex", "some", "every"])
  counted(Array.prototype, name, (list) => Math.min(list.length, 1_000_000));

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

process.on("exit", () => {
  session.post("Profiler.takePreciseCoverage", (_error, { result }) => {
    let blocks = 0;
    for (const { functions } of result) {
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
    writeFileSync(process.env.WORK, String(blocks + handled));
  });
});
