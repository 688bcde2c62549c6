import { altered, clusterOf, runScript, scriptText } from "./script.ts";
import { pages } from "./site.ts";

export interface Judged {
  /** Whether all answers are by those who should answer. */
  readonly known: string | undefined;
  /** Whether they are shared out as the scheduler does. */
  readonly shared: string | undefined;
}

/** Has the runtime judge these answers, which nobody was asked for. */
export async function judge(service: Readonly<Record<string, unknown>>, answers: string): Promise<Judged> {
  const web = {
    name: "web",
    vip: "127.0.1.88",
    port: 80,
    realservers: [{ host: "web1" }, { host: "web2" }],
    check: { type: "http" },
    ...service,
  };
  const script = altered(scriptText(clusterOf([web], pages)), given(answers));
  const { points, stderr } = await runScript(script, ["--json"]);
  if (stderr !== "") throw new Error(stderr);
  const [known, shared] = points;
  return { known: known?.result, shared: shared?.result };
}

/** In the place of the requests. */
function given(answers: string): string {
  return `
test_service() {
  local who n
  first_server=\${server_starts[$1]} end_server=$((server_starts[$1] + server_counts[$1]))
  mark_kind=body
  for ((n = 0; n < ${answers.length}; n++)); do
    who=${answers}
    who=\${who:n:1}
    sequence+=("0:$who")
    if [[ $who == '?' ]]; then unknown=$((unknown + 1)); else got[who]=$((\${got[who]:-0} + 1)); fi
  done
  report_distribution "$1"
}
test_arp() { :; }
`;
}
