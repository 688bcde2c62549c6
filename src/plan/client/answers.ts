import { createHash } from "node:crypto";
import type { Host, Service } from "../../model.ts";

/** What a real server answers to the check's path, by the description: the page itself, or the SHA-256 of a long one. */
export type Answer = { readonly text: string } | { readonly sha256: string };

/** Characters of a page that a reviewer wants to meet in a script. */
const longestShown = 2000;

/**
 * The answers that tell a service's real servers apart, by label: a managed file that stands where the web server
 * looks for the check's path. Answers that several real servers share tell nothing and are left out.
 */
export function describedAnswers({ check, realServers }: Service, labels: readonly string[]): Map<string, Answer> {
  if (realServers.every(({ host }) => host === null)) return new Map();
  const pages = realServers.map(({ host }) => (host === null ? null : servedPage(host, check.path)));
  const owners = new Map<string, number>();
  for (const page of pages) if (page !== null) owners.set(page, (owners.get(page) ?? 0) + 1);
  const answers = new Map<string, Answer>();
  pages.forEach((page, index) => {
    if (page !== null && owners.get(page) === 1) answers.set(labels[index] ?? "", answer(page));
  });
  return answers;
}

function answer(text: string): Answer {
  return text.length <= longestShown ? { text } : summed({ text });
}

/** The same without the page itself. */
export function summed(described: Answer): Answer {
  if ("sha256" in described) return described;
  return { sha256: createHash("sha256").update(described.text, "utf8").digest("hex") };
}

/** Content of the host's file behind this path, or null where there is none or more than one. */
function servedPage(host: Host, path: string): string | null {
  const page = pageOf(path);
  if (page === null) return null;
  const candidates = host.files
    .filter((file) => file.path.endsWith(page) && file.content !== "")
    .map(({ path: whole, content }) => ({ content, rank: documentRootRank(host, whole.slice(0, -page.length)) }))
    .filter(({ rank }) => rank > 0);
  const best = Math.max(...candidates.map(({ rank }) => rank));
  const [found, ...others] = candidates.filter(({ rank }) => rank === best);
  return found !== undefined && others.length === 0 ? found.content : null;
}

/** `/index.html` of `/`: the path below the document root, or null where it cannot be said. */
function pageOf(path: string): string | null {
  const plain = path.replace(/[?#].*$/, "");
  if (/%(?![0-9A-Fa-f]{2})/.test(plain) || /\/\.{1,2}(\/|$)/.test(plain)) return null;
  try {
    return decodeURIComponent(plain.endsWith("/") ? `${plain}index.html` : plain);
  } catch {
    return null;
  }
}

/** Where the packages of the supported platforms, and nginx and Apache of their own, look for pages. */
const usualRoots = [
  "/var/www/html",
  "/var/www",
  "/usr/share/nginx/html",
  "/srv/www",
  "/srv/www/htdocs",
  "/usr/local/apache2/htdocs",
];
const rootName = /\/(?:html|htdocs|www|wwwroot|webroot|public|public_html)$/;

/** How much a directory looks like a document root; 0: not at all. */
function documentRootRank(host: Host, directory: string): number {
  if (usualRoots.includes(directory)) return 3;
  if (host.mounts.some(({ target }) => target === directory)) return 2;
  return rootName.test(directory) ? 1 : 0;
}
