import type { Content, Resource, Section } from "../plan/resource.ts";
import type { Script } from "../plan/script.ts";
import { fitsHeredoc } from "./quote.ts";
import { type Body, renderTemplate } from "./templates.ts";

/** One `want` or `expect` of a script. */
export interface Line {
  readonly verb: "want" | "expect";
  readonly words: readonly string[];
  readonly body: Body | null;
  /** Why the text is written with escapes, for the comment above it. */
  readonly noFinalNewline: boolean;
  readonly hidden: boolean;
}

/** Hosts that get the same lines of a section; all hosts of the script when `hosts` is empty. */
export interface Arm {
  readonly hosts: readonly string[];
  readonly lines: readonly Line[];
}

export interface SectionView {
  readonly title: string;
  /** Lines of every host, or none when the hosts differ. */
  readonly common: readonly Line[];
  /** Lines by host where they differ. */
  readonly arms: readonly Arm[];
}

/**
 * The sections of a script, in order. Where hosts differ within a section, each group of equal hosts is an arm
 * of a `case`, so that the order of every host's resources stays what the plan says.
 */
export function sectionViews({ hosts }: Script): SectionView[] {
  const titles = orderedTitles(hosts.map(({ sections }) => sections));
  return titles.map((title) => {
    const groups = new Map<string, { hosts: string[]; lines: Line[] }>();
    for (const { host, sections } of hosts) {
      const lines = sections
        .filter((section) => section.title === title)
        .flatMap(({ resources }) => resources.map(lineOf));
      const key = hosts.length === 1 ? "" : JSON.stringify(lines);
      const group = groups.get(key);
      if (group) group.hosts.push(host.name);
      else groups.set(key, { hosts: [host.name], lines });
    }
    const [only] = groups.values();
    if (groups.size === 1 && only) return { title, common: only.lines, arms: [] };
    return { title, common: [], arms: [...groups.values()].filter(({ lines }) => lines.length > 0) };
  });
}

/** Every title once, in an order that agrees with each host's. */
function orderedTitles(lists: readonly (readonly Section[])[]): string[] {
  const titles: string[] = [];
  for (const sections of lists) {
    let at = 0;
    for (const { title } of sections) {
      const known = titles.indexOf(title);
      if (known === -1) titles.splice(at++, 0, title);
      else at = Math.max(at, known + 1);
    }
  }
  return titles;
}

/** Text of a file's content. */
export function contentText(content: Content): string {
  if ("text" in content) return content.text;
  let text = texts.get(content);
  if (text === undefined) {
    text = renderTemplate(content.template, content.view);
    texts.set(content, text);
  }
  return text;
}

/** A file stands in a script and among the artifacts: made once. */
const texts = new WeakMap<Content, string>();

function lineOf(resource: Resource): Line {
  switch (resource.kind) {
    case "package":
    case "module":
      return want(resource.kind, resource.name);
    case "boolean":
      return want("boolean", resource.name, "on");
    case "sysctl":
      return want("sysctl", resource.key, resource.value);
    case "directory":
      return want("directory", resource.path, resource.mode ?? "-", resource.owner ?? "-", resource.group ?? "-");
    case "file": {
      const owner = [resource.mode ?? "-", resource.owner ?? "-", resource.group ?? "-"];
      return withText(want("file", resource.path, ...owner), contentText(resource.content));
    }
    case "block":
      return withText(want("block", resource.path, resource.place), contentText(resource.content));
    case "setting":
      return want("setting", `${resource.path} ${resource.key}`, resource.value);
    case "mode":
      return want("mode", resource.path, resource.mode);
    case "backend":
      return want("backend", resource.name, ...resource.words);
    case "networkd":
      return want("networkd", resource.device);
    case "address":
      return want("address", resource.cidr, resource.device, ...(resource.label === null ? [] : [resource.label]));
    case "route":
      return want("route", resource.destination, ...resource.words);
    case "mount":
      return want("mount", resource.target, resource.type, resource.source, resource.options.join(",") || "defaults");
    case "export":
      return want("export", resource.client, resource.path, resource.options.join(","));
    case "unit":
      return want(
        "unit",
        resource.name,
        side(resource.enabled, "enabled", "disabled"),
        side(resource.active, "active", "inactive"),
      );
    case "table":
      return { ...want("table", resource.path), body: { chunks: resource.rules } };
    case "thresholds":
      return withText(want("thresholds", resource.path), resource.lines);
    case "timeouts":
      return want("timeouts", "ipvs", ...resource.seconds.map(String));
    case "fou":
      return want("fou", String(resource.port), "gue");
    case "netfilter":
      return want("netfilter", resource.loader, ...resource.ids);
    case "firewall":
      return want("firewall", resource.port, "open");
    case "selinux":
      return want("selinux", "mode", resource.mode);
    case "gateway":
      return { ...want("gateway", ...(resource.not ? ["not"] : []), resource.address), verb: "expect" };
    case "listener":
      return { ...want("listener", resource.protocol, String(resource.port)), verb: "expect" };
  }
}

function side(wanted: boolean | null, yes: string, no: string): string {
  return wanted === null ? "-" : wanted ? yes : no;
}

function want(kind: string, ...words: readonly string[]): Line {
  return { verb: "want", words: [kind, ...words], body: null, noFinalNewline: false, hidden: false };
}

function withText(line: Line, text: string): Line {
  const encoded = text !== "" && !fitsHeredoc(text);
  const noFinalNewline = encoded && fitsHeredoc(`${text}\n`);
  return { ...line, body: { text }, noFinalNewline, hidden: encoded && !noFinalNewline };
}
