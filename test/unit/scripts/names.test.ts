/** Hosts that are called as words of bash, or as what begins lines of a script's declarative part. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { textOfBundle } from "../../../src/diff/index.ts";
import { readSnapshot } from "../../../src/diff/read/index.ts";
import { bundleOf, inDirectory, run, syntaxIsFine, tree, writeBundle } from "./bundle.ts";

const words = ["esac", "in", "do", "case", "function", "host", "want", "expect", "title", "resources"];

test.each(words)("%s is a host like any: scripts are bash, and each host has what is its own", async (word) => {
  const file = (content: string) => [{ path: "/etc/motd", content }];
  const bundle = await bundleOf({
    version: 1,
    name: "web",
    defaults: { platform: "debian12", interface: "eth0" },
    hosts: {
      lvs1: { address: "10.0.0.1/24" },
      // In each order, for the first of an arm stands where a line of another kind might begin.
      [word]: { address: "10.0.0.11/24", files: file("one") },
      web2: { address: "10.0.0.12/24", files: file("one") },
      web3: { address: "10.0.0.13/24", files: file("three") },
    },
    directors: ["lvs1"],
    services: [
      { name: "shop", vip: "10.0.0.100", port: 80, realservers: [{ host: word }, { host: "web2" }, { host: "web3" }] },
    ],
  });
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    for (const { path } of bundle.scripts) syntaxIsFine(join(directory, path));
    expect(run(directory, "realserver.sh", "extract", "away")).toMatchObject({ status: 0, stderr: "" });
    const extracted = tree(join(directory, "away"));
    expect([word, "web2", "web3"].map((host) => extracted.get(`${host}/etc/motd`))).toEqual(["one", "one", "three"]);
  });
  const snapshot = readSnapshot(textOfBundle(bundle));
  if ("kind" in snapshot) throw new Error(`${snapshot.file} ${snapshot.message}`);
  const motds = snapshot.parts.flatMap(({ host, declared }) =>
    declared.filter(({ words: [path] }) => path === "/etc/motd").map(({ text }) => [host, text]),
  );
  expect(motds).toEqual([
    [word, "one"],
    ["web2", "one"],
    ["web3", "three"],
  ]);
});
