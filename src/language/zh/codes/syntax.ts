import type { syntaxCodes } from "../../../diagnostics/codes/syntax.ts";
import type { Explanations } from "../../language.ts";

export const syntaxCodesInChinese = {
  EMPTY_FILE: {
    title: "描述文件是空的",
    why: "一个集群至少有名称、主机、一台调度器和一个服务。",
    symptom: "无法生成任何内容。",
    fix: "编写描述文件；`lvsgen init` 会生成一个带注释、可以直接使用的描述文件。",
  },
  SYNTAX_ERROR: {
    title: "文本不是 JSON 或 YAML",
    why: "描述文件是允许注释和末尾逗号的 JSON，或者（文件名以 .yaml 或 .yml 结尾时）是 YAML 1.2。",
    symptom: "无法生成任何内容。",
    fix: "在所示位置或其前一行改正：缺少的逗号、引号或括号，要到后面的内容才会被发现。",
  },
  NESTED_TOO_DEEP: {
    title: "括号嵌套过深",
    why: "描述文件的嵌套只有几层；达到一百层，说明文件已损坏或是恶意构造的。",
    symptom: "无法生成任何内容。",
    fix: "补上没有闭合的括号，或检查是什么写出了这个文件。",
  },
  UNSUPPORTED_YAML: {
    title: "YAML 中有 JSON 无法表达的内容",
    why: "描述文件在两种格式中含义相同。自定义标签、.inf 之类的数字、不是文本的键、一个文件中的多个文档，在其中都没有含义。",
    symptom: "另一个工具可能从同一文件读出另一个集群。",
    fix: "把值写成文本、数字、true、false、列表或映射，每个文件只写一个文档。",
  },
  DUPLICATE_KEY: {
    title: "一个键在同一对象中出现了两次",
    why: "JSON 会不声不响地以最后一个为准，同名的两台主机或两个设置就会丢失一个。",
    symptom: "已描述的真实服务器得不到自己的脚本。",
    fix: "保留其中一个，或为第二个另起名称。",
  },
} as const satisfies Explanations<typeof syntaxCodes>;
