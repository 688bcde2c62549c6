import type { Since } from "../../diff/since/record.ts";
import type { Pictures } from "../../graph/index.ts";
import type { Language } from "../../language/index.ts";
import type { Cluster } from "../../model.ts";
import type { Script } from "../../plan/script.ts";
import type { Scripts } from "../scripts.ts";
import { renderDocument } from "../templates.ts";
import { asksFirst, questionViews } from "./asked.ts";
import { changeView, needingPackages } from "./change-view.ts";
import { drainViews } from "./drained.ts";
import { hostBook, mainAddress, names, secretsView } from "./hosts.ts";
import { mattersOf } from "./matters.ts";
import { exchangeOf } from "./method.ts";
import { inOrder, stepsOfFirst } from "./order.ts";
import { largeRequests, pagesOf } from "./pages.ts";
import { stepViews } from "./steps.ts";
import { entriesOf, isOf, serversOf, toldChanges } from "./told.ts";

/**
 * What to run where, in which order: for the change from the former bundle, and for a first installation.
 *
 * @param since what leads from the former bundle to this one; null where nothing is known of one
 */
export function runbook(
  { cluster, plan, files, runtimes }: Scripts,
  pictures: Pictures,
  since: Since | null,
  language: Language,
): string {
  const render = (name: string, view: Readonly<Record<string, unknown>>): string =>
    renderDocument(`runbook/${name}.md`, view, language);
  const { overview } = pictures;
  const change = since === null || "unreadable" in since ? null : since;
  const scripts = inOrder(plan.scripts);
  const secrets = secretsView(cluster.hosts);
  const chapters = [
    ...(since === null ? [] : [changeChapter(cluster, scripts, since)]),
    firstChapter(cluster, scripts, plan.client !== null, since !== null),
  ];
  return [
    render("head", {
      cluster: cluster.name,
      vips: overview.vips,
      services: overview.services,
      moreServices: overview.more > 0 ? [{ count: String(overview.more) }] : [],
      diagram: pictures.mermaid,
      marked: change !== null,
      former: since !== null,
      trusting: cluster.trust !== null,
    }),
    ...(secrets === null ? [] : [render("secrets", secrets)]),
    render("using", {
      former: since !== null,
      needing: change === null ? [] : [{ hosts: needingPackages(toldChanges(change.groups)) }],
    }),
    ...chapters.map((chapter) => chapterText(chapter, render)),
    render("tail", {
      cluster: cluster.name,
      unwatched: cluster.failover === null,
      takeover: takeoverView(cluster),
      back: [...scripts].reverse().map(({ role, hosts }, index) => ({
        number: String(index + 1),
        script: `${role}.sh`,
        hosts: names(hosts.map(({ host }) => host.name).reverse()),
      })),
      scripts: files.filter(({ executable }) => executable).map(({ path, sha256 }) => ({ path, sha256 })),
      runtimes: runtimes.map(({ script, runtime }) => ({ script, sha256: runtime.sha256 })),
    }),
  ].join("");
}

function chapterText(
  { steps, ...chapter }: Chapter,
  render: (name: string, view: Readonly<Record<string, unknown>>) => string,
): string {
  return [
    render("beginning", chapter),
    ...steps.map((step) => render("step", { ...step })),
    render("ending", chapter),
  ].join("");
}

/** Steps with what stands before and after them. */
interface Chapter {
  readonly change: readonly ReturnType<typeof changeView>[];
  readonly incomparable: readonly { readonly file: string; readonly message: string }[];
  readonly first: boolean;
  readonly former: boolean;
  /** What people have to see to before the first step. */
  readonly matters: ReturnType<typeof mattersOf>;
  /** Whether clients wait from one step to the next. */
  readonly waits: boolean;
  /** What is asked on every host before the first step; none where each step asks for itself. */
  readonly questions: ReturnType<typeof questionViews>;
  readonly steps: ReturnType<typeof stepViews>;
  readonly client: ReturnType<typeof clientView>;
}

function changeChapter(cluster: Cluster, scripts: readonly Script[], since: Since): Chapter {
  const rest = { first: false, former: true, client: [] };
  if ("unreadable" in since)
    return {
      ...rest,
      change: [],
      incomparable: [since.unreadable],
      matters: [],
      waits: false,
      questions: [],
      steps: [],
    };
  const book = hostBook(cluster, since.left);
  const told = toldChanges(since.groups);
  const known = {
    groups: since.groups,
    returning: since.returning ?? null,
    isWatched: cluster.failover !== null,
    isUneven: isUneven(cluster, told),
    tester: cluster.clients.slice(0, 1).map(({ name }) => ({ tester: name })),
    large: largeRequests(told, cluster.services),
    exchange: exchangeOf(cluster, told),
    entries: entriesOf(told, cluster.services),
    pages: pagesOf(told, cluster.services),
    director: cluster.directors[0]?.name ?? "",
    drained: drainViews(cluster, told, book),
    roles: {
      servers: new Set(
        cluster.services.flatMap(({ realServers }) =>
          realServers.flatMap(({ host }) => (host === null ? [] : [host.name])),
        ),
      ),
      directors: new Set(cluster.directors.map(({ name }) => name)),
      takesOver: cluster.failover?.vrrp != null && cluster.directors.length > 1,
    },
  };
  return {
    ...rest,
    change: [changeView(cluster, since, told, known.isUneven)],
    incomparable: [],
    matters: mattersOf(told, since.steps, cluster, known.exchange),
    waits: asksFirst(since.steps),
    questions: questionViews(since.steps, book),
    steps: stepViews(since.steps, known, book, scripts),
  };
}

/** Schedulers whose choice does not depend on how many connections each has. */
const regardless: readonly string[] = ["rr", "wrr", "sh", "dh", "mh", "fo"];

/** Whether real servers come that a scheduler fills up first, or that health checks may hold back. */
function isUneven({ services, failover }: Cluster, told: ReturnType<typeof toldChanges>): boolean {
  const coming = services.filter((service) => {
    const own = told.filter(({ subject }) => isOf(subject, service));
    return serversOf(own, "added").length > 0;
  });
  return coming.length > 0 && (failover !== null || coming.some(({ scheduler }) => !regardless.includes(scheduler)));
}

function firstChapter(cluster: Cluster, scripts: readonly Script[], hasClient: boolean, former: boolean): Chapter {
  return {
    change: [],
    incomparable: [],
    first: true,
    former,
    matters: [],
    waits: false,
    questions: [],
    steps: stepViews(stepsOfFirst(scripts), null, hostBook(cluster, []), scripts),
    client: hasClient ? clientView(cluster, scripts.length + 1) : [],
  };
}

function clientView({ clients, services }: Cluster, number: number) {
  return [
    {
      last: String(number),
      clients: clients.map((host) => ({ name: host.name, address: mainAddress(host) })),
      unverified: services
        .filter(({ check }) => check.type === "https" && check.verify === false)
        .map(({ name }) => ({ name })),
    },
  ];
}

/** Who takes over from whom; a list, for with one director nobody does. */
function takeoverView({ directors, failover }: Cluster): readonly { readonly hosts: string }[] {
  return failover?.vrrp ? [{ hosts: directors.map(({ name }) => name).join(", ") }] : [];
}
