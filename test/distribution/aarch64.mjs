/** The executable for aarch64 runs here in an emulation of its processor, with that architecture's libraries. */
import { join } from "node:path";
import { aptInstall, ensurePrograms } from "../../tools/machine/apt.mjs";

const libraries = "/usr/aarch64-linux-gnu";

export function aarch64({ release, scratch, shell, say }) {
  return [
    [
      "the executable for aarch64 builds the example as out/ has it",
      () => {
        const reason =
          ensurePrograms({ "qemu-aarch64-static": "qemu-user-static" }, say) ??
          aptInstall(["libc6-arm64-cross", "libstdc++6-arm64-cross"]);
        if (reason !== undefined) throw new Error(reason);
        const emulated = `qemu-aarch64-static -L ${libraries} $(echo ${release}/lvsgen-*-linux-aarch64)`;
        const target = join(scratch, "by-aarch64");
        shell(`${emulated} build --quiet --no-since examples/kgc.json -o ${target}; diff -r out ${target}`);
      },
    ],
  ];
}
