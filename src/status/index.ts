/** How many hosts stand, by what their scripts have reported. */
export { type Expected, readExpected } from "./expected.ts";
export { type Row, unasked } from "./judge.ts";
export { type Overview, overview, resultOf } from "./overview.ts";
export { page, pageMark } from "./page/index.ts";
export { readReport } from "./read.ts";
export { type Flaw, type Run, type Standing, shortName } from "./run.ts";
export { type State, states, stateWords } from "./state.ts";
