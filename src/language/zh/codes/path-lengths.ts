import type { pathLengthsCodes } from "../../../diagnostics/codes/path-lengths.ts";
import type { Explanations } from "../../language.ts";

export const pathLengthsCodesInChinese = {
  PATH_TOO_LONG: {
    title: "路径太长",
    why: "在 Linux 上，目录中的一个名称最多 255 字节，其中 lvsgen 替换文件时需要八个；NFS 的路径最多 1023 字节。",
    symptom: "脚本会在该路径处结束：File name too long。",
    fix: "使用较短的名称；ASCII 以外的字母占两到四个字节。",
  },
} as const satisfies Explanations<typeof pathLengthsCodes>;
