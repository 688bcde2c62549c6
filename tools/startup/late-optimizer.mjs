/**
 * V8 waits nine times as long before it optimizes a function. A build is over in a second, and most of what V8 would optimize by then is not
 * run often enough to pay for it.
 *
 * Gain: a third of the processor time of a build of 1,000 hosts (5 rounds in turns: 765 ms with it, 1109 ms without) and a seventh of one of
 * 10,000 addresses; nothing that could be measured of a small build. What runs for five seconds takes 4 % more. On a machine with an idle
 * processor most of that was done beside the build, and waiting for it gains less.
 * `LVSGEN_WITHOUT=late-optimizer` builds without it; start.cjs is the rest of it.
 *
 * Node warns of flags that are set in a running process: this one is a number that V8 reads each time, and start.cjs sets it only for the V8
 * with which that was tried.
 */

/** In bytes of bytecode that a function runs through; V8 itself has 67,584. */
export const interruptBudget = 600_000;
