import type { pathOwnersCodes } from "../../../diagnostics/codes/path-owners.ts";
import type { Explanations } from "../../language.ts";

export const pathOwnersCodesInChinese = {
  PATH_CONFLICT: {
    title: "一个路径有两个所有者",
    why: "同一路径的两项，或在另一项需要目录的地方写了文件，不能同时成立。",
    symptom: "每次 apply 都会改回上一次的结果。",
    fix: "保留其中一个。",
  },
} as const satisfies Explanations<typeof pathOwnersCodes>;
