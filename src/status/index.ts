/** How many hosts stand, by what their scripts have reported. */
export { type Expected, readExpected } from "./expected.ts";
export type { Row } from "./judge.ts";
export { type Overview, overview, resultOf } from "./overview.ts";
export { page, pageMark } from "./page/index.ts";
export { readReport } from "./read.ts";
export type { Flaw, Run } from "./run.ts";
export { type State, states, stateWords } from "./state.ts";
