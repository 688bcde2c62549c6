import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { describe, expect, test } from "vitest";
import { english } from "../../../src/language/index.ts";
import { encoders, spokenEncoders } from "../../../src/render/encode/index.ts";
import { formatHelpers, knownHelpers, shellHelpers } from "../../../tools/generate/template-helpers.mjs";

const root = join(import.meta.dirname, "../../../templates");
const shell: readonly string[] = shellHelpers;
const { systemd, fstab, exports, yaml, netfilter, interfaces, kernel, keepalived, markdown, spoken } = formatHelpers;

/** Markdown in another language than English. */
const translated = [markdown ?? [], spoken ?? []].flat();

/** Which format each template writes, and so the helpers by which a value may enter it; a new template joins this table. */
const formats: Readonly<Record<string, readonly string[] | undefined>> = {
  "script.sh.hbs": shell,
  "client-test.sh.hbs": shell,
  "doctor.sh.hbs": shell,
  "fetch-packages.sh.hbs": shell,
  "preamble.sh.hbs": shell,
  "OPERATIONS.md.hbs": markdown,
  "runbook/beginning.md.hbs": markdown,
  "runbook/ending.md.hbs": markdown,
  "runbook/head.md.hbs": markdown,
  "runbook/host.md.hbs": markdown,
  "runbook/host-end.md.hbs": markdown,
  "runbook/host-steps.md.hbs": markdown,
  "runbook/secrets.md.hbs": markdown,
  "runbook/step.md.hbs": markdown,
  "runbook/tail.md.hbs": markdown,
  "runbook/using.md.hbs": markdown,
  "zh/OPERATIONS.md.hbs": translated,
  "zh/runbook/beginning.md.hbs": translated,
  "zh/runbook/ending.md.hbs": translated,
  "zh/runbook/head.md.hbs": translated,
  "zh/runbook/host.md.hbs": translated,
  "zh/runbook/host-end.md.hbs": translated,
  "zh/runbook/host-steps.md.hbs": translated,
  "zh/runbook/secrets.md.hbs": translated,
  "zh/runbook/step.md.hbs": translated,
  "zh/runbook/tail.md.hbs": translated,
  "zh/runbook/using.md.hbs": translated,
  "files/announce.hbs": shell,
  "files/again-unit.hbs": systemd,
  "files/boot-unit.hbs": systemd,
  "files/dispatcher.hbs": shell,
  "files/exports.hbs": exports,
  "files/fstab.hbs": fstab,
  // Sourced by ifup and the network scripts.
  "files/ifcfg.hbs": shell,
  "files/ftp-module.hbs": kernel,
  "files/interfaces.hbs": interfaces,
  "files/ipvsadm-unit.hbs": systemd,
  "files/keep-services.hbs": shell,
  "files/await-addresses.hbs": shell,
  "files/drop-addresses.hbs": shell,
  "files/keepalived.hbs": keepalived,
  "files/keepalived-unit.hbs": systemd,
  "files/load-rules.hbs": shell,
  "files/lvsgen-run.hbs": shell,
  "files/load-table.hbs": shell,
  "files/marks-iptables.hbs": netfilter,
  "files/marks-nft.hbs": netfilter,
  "files/mss-iptables.hbs": netfilter,
  "files/mss-nft.hbs": netfilter,
  "files/modules-load.hbs": kernel,
  "files/monitor.hbs": shell,
  "files/monitor-service.hbs": systemd,
  "files/monitor-timer.hbs": systemd,
  "files/mount-unit.hbs": systemd,
  "files/netplan.hbs": yaml,
  "files/networkd.hbs": systemd,
  "files/rc.local.hbs": shell,
  "files/service-unit.hbs": systemd,
  "files/source-nat-iptables.hbs": netfilter,
  "files/source-nat-nft.hbs": netfilter,
  "files/sysctl.hbs": kernel,
  "files/untracked-iptables.hbs": netfilter,
  "files/untracked-nft.hbs": netfilter,
};

const templates = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".hbs"));

describe.each(templates)("%s", (name) => {
  test("puts every value in by the rules of its format", () => {
    const used = mustaches(Handlebars.parse(readFileSync(join(root, name), "utf8")));
    expect(
      used
        .filter(({ helper, parameters }) => parameters === 0 || !formats[name]?.includes(helper))
        .map(({ source }) => source),
    ).toEqual([]);
    expect(Object.keys(formats)).toContain(name);
  });
});

test("every encoder is a helper that the templates may use, and belongs to one format", () => {
  const all = Object.keys({ ...encoders, ...spokenEncoders(english) });
  expect(all.sort()).toEqual(Object.values(formatHelpers).flat().sort());
  expect(Object.keys(knownHelpers).sort()).toEqual([...shell, ...all].sort());
});

/** Ends that a reader knows by what is missing, and writers that do not fail. */
const quiet =
  /(?:\|\| :(?:; fi)?|&& printf '\S*complete\\n'(?: 2>\/dev\/null)?)\)|< <\((?:printf |query_packages |if \[\[ )/;

test("a process that is read from and fails is no internal error: bash runs the trap of ERR in it too", () => {
  const runtime = readdirSync(join(root, "runtime"), { recursive: true, encoding: "utf8" }).filter(
    // fetch-packages.sh has no such trap.
    (name) => name.endsWith(".sh") && !name.startsWith("programs/fetch/"),
  );
  const reads = runtime.flatMap((name) =>
    readFileSync(join(root, "runtime", name), "utf8")
      .split("\n")
      .filter((line) => line.includes("< <("))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(reads.length).toBeGreaterThan(20);
  expect(reads.filter((line) => !quiet.test(line))).toEqual([]);
});

interface Mustache {
  readonly helper: string;
  readonly parameters: number;
  readonly source: string;
}

/** Every `{{…}}` of a template that puts text in, in blocks too; a partial would be one without a helper. */
function mustaches(node: hbs.AST.Node): Mustache[] {
  switch (node.type) {
    case "Program":
      return (node as hbs.AST.Program).body.flatMap(mustaches);
    case "BlockStatement": {
      const { program, inverse } = node as hbs.AST.BlockStatement;
      return [program, inverse].flatMap((part) => (part ? mustaches(part) : []));
    }
    case "ContentStatement":
    case "CommentStatement":
      return [];
    default: {
      const { path, params } = node as hbs.AST.MustacheStatement;
      const helper = path && "original" in path ? String(path.original) : node.type;
      return [{ helper, parameters: params?.length ?? 0, source: `line ${node.loc.start.line}: ${helper}` }];
    }
  }
}
