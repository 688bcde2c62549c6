import { expect, test } from "vitest";
import { listedFiles } from "../../../tools/generate/programs.mjs";

const runtime = [{ key: "engine/a.sh" }, { key: "kinds/b.sh" }];

test("a list is its lines, in their order, without comments", () => {
  const programs = [{ key: "role", text: "# what it is\n\nkinds/b.sh\n# engine\nengine/a.sh\n" }];
  expect(listedFiles(programs, runtime)).toEqual({ role: ["kinds/b.sh", "engine/a.sh"] });
});

test("a list that another one names stands for its files, and is no program", () => {
  const lists = [
    { key: "common", text: "engine/a.sh\n" },
    { key: "one", text: "common.list\nkinds/b.sh\n" },
    { key: "two", text: "common.list\n" },
  ];
  expect(listedFiles(lists, runtime)).toEqual({ one: ["engine/a.sh", "kinds/b.sh"], two: ["engine/a.sh"] });
});

test.each([
  ["none.list\n", "programs/role.list: there is no file none.list"],
  ["engine/a.sh\nkinds/b.sh\nkinds/c.sh\n", "programs/role.list: there is no file kinds/c.sh"],
  ["engine/a.sh\nkinds/b.sh\nengine/a.sh\n", "programs/role.list: engine/a.sh stands twice"],
  ["engine/a.sh\n", "templates/runtime: no program has kinds/b.sh"],
])("a list that is not right is refused: %j", (text, message) => {
  expect(() => listedFiles([{ key: "role", text }], runtime)).toThrow(message);
});
