/**
 *   npm run bench -- [OPTION…]            how long builds take (bench.mjs)
 *   npm run bench -- scripts [OPTION…]    how long a director's script takes, as its table grows (scripts.mjs)
 *   npm run bench -- peers [OPTION…]      the same job by a script written by hand and by Ansible (peers.mjs)
 *   npm run bench -- report [OPTION…]     all but start in one run, as docs/performance.md (report.mjs)
 *   npm run bench -- start [OPTION…]      what the single executable costs beside npm's package (start.mjs)
 */
const programs = { scripts: "./scripts.mjs", peers: "./peers.mjs", report: "./report.mjs", start: "./start.mjs" };
const program = programs[process.argv[2]];
if (program === undefined) await import("./bench.mjs");
else {
  process.argv.splice(2, 1);
  await import(program);
}
