import { expect, test } from "vitest";
import { listedFiles } from "../../../tools/generate/programs.mjs";

const runtime = [{ key: "engine/a.sh" }, { key: "kinds/b.sh" }];

test("a list is its lines, in their order, without comments", () => {
  const programs = [{ key: "role", text: "# what it is\n\nkinds/b.sh\n# engine\nengine/a.sh\n" }];
  expect(listedFiles(programs, runtime)).toEqual({ role: ["kinds/b.sh", "engine/a.sh"] });
});

test.each([
  ["engine/a.sh\nkinds/b.sh\nkinds/c.sh\n", "programs/role.list: there is no file kinds/c.sh"],
  ["engine/a.sh\nkinds/b.sh\nengine/a.sh\n", "programs/role.list: engine/a.sh stands twice"],
  ["engine/a.sh\n", "templates/runtime: no program has kinds/b.sh"],
])("a list that is not right is refused: %j", (text, message) => {
  expect(() => listedFiles([{ key: "role", text }], runtime)).toThrow(message);
});
