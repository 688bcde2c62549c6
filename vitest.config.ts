import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts"],
    globalSetup: ["test/unit/build.setup.ts"],
    testTimeout: 30_000,
    coverage: { include: ["src/**"], exclude: ["src/generated/**"] },
  },
});
