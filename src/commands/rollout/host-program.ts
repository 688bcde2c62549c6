/**
 * What runs on a host for one run of a script. Bash reads it from standard input, so that nothing of it stands in a command line, and a
 * login shell of any kind only has to start `bash -s`; behind it come the bytes of the script.
 *
 * It copies the script to a directory of its own (0700, by `mktemp`), compares its sum, says `ready`, and waits for `go`: by then the other
 * side has it in writing that a run is begun. The run has a session of its own and writes to files, so that it outlives the connection;
 * what it says is sent as it comes. The directory goes when the other side says that it has all of it, and stays otherwise, to be asked.
 *
 * Behind the script comes the host's file of secrets, where there is one for this run; it lies beside the script and goes with it.
 *
 * Before it stand `mark` (what its own lines begin with), `folder` (of a run that was begun before; empty: a new one), `script`, `size`,
 * `sum`, `secrets` (the name of that file; empty: none), `secrets_size`, and the words of the run as the positional parameters.
 */
export const hostProgram = String.raw`{
umask 077
say() { printf '%s %s\n' "$mark" "$*"; }
ended() { [[ -e $folder/code ]] || ! [[ /proc/$(<"$folder/process")/cwd -ef $folder ]]; }
if [[ $folder ]]; then
  # What was told to begin a moment ago may be about to.
  for _ in {1..50}; do [[ -d $folder && ! -e $folder/process ]] || break; sleep 0.1; done
  [[ -d $folder && -O $folder && ! -L $folder ]] || { say gone; exit 0; }
  # One that has not begun by now is not to begin later.
  [[ -e $folder/process ]] || { rm -rf -- "$folder"; say gone; exit 0; }
else
  folder=$(mktemp -d -t lvsgen-rollout.XXXXXXXXXX) || { say refused folder; exit 0; }
  head -c "$size" >"$folder/$script"
  read -r have _ < <(sha256sum <"$folder/$script")
  if [[ $have != "$sum" ]]; then
    rm -rf -- "$folder"
    say refused sum
    exit 0
  fi
  [[ ! $secrets ]] || head -c "$secrets_size" >"$folder/$secrets"
  say ready "$folder"
  IFS= read -r answer && [[ $answer == go ]] || { rm -rf -- "$folder"; exit 0; }
  # shellcheck disable=SC2016 # that is for the other bash
  setsid bash -c 'cd -- "$1" || exit
    { echo "$$" >process.new && mv process.new process; } || exit
    umask 022
    script=$2
    shift 2
    bash "$PWD/$script" "$@" >report 2>errors
    echo "$?" >code.new && mv code.new code' lvsgen-rollout "$folder" "$script" "$@" </dev/null >/dev/null 2>&1 &
  for _ in {1..500}; do [[ ! -e $folder/process ]] || break; sleep 0.02; done
  [[ -e $folder/process ]] || { rm -rf -- "$folder"; say refused begin; exit 0; }
fi
until [[ -e $folder/report ]] || ended; do sleep 0.02; done
say begun
if ended; then
  cat "$folder/report" 2>/dev/null
else
  tail -n +1 -s 0.1 -f --pid="$(<"$folder/process")" "$folder/report" 2>/dev/null
  until ended; do sleep 0.1; done
fi
echo
code=none
[[ ! -e $folder/code ]] || code=$(<"$folder/code")
while IFS= read -r line; do say error "$line"; done < <(tail -n 20 "$folder/errors" 2>/dev/null)
say end "$code" "$(stat -c %s "$folder/report" 2>/dev/null || echo 0)"
IFS= read -r answer && [[ $answer == done ]] && rm -rf -- "$folder"
exit 0
}
`;

/** What is asked of a host. */
export type Request =
  | {
      readonly kind: "run";
      readonly script: string;
      readonly content: Buffer;
      /** SHA-256 of the content. */
      readonly sum: string;
      readonly words: readonly string[];
      /** What of the host's is secret; the script proves it by the sum in it. */
      readonly secrets: { readonly name: string; readonly content: Buffer } | null;
    }
  /** How a run ended, or what it is at, that was begun before. */
  | { readonly kind: "ask"; readonly folder: string };

/** All that bash reads until it waits for an answer. */
export function inputFor(request: Request, mark: string): Buffer {
  const set = (name: string, value: string): string => `${name}=${quoted(value)}`;
  const isRun = request.kind === "run";
  const secrets = isRun ? request.secrets : null;
  const head = [
    set("mark", mark),
    set("folder", isRun ? "" : request.folder),
    set("script", isRun ? request.script : ""),
    set("size", isRun ? String(request.content.length) : "0"),
    set("sum", isRun ? request.sum : ""),
    set("secrets", secrets?.name ?? ""),
    set("secrets_size", String(secrets?.content.length ?? 0)),
    ["set --", ...(isRun ? request.words.map(quoted) : [])].join(" "),
  ];
  const program = Buffer.from(`${head.join("\n")}\n${hostProgram}`);
  return Buffer.concat([program, ...(isRun ? [request.content] : []), ...(secrets === null ? [] : [secrets.content])]);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
