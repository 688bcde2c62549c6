/** Whether answers can work, by the compiler's own rules, while others are still open. */
import { analyse } from "../../compile.ts";
import { isError, type LocatedDiagnostic } from "../../diagnostics/index.ts";
import { plainValue } from "../../draft/draft.ts";
import { type Answers, complete } from "./answers.ts";
import { clusterDraft } from "./describe.ts";
import { freeCidr } from "./networks.ts";

export interface Judgement {
  /** Why the answers so far cannot work, the first reason there is; null: they can. */
  readonly reason: string | null;
  /** What would be built and may still not be meant. */
  readonly warnings: readonly string[];
}

export type Judge = (answers: Partial<Answers>) => Promise<Judgement>;

export const judge: Judge = async (answers) => {
  const { description, invented } = withStandIns(answers);
  const { diagnostics } = await analyse(JSON.stringify(plainValue(clusterDraft(description))));
  const found = diagnostics.filter((one) => !isAbout(one, invented));
  const error = found.find(isError);
  return {
    reason: error === undefined ? null : reasonOf(error),
    warnings: found.filter((one) => !isError(one)).map(reasonOf),
  };
};

/** A finding without its place: what was answered stands in no file yet. */
export function reasonOf({ message, hint }: Pick<LocatedDiagnostic, "message" | "hint">): string {
  return `${message}\n${hint}`;
}

/** What is not answered yet, answered in a way that is right wherever it can be. */
function withStandIns(answers: Partial<Answers>): { readonly description: Answers; readonly invented: string[] } {
  const invented: string[] = [];
  const open = <T>(known: T | undefined, pointers: readonly string[], standIn: () => T): T => {
    if (known !== undefined) return known;
    invented.push(...pointers);
    return standIn();
  };
  const avoid: string[] = [];
  const free = (from: number): string => {
    const cidr = freeCidr(answers, from, avoid);
    avoid.push(cidr.replace(/\/.*$/, ""));
    return cidr;
  };
  const host = (name: string, from: number) => [{ name, cidr: free(from) }];
  const service = "/services/0";
  const description = complete({
    ...answers,
    // The one that has all there is.
    platform: open(answers.platform, ["/defaults/platform"], () => "debian13"),
    interface: open(answers.interface, ["/defaults/interface"], () => "eth0"),
    directors: open(answers.directors, ["/directors", "/hosts/open-director"], () => host("open-director", 10)),
    realServers: open(
      answers.realServers?.length === 0 ? undefined : answers.realServers,
      [`${service}/realservers`, "/hosts/open-server"],
      () => host("open-server", 12),
    ),
    vip: open(answers.vip, [`${service}/vip`], () => free(100).replace(/\/.*$/, "")),
    port: open(answers.port, [`${service}/port`], () => 80),
  });
  if (description === null) throw new Error("an answer has no stand-in");
  return { description, invented };
}

function isAbout({ pointer, related }: LocatedDiagnostic, pointers: readonly string[]): boolean {
  return [pointer, ...related.map((one) => one.pointer)].some((one) =>
    pointers.some((invented) => one === invented || one.startsWith(`${invented}/`)),
  );
}
