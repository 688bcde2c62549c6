export function listedFiles(
  lists: readonly { readonly key: string; readonly text: string }[],
  runtime: readonly { readonly key: string }[],
): Record<string, string[]>;
