/** A bundle's folder, read once: what is verified is what was read, whatever becomes of the folder meanwhile. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { signatureFiles } from "../../sign/index.ts";
import { systemMessage } from "../../terminal/problem.ts";
import { type Folder, listedPaths, uncovered } from "../../verify/index.ts";

/** Reads what `SHA256SUMS` lists, and the names of all else. No link is followed; of a folder `packages` nothing is read. */
export function readFolder(directory: string): Folder {
  const names: string[] = [];
  const strange: Folder["strange"][number][] = [];
  const walk = (path: string): void => {
    const found = tried(() => readdirSync(join(directory, path)));
    if ("why" in found) strange.push({ path: path || ".", kind: "unreadable", why: found.why });
    else for (const name of found.value.sort()) visit(path === "" ? name : `${path}/${name}`);
  };
  const visit = (path: string): void => {
    const found = tried(() => lstatSync(join(directory, path)));
    if ("why" in found) strange.push({ path, kind: "unreadable", why: found.why });
    else if (found.value.isSymbolicLink()) strange.push({ path, kind: "symbolic-link", why: "" });
    else if (found.value.isFile()) names.push(path);
    else if (!found.value.isDirectory()) strange.push({ path, kind: "special", why: "" });
    else if (`${path}/` === uncovered) names.push(uncovered);
    else walk(path);
  };
  walk("");
  const files = new Map<string, Buffer | null>(names.map((path) => [path, null]));
  const read = (path: string): void => {
    if (!files.has(path) || path === uncovered) return;
    const found = tried(() => readRegular(join(directory, path)));
    if ("value" in found) files.set(path, found.value);
    else {
      files.delete(path);
      strange.push({ path, kind: "unreadable", why: found.why });
    }
  };
  read("SHA256SUMS");
  const wanted = new Set([
    "manifest.json",
    ...Object.values(signatureFiles),
    ...listedPaths(files.get("SHA256SUMS") ?? Buffer.of()),
  ]);
  wanted.delete("SHA256SUMS");
  wanted.forEach(read);
  return { files, strange };
}

function tried<Value>(action: () => Value): { readonly value: Value } | { readonly why: string } {
  try {
    return { value: action() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { why: systemMessage(code) };
  }
}

/** What became a link or a pipe since it was looked at is neither followed nor waited for. */
function readRegular(file: string): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) throw Object.assign(new Error("no file"), { code: "EINVAL" });
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
