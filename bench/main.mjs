/**
 *   npm run bench -- [OPTION…]            how long builds take (bench.mjs)
 *   npm run bench -- scripts [OPTION…]    how long a director's script takes, as its table grows (scripts.mjs)
 */
const word = process.argv[2];
if (word !== "scripts") await import("./bench.mjs");
else {
  process.argv.splice(2, 1);
  await import("./scripts.mjs");
}
