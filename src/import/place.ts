/** Where a word of an input stands. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Length of what is meant, 0 for the whole line. */
  readonly length: number;
  /** What brought it here when it is not read where it is used: `$RS at keepalived.conf:12`. */
  readonly via?: string;
}

export function placeText({ file, line, via }: Place): string {
  return via === undefined ? `${file}:${line}` : `${file}:${line} (${via})`;
}

export function lineOf(file: string, line: number): Place {
  return { file, line, column: 1, length: 0 };
}
