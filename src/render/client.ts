import type { Language } from "../language/index.ts";
import type { Cluster, HealthCheck } from "../model.ts";
import type { Answer } from "../plan/client/answers.ts";
import type { Expectation } from "../plan/client/expectation.ts";
import type { ClientScript, ServiceTest, TestedServer } from "../plan/client/index.ts";
import { fitsHeredoc } from "./quote.ts";
import { runtimeOf } from "./runtime.ts";
import { withPreamble } from "./script.ts";
import { renderChunks } from "./templates.ts";

/** `client-test.sh`: the check of its own integrity, what it asks and expects, the runtime. */
export function clientChunks(cluster: Cluster, script: ClientScript, language: Language): string[] {
  const authorities = [...new Set(script.services.flatMap(({ service }) => service.check.ca ?? []))];
  const runtime = runtimeOf("client", language);
  const body = renderChunks("client-test.sh", {
    cluster: cluster.name,
    hosts: script.hosts.map(({ name, address, address6 }) => ({
      words: [name, ...[address, address6].flatMap((cidr) => (cidr === null ? [] : [cidr.address.text]))],
    })),
    directors: script.directors.map(({ name, addresses }) => ({ words: [name, ...addresses] })),
    authorities: authorities.map((text, index) => ({ words: [index + 1], body: { text } })),
    services: script.services.map((test) => serviceView(test, authorities)),
    inChinese: language.name === "zh",
    library: runtime.chunks,
  });
  return withPreamble(body, runtime.sha256);
}

function serviceView(test: ServiceTest, authorities: readonly string[]): Readonly<Record<string, unknown>> {
  const { service, realServers } = test;
  const { check } = service;
  const asksPage = test.targets.some(({ probe }) => probe === "http" || probe === "https");
  const asksTls = test.targets.some(({ probe }) => probe === "https");
  return {
    service: [service.name, service.mode, service.scheduler],
    requests: [test.requests, check.timeout],
    expect: expectWords(test.expectation),
    targets: test.targets.map(({ probe, vip, protocol, port, reason }) => ({
      words: [probe, vip, protocol, port, reason],
    })),
    page: asksPage ? [check.path, check.status ?? "-", check.body ?? ""] : [],
    hostName: asksPage && check.name !== null ? [check.name] : [],
    trust: asksTls ? [trustWord(check, authorities)] : [],
    realServers: typeof realServers === "string" ? [] : realServers.map(serverView),
    sameAs: typeof realServers === "string" ? realServers : "",
    answers: [...test.answers].map(([label, answer]) => answerView(label, answer)),
  };
}

/** Whose certificates are taken; an authority goes by its number in the script, from 1. */
function trustWord({ ca, verify }: HealthCheck, authorities: readonly string[]): string | number {
  if (verify === false) return "none";
  return ca === null ? "system" : authorities.indexOf(ca) + 1;
}

function expectWords(expected: Expectation): readonly (string | number)[] {
  switch (expected.kind) {
    case "rounds":
      return ["rounds", sharedBy(expected.even), expected.round];
    case "shares":
      return ["shares", sharedBy(expected.even), expected.hold ? "hold" : "-"];
    case "any":
      return ["any", expected.reason];
    case "one":
      return ["one", expected.persistent ? "persistence" : "-"];
    case "few":
    case "highest":
    case "overflow":
      return [expected.kind];
  }
}

function sharedBy(even: boolean): string {
  return even ? "even" : "weights";
}

function serverView({ label, address, port, weight }: TestedServer): { readonly words: readonly (string | number)[] } {
  return { words: [label, address, port ?? "-", weight] };
}

function answerView(label: string, answer: Answer): Readonly<Record<string, unknown>> {
  if ("sha256" in answer) {
    return { words: [label, "sha256", answer.sha256], body: null, noFinalNewline: false, hidden: false };
  }
  const escaped = !fitsHeredoc(answer.text);
  const noFinalNewline = escaped && fitsHeredoc(`${answer.text}\n`);
  return { words: [label], body: answer, noFinalNewline, hidden: escaped && !noFinalNewline };
}
