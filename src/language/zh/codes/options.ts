import type { optionsCodes } from "../../../diagnostics/codes/options.ts";
import type { Explanations } from "../../language.ts";

export const optionsCodesInChinese = {
  CONTRADICTING_OPTIONS: {
    title: "两个选项互相矛盾",
    why: "这样的两个选项以最后一个为准，究竟是哪一个取决于工具。",
    symptom: "本应只读的共享目录变为可写，或反过来。",
    fix: "去掉其中一个。",
  },
} as const satisfies Explanations<typeof optionsCodes>;
