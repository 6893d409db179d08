import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["frontend/tests/**/*.test.ts"],
    // Files about the page say `// @vitest-environment happy-dom` at the top; the board's model needs none.
    environment: "node",
    restoreMocks: true,
  },
});
