import type { Word } from "../word.ts";

export const keywords =
  /^(?:if|then|else|elif|fi|while|until|case|esac|do|done|function|\{|\}|\(|\)|return|exit|break|continue|shift|local|export|set|\[|\[\[|test|true|false|:|echo|printf|sleep|cd|source|\.|start\)|stop\)|\*\)|;;)$/;

export function isIpvsadm(name: string): boolean {
  return /^(?:\S*\/)?ipvsadm$/.test(name) || /^\$\{?IPVSADM\}?$/i.test(name);
}

/** Without `sudo`, and without the words of the shell that may stand before a command. */
export function withoutPrefix(words: readonly Word[]): readonly Word[] {
  let from = 0;
  while (
    from < words.length &&
    (/^(?:sudo|exec|command|nohup|time|!|[A-Za-z_]\w*=.*)$/.test(words[from]?.text ?? "") ||
      keywords.test(words[from]?.text ?? ""))
  )
    from++;
  return words.slice(from);
}
