/** The parts of a script that stop what it starts: they are not run when it brings the table up. */

/** Tells of one logical line after the other whether it is in such a part. */
export function stopParts(): (line: string) => boolean {
  let isStopping = false;
  return (line) => {
    const label = labelOf(line);
    const name = functionOf(line);
    if (label !== null) isStopping = label;
    else if (name !== null) isStopping = stops(name);
    if (!isStopping) return false;
    if (/;;|^\s*\}|[;\s]\}\s*(?:#.*)?$|^\s*esac\b/.test(line)) isStopping = false;
    return true;
  };
}

/** `stop|force-stop)` of a `case`: whether all that it is for stops; null for every other line. */
function labelOf(line: string): boolean | null {
  const match = /^\s*\(?\s*((?:["']?[\w*?.-]{1,40}["']?\s{0,8}\|\s{0,8}){0,16}["']?[\w*?.-]{1,40}["']?)\s*\)/.exec(
    line,
  );
  if (match === null) return null;
  return (match[1] ?? "")
    .split("|")
    .every((part) => /^(?:force-?)?(?:stop|down|clear|flush|halt|shutdown)$/.test(part.replace(/["'\s]/g, "")));
}

/** The name of a function that begins on this line. */
function functionOf(line: string): string | null {
  const match = /^\s*(?:function\s+([\w:.-]+)|([\w:.-]+)\s*\(\s*\))/.exec(line);
  return match?.[1] ?? match?.[2] ?? null;
}

/** `flush_and_load` brings the table up, whatever it begins with. */
function stops(name: string): boolean {
  return /stop|down|clear|flush/i.test(name) && !/load|start|add|restore|setup|apply|init|run|config/i.test(name);
}
