/** Whether a case is refused where it should be, or gives its text back in its field and changes nothing else. */
import type { Bundle } from "../../src/bundle.ts";
import { analyse, compile } from "../../src/compile.ts";
import { artifactPath } from "../../src/render/artifacts.ts";
import type { ReadSource } from "../../src/sources/index.ts";
import type { Variant } from "./descriptions.ts";
import { replaced, textAt } from "./fields.ts";
import { differences, type Model, modelOf, type Places, sorted, substitution } from "./model.ts";
import { evaluate } from "./shell.ts";
import { placed } from "./texts.ts";

export interface Case {
  readonly number: number;
  readonly field: string;
  readonly trick: string;
  readonly text: string;
  readonly place: number;
  readonly variant: Variant;
}

export interface Fault {
  readonly kind: string;
  readonly message: string;
}

/** A text that its consumer reads again, and what it has to find there. */
export interface Reading {
  readonly path: string;
  readonly text: string;
}

export interface Outcome {
  readonly refused: number;
  readonly kept: number;
  readonly byFormat: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
  readonly artifacts: readonly Reading[];
}

interface Built {
  readonly model: Model;
  readonly places: Places;
}

/** Where the artifacts of a bundle stand on their hosts: their names say it, but for those that were too long. */
async function placesOf(bundle: Bundle, text: string): Promise<Places> {
  const artifacts = bundle.files.map(({ path }) => path).filter((path) => /^(?:files|parts)\//.test(path));
  if (artifacts.some((path) => path.includes("~"))) return placesByPlan(text);
  return new Map(
    artifacts.map((path) => {
      const [tree, host = "", ...rest] = path.split("/").map((name) => decodeURIComponent(name));
      return [path, { host, path: `/${rest.join("/")}`, part: tree === "parts" ? "block" : undefined }];
    }),
  );
}

/** A source has its own name as its text, so that this is found again in what is built. */
const readSource: ReadSource = (source) => ({ text: "file" in source ? source.file : source.env });

async function placesByPlan(text: string): Promise<Places> {
  const { plan } = await analyse(text, { readSource });
  return new Map(
    (plan?.scripts ?? []).flatMap(({ hosts }) =>
      hosts.flatMap(({ host, sections }) =>
        sections.flatMap(({ wants }) =>
          wants.flatMap(({ artifact }) =>
            artifact === null
              ? []
              : [
                  [
                    artifactPath(host.name, artifact),
                    { host: host.name, path: artifact.path, part: artifact.part },
                  ] as const,
                ],
          ),
        ),
      ),
    ),
  );
}

async function built(text: string, bundle: Bundle): Promise<Built> {
  const places = await placesOf(bundle, text);
  return { model: modelOf(bundle, places), places };
}

const baselines = new Map<string, Promise<Built>>();

function baselineOf({ name, description }: Variant): Promise<Built> {
  const made =
    baselines.get(name) ??
    compile(JSON.stringify(description), { readSource }).then(({ bundle }) => {
      if (bundle === null) throw new Error(`the description ${name} is not accepted`);
      return built(JSON.stringify(description), bundle);
    });
  baselines.set(name, made);
  return made;
}

/** Numbers, modes and addresses: what is taken of them has nothing but digits, and may be written in another way. */
const numeric = /^[0-9a-f:./-]*$/i;

interface Head {
  readonly case: Case;
  readonly script: string;
  readonly head: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Where a name has no room, or none is needed, more than the name changes: an interface without room for `:0` in 15 characters has no labels, a chain of
 * iptables holds no whole name of more than 16, and the name of a file of exports ends in a sum instead, or has no client in it where that is everyone.
 */
function hasNoRoom(field: string, name: string): boolean {
  if (field === "/nfs/exports/*/clients/*~key") return name === "*" || Buffer.byteLength(name) > 200;
  return (/interface/i.test(field) && name.length > 13) || (field === "/name" && name.length > 16);
}

/** The name of a kernel setting stands with dots in one place and with slashes in another: a text in it cannot be followed. */
function isSaidTwice(field: string): boolean {
  return field.endsWith("/sysctls/*~key");
}

/** JavaScript has keys that are numbers before all others: a host of such a name comes first, where hosts are listed. */
function comesFirst(field: string, name: string): boolean {
  return /^\/(?:hosts|directors|clients|nfs\/server|services\/.*host)/.test(field) && /^(?:0|[1-9][0-9]*)$/.test(name);
}

export async function judge(chosen: readonly Case[]): Promise<Outcome> {
  const faults: Fault[] = [];
  const byFormat: Record<string, number> = {};
  const readings = new Map<string, Reading>();
  const heads = new Map<string, Head>();
  let refused = 0;
  let kept = 0;
  for (const one of chosen) {
    const { field, variant } = one;
    const from = textAt(variant.description, field) ?? "";
    const to = placed(from, one.text)[one.place] ?? one.text;
    const fault = (message: string): void =>
      void faults.push({ kind: field, message: `${one.trick} as ${shown(to)} (${variant.name}): ${message}` });
    const { text, pointers } = replaced(variant.description, from, to);
    let diagnostics: readonly { readonly severity: string; readonly pointer: string; readonly code: string }[];
    let made: Built | null = null;
    try {
      const compiled = await compile(text, { readSource });
      diagnostics = compiled.diagnostics;
      if (compiled.bundle !== null) made = await built(text, compiled.bundle);
    } catch (error) {
      fault(String(error));
      continue;
    }
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      refused += 1;
      const at = errors.some(({ pointer }) => pointers.some((own) => pointer === own || isBeside(pointer, own)));
      if (!at) fault(`refused elsewhere: ${errors.map(({ code, pointer }) => `${code} ${pointer}`).join(", ")}`);
      continue;
    }
    kept += 1;
    const { model: before, places } = await baselineOf(variant);
    if (made === null) fault("neither refused nor built");
    else if (
      !(numeric.test(from) && numeric.test(to)) &&
      !hasNoRoom(field, to) &&
      !comesFirst(field, to) &&
      !isSaidTwice(field)
    ) {
      const substitute = substitution(from, to);
      for (const difference of differences(made.model, before, places, substitute)) fault(difference);
      for (const { path, text: content } of made.model.artifacts) {
        const format = formatOf(path);
        byFormat[format] = (byFormat[format] ?? 0) + 1;
        if (format !== "files of the description") readings.set(`${path}\n${content}`, { path, text: content });
      }
      for (const [script, head] of made.model.heads) heads.set(head, { case: one, script, head, from, to });
    }
  }
  await shellFaults([...heads.values()], faults);
  byFormat["scripts, by bash"] = heads.size;
  return { refused, kept, byFormat, faults, artifacts: [...readings.values()] };
}

/** A finding at the object that holds the text, or at a text that goes with it, says it as well; of directors one at the list of them. */
function isBeside(pointer: string, own: string): boolean {
  const isOfDirectors = pointer.startsWith("/directors/") && /^\/hosts\/[^/]*\/address6?$/.test(own);
  return (
    isOfDirectors ||
    pointer === own.slice(0, own.lastIndexOf("/")) ||
    own.slice(0, own.lastIndexOf("/")) === pointer.slice(0, pointer.lastIndexOf("/"))
  );
}

async function shellFaults(heads: readonly Head[], faults: Fault[]): Promise<void> {
  const hostsOf = (description: unknown): string[] => Object.keys((description as { hosts: object }).hosts);
  const before = new Map<string, readonly (readonly string[])[]>();
  const add = (head: Head, message: string): void =>
    void faults.push({
      kind: head.case.field,
      message: `${head.case.trick} as ${shown(head.to)} (${head.case.variant.name}), ${head.script}: ${message}`,
    });
  const plain = await Promise.all(
    [...new Set(heads.map((head) => head.case.variant))].map(async (variant) => ({
      variant,
      built: await baselineOf(variant),
    })),
  );
  for (const { variant, built } of plain) {
    const scripts = [...built.model.heads];
    const hosts = hostsOf(variant.description).join(" ");
    const results = evaluate(
      scripts.map(([, head]) => ({ head, hosts })),
      (_, message) => faults.push({ kind: "scripts", message }),
    );
    for (const [index, [script]] of scripts.entries())
      before.set(`${variant.name} ${script}`, results[index]?.statements ?? []);
  }
  const results = evaluate(
    heads.map(({ head, case: { variant }, from, to }) => ({
      head,
      hosts: hostsOf(variant.description).map(substitution(from, to)).join(" "),
    })),
    (index, message) => heads[index] && add(heads[index], message),
  );
  for (const [index, head] of heads.entries()) {
    const substitute = substitution(head.from, head.to);
    const wanted = sorted(
      (before.get(`${head.case.variant.name} ${head.script}`) ?? []).map((words) => words.map(substitute)),
    );
    const said = sorted(results[index]?.statements ?? []);
    if (JSON.stringify([...new Set(wanted)]) === JSON.stringify([...new Set(said)])) continue;
    const other = said.find((one) => !wanted.includes(one)) ?? wanted.find((one) => !said.includes(one));
    add(head, other?.slice(0, 300) ?? "other statements");
  }
}

export function formatOf(path: string): string {
  if (path === "/etc/fstab") return "fstab";
  if (path.startsWith("/etc/exports.d/")) return "exports";
  if (path.startsWith("/etc/systemd/network/")) return "networkd";
  if (path.startsWith("/etc/systemd/")) return "systemd";
  const folder = /^\/etc\/(sysctl|netplan|network|modules-load|sysconfig|lvsgen|NetworkManager)/.exec(path)?.[1];
  return folder ?? (path.startsWith("/etc/") ? "other files of /etc" : "files of the description");
}

export function tally(outcomes: readonly Outcome[]): Outcome {
  const byFormat: Record<string, number> = {};
  for (const outcome of outcomes)
    for (const [format, count] of Object.entries(outcome.byFormat)) byFormat[format] = (byFormat[format] ?? 0) + count;
  return {
    refused: outcomes.reduce((sum, { refused }) => sum + refused, 0),
    kept: outcomes.reduce((sum, { kept }) => sum + kept, 0),
    byFormat,
    faults: outcomes.flatMap(({ faults }) => faults),
    artifacts: outcomes.flatMap(({ artifacts }) => artifacts),
  };
}

function shown(text: string): string {
  const json = JSON.stringify(text);
  return json.length > 120 ? `${json.slice(0, 100)}… (${text.length} characters)` : json;
}
