import { defineConfig } from "vitest/config";

const mocked = "test/unit/**/*.mocked.test.ts";

export default defineConfig({
  test: {
    // What a file imports stays for the next one of its worker: importing the compiler anew for each of 170 files took half of their time.
    // Where a module is mocked, that would go on to the next file: those have a worker each.
    projects: [
      {
        extends: true,
        test: { name: "shared", include: ["test/unit/**/*.test.ts"], exclude: [mocked], isolate: false },
      },
      { extends: true, test: { name: "mocked", include: [mocked], isolate: true } },
    ],
    globalSetup: ["test/unit/build.setup.ts"],
    // Four times what the slowest takes alone: other suites run at the same time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A bash of level 1 whose input is a socket, as Node's pipes are, reads ~/.bashrc (bash(1), INVOCATION).
    env: { SHLVL: "2" },
    coverage: { include: ["src/**"], exclude: ["src/generated/**"] },
  },
});
