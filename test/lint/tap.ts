/** Prints one TAP test a file, its complaints as diagnostics, and sets the exit code; nothing to check is a failure. */
export function printTap(results: ReadonlyMap<string, readonly string[]>): void {
  let number = 0;
  process.stdout.write(`1..${results.size}\n`);
  for (const [name, complaints] of results) {
    number += 1;
    process.stdout.write(`${complaints.length > 0 ? "not ok" : "ok"} ${number} - ${name}\n`);
    for (const complaint of complaints) process.stdout.write(`# ${complaint}\n`);
  }
  const clean = [...results.values()].every((complaints) => complaints.length === 0);
  process.exitCode = clean && results.size > 0 ? 0 : 1;
}
