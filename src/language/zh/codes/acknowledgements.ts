import type { acknowledgementCodes } from "../../../diagnostics/codes/acknowledgements.ts";
import type { Explanations } from "../../language.ts";

export const acknowledgementCodesInChinese = {
  UNKNOWN_CODE: {
    title: "确认的警告使用了不存在的代码",
    why: '"acknowledge" 按代码指明警告；写错则没有确认任何警告。',
    symptom: "本来要确认的警告仍会显示，并使带 --strict 的 build 停止。",
    fix: "按警告方括号中的写法书写代码。`lvsgen explain` 列出所有代码。",
  },
  ERROR_ACKNOWLEDGED: {
    title: "确认了不能确认的内容",
    why: "错误意味着无法工作，或会使主机处于没有人能保证的状态；写明原因也改变不了。",
    symptom: "集群不能提供服务。",
    fix: "解决所指的问题，并去掉这一项。",
  },
  STALE_ACKNOWLEDGEMENT: {
    title: "已确认的警告没有出现",
    why: "描述文件后来改过，或指针指向别处，或另一项确认了同一个警告。留着它，以后该警告因别的原因再出现时会被掩盖。",
    symptom: "读者会以为其中的原因说的是今天生成的内容。",
    fix: "去掉这一项，或改正它的指针。",
  },
} as const satisfies Explanations<typeof acknowledgementCodes>;
