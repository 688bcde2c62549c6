import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts"],
    globalSetup: ["test/unit/build.setup.ts"],
    // Four times what the slowest takes alone: other suites run at the same time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A bash of level 1 whose input is a socket, as Node's pipes are, reads ~/.bashrc (bash(1), INVOCATION).
    env: { SHLVL: "2" },
    coverage: { include: ["src/**"], exclude: ["src/generated/**"] },
  },
});
