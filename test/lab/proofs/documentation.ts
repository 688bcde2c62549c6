/** What the pages of `docs/` have one type on hosts is typed, and prints what they show. */
import { join } from "node:path";
import { needsLab, type Page } from "../../docs/page.ts";
import { pagesOf } from "../../docs/pages.ts";
import { play, type Ran } from "../../docs/play.ts";
import { Workstation } from "../../docs/workstation.ts";
import type { Bench, Proof } from "../bench.ts";
import { Lab, thisProcess } from "../lab.ts";
import { sources } from "../places.ts";
import { takenDown } from "../session.ts";

const checkout = join(sources, "../..");
const tutorial = "tutorial.md";

/** The tutorial makes its own cluster, and takes it down. */
export const tutorialProof = (): Proof => ({
  ...pagesProof("tutorial", "the tutorial: each command does what the page shows", (name) => name === tutorial, null),
  long: true,
});

/** How-tos leave the cluster as they have found it, one for the other. */
export const howTosProof = (): Proof =>
  pagesProof(
    "how-tos",
    "how-tos: each command does what its page shows",
    (name) => name !== tutorial,
    "npm run lab -- up examples/kgc-debian12.json --apply",
  );

function pagesProof(name: string, title: string, isMeant: (page: string) => boolean, first: string | null): Proof {
  return {
    name,
    title,
    async run(bench) {
      // The pages' own lab, beside the one that every proof has: `up` begins with none.
      const lab = `${bench.lab.name}-pages`;
      const workstation = new Workstation(checkout, lab);
      try {
        await takenDown(lab, false, async () => {
          const pages = [...pagesOf(checkout)].filter(([page, read]) => isMeant(page) && needsLab(read));
          bench.book.check("there are pages", pages.length > 0);
          const told = first === null ? null : await onWorkstation(workstation, lab, first);
          if (told !== null && !bench.book.check(String(first), told.code === 0, told.printed)) return;
          for (const [page, read] of pages) await playPage(bench, lab, workstation, page, read);
        });
      } finally {
        workstation.remove();
      }
    },
  };
}

async function playPage(bench: Bench, lab: string, workstation: Workstation, name: string, page: Page): Promise<void> {
  const start = performance.now();
  const stage = {
    run: (host: string | null, command: string) =>
      host === null ? onWorkstation(workstation, lab, command) : onHost(lab, host, command),
    write: (file: string, text: string) => workstation.write(file, text),
  };
  for await (const { name: typed, fault } of play(page, stage)) {
    bench.book.check(`${name}: ${typed}`, fault === "", fault);
  }
  bench.book.figure(name, (performance.now() - start) / 1000, "s to play");
}

/** A lab that is up from here on goes with this run; its name, which no reader has, is taken out of what was printed. */
async function onWorkstation(workstation: Workstation, lab: string, command: string): Promise<Ran> {
  const { code, printed } = await workstation.run(shellAtOnceLeft(command));
  (await Lab.open(lab))?.own(thisProcess());
  return { code, printed: printed.replaceAll(`--name ${lab} `, "") };
}

/** A shell on a host needs a terminal, and someone who leaves it; it has opened where its prompt is seen. */
function shellAtOnceLeft(command: string): string {
  const host = /^npm run lab -- shell ([a-z0-9-]+)$/.exec(command)?.[1];
  if (host === undefined) return command;
  return `{ sleep 10; printf 'exit\\n'; sleep 5; } | script -qec '${command}' /dev/null | grep 'root@${host}:' >/dev/null`;
}

async function onHost(lab: string, host: string, command: string): Promise<Ran> {
  const opened = await Lab.open(lab);
  if (opened === null) throw new Error(`no lab for ${host}# ${command}`);
  const remember = "/run/documentation-folder";
  const script = `exec 2>&1; cd "$(cat ${remember} 2>/dev/null || echo /root)" && { ${command}\n}; code=$?; pwd >${remember}; exit "$code"`;
  const { code, out } = await opened.host(host).run(script, { timeout: 600 });
  return { code, printed: out };
}
