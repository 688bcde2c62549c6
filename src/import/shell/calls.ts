/** Calls of ipvsadm that are not the first word of their command: behind `timeout 5`, in the text of `sh -c`, in `ssh`. */

const changing =
  /^(?:-[AaEeDdCR]\w*|--(?:(?:add|edit|delete)-(?:service|server)|clear|set|restore|start-daemon))(?:=|$)/;

/** Whether a call of ipvsadm that changes the table is somewhere among the words, or within one of them. */
export function changesTable(words: readonly string[]): boolean {
  const parts = words.flatMap((word) => word.split(/[\s;|&()"'`]+/)).filter((part) => part !== "");
  return parts.some(
    (part, index) => /^(?:\S*\/)?ipvsadm$|^\$\{?IPVSADM\}?$/i.test(part) && changing.test(parts[index + 1] ?? ""),
  );
}
