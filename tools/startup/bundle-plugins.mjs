/** What the bundle leaves to later, or out: every start of the command loads it all. Each is a plugin of esbuild. */
import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

/** commander loads `child_process` for a kind of command that lvsgen does not have; loading it takes as long as commander. */
export function lateChildProcess() {
  return {
    name: "late-child-process",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        importer.includes("commander") ? { path: "child_process", namespace: "late" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "late" }, () => ({
        contents: 'exports.spawn = (...args) => require("node:child_process").spawn(...args);',
      }));
    },
  };
}

/**
 * picocolors looks for a terminal when it is loaded; lvsgen looks itself (src/terminal/), and Node needs longer to open the stream
 * for that than picocolors for everything else.
 */
export function lateStandardOutput() {
  const look = "(p.stdout || {}).isTTY";
  return {
    name: "late-standard-output",
    setup({ onLoad }) {
      onLoad({ filter: /node_modules[\\/]picocolors[\\/]picocolors\.js$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes(look)) throw new Error(`picocolors no longer has ${look}`);
        return { contents: source.replace(look, "false"), loader: "js" };
      });
    },
  };
}

/** Leaves out the modules of a package that nothing imports from; the package does not say itself that they have no effects. */
export function onlyWhatIsUsed(name) {
  return {
    name: `only-what-is-used-of-${name}`,
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^\.|^[a-z]/ }, async ({ path, pluginData, ...where }) => {
        if (pluginData === name || !(path === name || where.importer.includes(`/node_modules/${name}/`)))
          return undefined;
        const { path: file, errors } = await resolve(path, { ...where, pluginData: name });
        return { path: file, errors, sideEffects: false };
      });
    },
  };
}

/** Nobody reads a stack of the validator's or a template's functions, and they are most of what V8 has to load at each start. */
export function shortNamesInGenerated() {
  return {
    name: "short-names-in-generated",
    setup({ onLoad }) {
      onLoad({ filter: /src[\\/]generated[\\/](templates\.ts|validator\.mjs)$/ }, async ({ path }) => {
        const loader = path.endsWith(".ts") ? "ts" : "js";
        const { code } = await transform(await readFile(path, "utf8"), {
          loader,
          format: "esm",
          target: "node20",
          minify: true,
        });
        return { contents: code, loader: "js" };
      });
    },
  };
}
