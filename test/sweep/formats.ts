/**
 * What a file says to its reader, by a strict parser of each format: values with their encoding taken off. What the format does not
 * allow throws. `consumers.ts` proves these parsers against the programs that read the files on a host.
 */
import { parse as parseYaml } from "yaml";
import { readWords } from "../../src/diff/read/words.ts";
import { readMermaid } from "../unit/graph/read-mermaid.ts";
import { readSvg } from "../unit/graph/read-svg.ts";

/** A statement of a file, in words; the order of statements is not compared. */
export type Statement = readonly string[];

/** Only ASCII is written in octal, so that characters are as good as bytes here. */
const octal = (field: string): string =>
  field.replaceAll(/\\([01][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Lines that end in LF alone; whatever another reader might take for an end of line is an error. */
function lines(text: string): string[] {
  if (/(?![\t\n])\p{Cc}|[\u2028\u2029]/u.test(text)) throw new Error("a control character");
  if (text !== "" && !text.endsWith("\n")) throw new Error("no end of the last line");
  return text.split("\n").slice(0, -1);
}

const meant = (text: string): string[] => lines(text).filter((line) => line !== "" && !line.startsWith("#"));

function fstab(text: string): Statement[] {
  return meant(text).map((line) => {
    const fields = line.split(" ");
    if (fields.length !== 6 || fields.includes("") || line.includes("\t")) throw new Error(`no line of fstab: ${line}`);
    return ["mount", ...fields.map(octal)];
  });
}

function exports(text: string): Statement[] {
  return meant(text).flatMap((line) => {
    const [path = "", ...clients] = line.split(" ");
    if (!path.startsWith("/") || /["#]/.test(line) || line.endsWith("\\"))
      throw new Error(`no line of exports: ${line}`);
    return clients.map((one) => {
      const [, client, , options = ""] = /^([^()]+)(\(([^()]*)\))?$/.exec(one)?.map((part) => part ?? "") ?? [];
      if (!client) throw new Error(`no client of exports: ${one}`);
      return ["export", octal(path), client, options];
    });
  });
}

/** `mnt-a\x20b.mount` is /mnt/a b. */
export function pathOfMount(unit: string): string {
  const escaped = unit.replace(/\.mount$/, "").replaceAll("-", "/");
  const bytes = escaped.replaceAll(/\\x([0-9a-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return `/${Buffer.from(bytes, "latin1").toString("utf8")}`;
}

function unit(text: string): Statement[] {
  let section = "";
  const statements: Statement[] = [];
  for (const line of lines(text)) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.endsWith("\\") || /^[ \t]/.test(line)) throw new Error(`a continued line: ${line}`);
    const head = /^\[([A-Z][A-Za-z]*)\]$/.exec(line);
    const [, key, value] = /^([A-Z][A-Za-z0-9]*)=(.*)$/.exec(line) ?? [];
    if (head?.[1] !== undefined) section = head[1];
    else if (key === undefined || value === undefined || section === "") throw new Error(`no line of a unit: ${line}`);
    else if (key === "RequiresMountsFor") {
      if (/[\s%\\"']/.test(value)) throw new Error(`versions of systemd differ about ${value}`);
      statements.push(["waits for", value]);
    } else if (/^(?:Requires|After)$/.test(key) && value.endsWith(".mount")) {
      if (key === "Requires") statements.push(["waits for", pathOfMount(value)]);
    } else {
      if (value.replaceAll("%%", "").includes("%")) throw new Error(`a specifier: ${line}`);
      for (const word of key === "Before" ? [value] : [value.replaceAll("%%", "%")])
        statements.push([section, key, word]);
    }
  }
  return statements;
}

/** A name with a dot has slashes around it, others dots; under which kind of device netplan has it is by its name as well. */
function sysctl(text: string): Statement[] {
  return meant(text).map((line) => {
    const [, key = "", value = ""] = /^([A-Za-z0-9_./-]+) = ([!-~]+(?: [!-~]+)*)$/.exec(line) ?? [];
    if (key === "") throw new Error(`no line of sysctl: ${line}`);
    return ["sysctl", normalKey(key), value];
  });
}

export const normalKey = (key: string): string => (key.includes("/") ? key : key.replaceAll(".", "/"));

function netplan(text: string): Statement[] {
  const { network } = parseYaml(text, { version: "1.1", uniqueKeys: true }) as { network: Record<string, unknown> };
  const { version, ...types } = network;
  if (version !== 2) throw new Error("no netplan of version 2");
  return Object.values(types).flatMap((devices) =>
    Object.entries(devices as object).map(([device, definition]) => [device, JSON.stringify(definition)]),
  );
}

const textual = (text: string): Statement[] => lines(text).map((line) => [line]);

/** The program that a timer starts on a host with monitoring. */
export const isMonitor = (path: string): boolean => /^\/etc\/lvsgen\/[^/]+\/monitor-[a-z]+$/.test(path);

/** A program: what its variables are set to, where that is nothing but words, and its other lines as they are. */
function program(text: string): Statement[] {
  return lines(text).map((line) => {
    const read = /^[a-z]+=/.test(line) ? readWords(line.replace(/ # of each command$/, "")) : null;
    return read?.words.every((word) => /^[a-z]+=/.test(word)) ? ["set", ...read.words] : [line];
  });
}

/** Statements of a file by where it stands on its host; text of the description itself is one. */
export function statementsOf(path: string, text: string): Statement[] {
  if (path === "/etc/fstab") return fstab(text);
  if (path.startsWith("/etc/exports.d/")) return exports(text);
  if (path.startsWith("/etc/systemd/")) return unit(text);
  if (isMonitor(path)) return program(text);
  if (path.startsWith("/etc/sysctl.d/")) return sysctl(text);
  if (path.startsWith("/etc/netplan/")) return netplan(text);
  // Its mark is a sum of all the rest.
  if (path === "/etc/keepalived/keepalived.conf")
    return textual(text.replaceAll(/\blvsgen-[0-9a-f]{8}\b/g, "lvsgen-MARK"));
  // Where a list of patterns is broken depends on how long the names are.
  if (path.startsWith("/etc/NetworkManager/dispatcher.d/")) return textual(text.replaceAll(/ \\\n +\| /g, " | "));
  if (path.startsWith("/etc/")) return textual(text);
  return [[text]];
}

/**
 * RUNBOOK.md: its lines with the backslashes of Markdown taken off, without checksums, its diagram, and the last column of the table of
 * services, in which names are put together (`web[1-2]`).
 */
export function runbookStatements(text: string): Statement[] {
  const [before = "", diagram = "", after = "", ...more] = text.split(/^```(?:mermaid)?\n/m);
  if (more.length > 0) throw new Error("more blocks than that of the diagram");
  readMermaid(diagram);
  const [head = "", ...chapters] = (before + after).split(/^## /m);
  return markdownStatements([head.replaceAll(/ \| (?:[^|\\\n]|\\.)* \|$/gm, ""), ...chapters].join("## "));
}

/** OPERATIONS.md: its lines with the backslashes of Markdown taken off. */
export function markdownStatements(text: string): Statement[] {
  return lines(text).map((line) => [line.replace(/[0-9a-f]{64}/, "SUM").replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")]);
}

/** topology.svg: a picture says in few words what it has no room for, so a text cannot be followed; that none is more than text can. */
export function pictureStatements(text: string): Statement[] {
  readSvg(text);
  return [];
}
