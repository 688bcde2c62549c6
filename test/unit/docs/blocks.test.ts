/**
 * Blocks of the pages that are not played as the tutorial and the how-tos are: each is run here, or is run by the test that is named with it.
 * A new one is a fault until it is one of the two.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import {
  areKnown,
  base,
  blocks,
  builds,
  checkout,
  commandsIn,
  fragment,
  imports,
  module,
  onWorkstation,
  type Proof,
  repository,
  service,
  succeeds,
  textOf,
} from "./deeds.ts";
import { perHostProofs } from "./per-host.ts";
import { readmeProofs } from "./readme.ts";
import { secretsProofs } from "./secrets.ts";
import { bundleProof, signatureProofs, signingProof } from "./signature.ts";

/** By page, and by how each block begins. */
const proofs: Readonly<Record<string, Readonly<Record<string, Proof>>>> = {
  ...readmeProofs,
  "docs/choosing.md": {
    "[": () =>
      builds({
        ...base,
        hosts: {
          lvs1: { address: "192.0.2.1/24" },
          web1: { address: "192.0.2.11/24" },
          web2: { address: "192.0.2.12/24" },
        },
        services: parseJsonc(textOf("docs/choosing.md", "[")),
      }),
  },
  "docs/diff.md": {
    "lvsgen diff ": () =>
      onWorkstation(async (here) => {
        await repository(here);
        const described = textOf("README.md", "{");
        here.write("old.json", described);
        here.write("new.yaml", described.replace('"rr"', '"wlc"').replaceAll(/^\s*\/\/.*$/gm, ""));
        for (const command of commandsIn(textOf("docs/diff.md", "lvsgen diff ")))
          expect(await succeeds(here, command, [0, 2])).toMatch(/kgc.* (?:->|→) /);
      }),
    "lvsgen diff --json": () =>
      onWorkstation(async (here) => {
        await repository(here);
        const [differ, judge] = commandsIn(textOf("docs/diff.md", "lvsgen diff --json"));
        await succeeds(here, differ ?? "");
        // A real server goes.
        expect(await succeeds(here, judge ?? "", [1])).toBe("false\n");
        here.write("cluster.json", textOf("README.md", "{").replace('"rr"', '"wlc"').replace('"httpd"]', '"httpd"]'));
        await succeeds(here, differ ?? "");
      }),
    "# .gitlab-ci.yml": () =>
      onWorkstation(async (here) => {
        await repository(here);
        const [, line = ""] = /^ +- (lvsgen diff .*)$/m.exec(textOf("docs/diff.md", "# .gitlab-ci.yml")) ?? [];
        await succeeds(here, `CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main; ${line}`);
        expect(await succeeds(here, "cat diff.md")).toMatch(/^## `kgc`: `origin\/main:cluster.json` → /);
      }),
    "{": { by: "test/unit/docs/shapes.test.ts", says: '"docs/diff.md"' },
  },
  "docs/runbook.md": {
    "lvsgen build --check --since": () =>
      onWorkstation(async (here) => {
        await repository(here);
        const [command = ""] = commandsIn(textOf("docs/runbook.md", "lvsgen build --check --since"));
        await succeeds(here, command, [1]);
        await succeeds(here, "git checkout -q HEAD -- cluster.json && lvsgen build --since origin/main");
        await succeeds(here, command);
      }),
  },
  "docs/per-host.md": perHostProofs,
  "docs/secrets.md": secretsProofs,
  "docs/pools.md": {
    '"pools"': () => {
      const { pools, services } = fragment("docs/pools.md", '"pools"');
      return builds({ ...base, pools, services });
    },
    '"hosts"': () => {
      const { hosts } = fragment("docs/pools.md", '"hosts"');
      const lvs1 = { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.1/24" } } };
      return builds({
        ...base,
        hosts: { lvs1, ...hosts },
        services: [{ ...service, realservers: [{ host: "web[01-40]" }] }],
      });
    },
    "cluster.json:14": () =>
      onWorkstation(async (here) => {
        const described = readFileSync(join(checkout, "examples/pools.json"), "utf8");
        here.write("cluster.json", described.replace('"host": "web[01-40]"', '"host": "web[01-50]"'));
        const printed = await succeeds(here, "lvsgen validate", [1]);
        expect(printed).toContain(textOf("docs/pools.md", "cluster.json:14"));
      }),
  },
  "docs/security.md": {
    ...signatureProofs,
    '"check"': () => {
      const text = readFileSync(join(checkout, "test/fixtures/valid/everything.json"), "utf8");
      const [{ check: own }] = parseJsonc(text).services.filter(({ name }: { name: string }) => name === "app");
      const { check } = fragment("docs/security.md", '"check"');
      return builds({ ...base, services: [{ ...service, check: { ...check, ca: own.ca } }], ha: {} });
    },
  },
  "docs/graph.md": {
    "lvsgen graph ": () =>
      onWorkstation(async (here) => {
        here.write("cluster.json", textOf("README.md", "{"));
        // Graphviz is not what is tested here: that it reads them is test/unit/graph's.
        here.write(
          "bin/dot",
          "#!/bin/bash\n[[ $* == -Tpdf ]] && read -r line && [[ $line == digraph* ]] && cat >/dev/null && echo %PDF\n",
        );
        for (const command of commandsIn(textOf("docs/graph.md", "lvsgen graph ")))
          await succeeds(here, `set -o pipefail; chmod +x bin/dot; PATH=$PWD/bin:$PATH; ${command}`);
        expect(await succeeds(here, "head -c 4 topology.svg nat.svg topology.pdf")).toMatch(
          /<svg[\s\S]*<svg[\s\S]*%PDF/,
        );
      }),
    "import {": () => module("docs/graph.md", "import { graph }", "console.log(picture, diagnostics)", /flowchart/),
  },
  "docs/cli.md": {
    "lvsgen build --sign": signingProof,
    "lvsgen verify-bundle": bundleProof,
    "lvsgen build --check": () =>
      onWorkstation(async (here) => {
        here.write("cluster.json", textOf("README.md", "{"));
        const command = `( ${textOf("docs/cli.md", "lvsgen build --check")} )`;
        expect(await succeeds(here, command, [1])).toContain("out/ is stale: run lvsgen build and commit it");
        await succeeds(here, "lvsgen build");
        await succeeds(here, command);
      }),
    '"files"': () => {
      const { files } = fragment("docs/cli.md", '"files"');
      const web1 = { address: "192.168.80.201/24", files };
      return builds(
        { ...base, hosts: { ...base.hosts, web1 }, services: [service] },
        "mkdir site && echo server >site/nginx.conf && export SITE_RELEASE=7",
      );
    },
    "source <(lvsgen completion": () =>
      onWorkstation(async (here) => {
        const [own = "", zsh = ""] = commandsIn(textOf("docs/cli.md", "source <(lvsgen completion"));
        expect(await succeeds(here, `${own}; complete -p lvsgen`)).toContain("lvsgen");
        // zsh counts from 1.
        await succeeds(here, `fpath=(none .); ${zsh}`);
        expect(await succeeds(here, "head -1 _lvsgen")).toContain("compdef lvsgen");
      }),
    "import { compile }": () => module("docs/cli.md", "import { compile }", "", /director\.sh [0-9a-f]{64}/),
    "import { compile, diff }": () => module("docs/cli.md", "import { compile, diff }", "", /service-scheduler/),
    "{": { by: "test/unit/docs/shapes.test.ts", says: '"docs/cli.md"' },
  },
  "docs/import.md": {
    "ipvsadm-save -n": () => imports(commandsIn(textOf("docs/import.md", "ipvsadm-save -n"))),
    '{\n  "files"': { by: "test/unit/docs/shapes.test.ts", says: '"docs/import.md"' },
    '{\n  "builds"': { by: "test/unit/docs/shapes.test.ts", says: "compared" },
    "VRRP:": { by: "test/unit/docs/shapes.test.ts", says: "VRRP:" },
  },
  "docs/editors.md": {
    '{\n  "$schema"': { by: "test/unit/docs/shapes.test.ts", says: '"docs/editors.md"' },
    "# yaml-language-server": { by: "test/unit/docs/editors-yaml.test.ts", says: '"# yaml-language-server"' },
    "// .vscode": { by: "test/unit/docs/editors-yaml.test.ts", says: '"// .vscode"' },
    autocmd: { by: "test/unit/docs/editors-vim.test.ts", says: '"autocmd"' },
    "vim.filetype": { by: "test/unit/docs/editors-vim.test.ts", says: '"vim.filetype"' },
  },
  "docs/status.md": {
    "sudo bash director.sh check": () => areKnown("docs/status.md", "sudo bash director.sh check"),
    "lvsgen status": () =>
      onWorkstation(async (here) => {
        here.write("cluster.json", textOf("README.md", "{"));
        await succeeds(here, "lvsgen build");
        const [command = ""] = commandsIn(textOf("docs/status.md", "lvsgen status"));
        // Nobody has reported yet.
        expect(await succeeds(here, `mkdir reports && ${command.replace("/media/usb/", "")}`, [2])).toContain(
          "never seen",
        );
        expect(await succeeds(here, "head -1 status.html")).toBe("<!doctype html>\n");
      }),
    "HOST ": { by: "test/unit/status/shown.test.ts", says: '"docs/status.md"' },
  },
  "docs/rollout.md": {
    "lvsgen build && lvsgen rollout": () =>
      onWorkstation(async (here) => {
        here.write("cluster.json", textOf("README.md", "{"));
        const printed = await succeeds(here, textOf("docs/rollout.md", "lvsgen build && lvsgen rollout"), [1]);
        expect(printed).toContain("0 of 3 done");
      }),
    "1. bash realserver.sh": { by: "test/unit/rollout/shown.test.ts", says: '"docs/rollout.md"' },
    "lvsgen rollout out --ssh": { by: "test/unit/rollout/over-ssh.test.ts", says: '"--stop-after"' },
  },
  "docs/trust.md": {
    '"trust"': () => builds({ ...base, services: [service], ...fragment("docs/trust.md", '"trust"') }),
    "lvsgen build --sign": { by: "test/unit/docs/signature.ts", says: "lvsgen build --sign" },
    "lvsgen-run /media/usb/out": { by: "test/bats/83-trust.bats", says: "lvsgen-run /media/usb director.sh apply" },
  },
  "docs/monitoring.md": {
    '"monitoring"': () => builds({ ...base, services: [service], ...fragment("docs/monitoring.md", '"monitoring"') }),
    "systemctl list-timers": { by: "test/bats/52-monitoring.bats", says: "docs/monitoring.md" },
    "- alert:": () => {
      const written = readFileSync(join(checkout, "templates/files/monitor.hbs"), "utf8");
      const metrics = new Set([...written.matchAll(/^(?:gauge|each) (\w+)/gm)].map(([, name]) => `lvsgen_${name}`));
      const rules = parseYaml(textOf("docs/monitoring.md", "- alert:")) as { alert: string; expr: string }[];
      expect(rules.length).toBeGreaterThan(3);
      for (const { alert, expr } of rules) {
        const named = expr.match(/lvsgen_\w+/g) ?? [];
        expect([alert, named.length > 0, named.filter((name) => !metrics.has(name))]).toEqual([alert, true, []]);
      }
      return Promise.resolve();
    },
  },
  "docs/failover.md": {
    "bash client-test.sh": () => areKnown("docs/failover.md", "bash client-test.sh"),
    "bash director.sh check": () => areKnown("docs/failover.md", "bash director.sh check"),
  },
  "docs/operations.md": {
    "bash director.sh check": () => areKnown("docs/operations.md", "bash director.sh check"),
    "source <(bash director.sh completion)": { by: "test/unit/scripts/completion.test.ts", says: "completion" },
    "bash director.sh apply": () => areKnown("docs/operations.md", "bash director.sh apply"),
    "bash director.sh drain": () => areKnown("docs/operations.md", "bash director.sh drain"),
    "ipvsadm -C": { by: "test/unit/table-others.test.ts", says: "# lvsgen: meant" },
  },
  "docs/packages.md": { "bash fetch-packages.sh": () => areKnown("docs/packages.md", "bash fetch-packages.sh") },
  "docs/doctor.md": {
    "$ sudo bash doctor.sh\n": {
      by: "templates/runtime/programs/doctor/software.sh",
      says: "Someone keeps them off on purpose; apply does not overrule that.",
    },
    "$ sudo bash doctor.sh --collect": { by: "test/bats/68-doctor.bats", says: "collect" },
  },
  "docs/install.md": {
    "sha256sum -c": () => {
      const ran: Record<string, string> = {
        sha256sum: "test/distribution/debian.mjs",
        install: "test/distribution/debian.mjs",
        "apt-get": "test/distribution/debian.mjs",
        "npm install": "test/distribution/npm.mjs",
      };
      const commands = commandsIn(textOf("docs/install.md", "sha256sum -c"));
      for (const [word, file] of Object.entries(ran))
        expect(readFileSync(join(checkout, file), "utf8")).toContain(`commandOf(root, "${word}")`);
      // Debian has no system that dnf could install for: there it is rpm, in test/distribution/red-hat.mjs.
      const others = commands.filter((line) => !Object.keys(ran).some((word) => line.startsWith(`${word} `)));
      expect(others).toEqual(["dnf install ./lvsgen-*.x86_64.rpm"]);
      return Promise.resolve();
    },
    "npm run dist": { by: "test/distribution/run.mjs", says: "npm run test:dist" },
  },
};

test("each block is run, here or elsewhere, and no proof is of none", () => {
  const found = blocks.map(({ page, text }) => {
    const starts = Object.keys(proofs[page] ?? {}).filter((start) => text.startsWith(start));
    return `${page}: ${starts.sort((a, b) => b.length - a.length)[0] ?? `nobody runs ${text.split("\n", 1)[0]}`}`;
  });
  const proved = Object.entries(proofs).flatMap(([page, own]) => Object.keys(own).map((start) => `${page}: ${start}`));
  expect([...found].sort()).toEqual([...proved].sort());
});

describe.each(Object.entries(proofs))("%s", (page, own) => {
  test.each(Object.entries(own))("%s", async (start, proof) => {
    expect(textOf(page, start)).not.toBe("");
    if (typeof proof === "function") await proof();
    else expect(readFileSync(join(checkout, proof.by), "utf8")).toContain(proof.says);
  });
});
