export declare function isEvery(): boolean;
export declare function turnOfCommit(runs: number): number;
export declare function seedsOfTurn(first: number, count: number, runs: number): { first: number; count: number };
export declare function wayInTurn<Way>(ways: readonly Way[], index: number, turn: number): Way;
