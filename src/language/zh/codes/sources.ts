import type { sourcesCodes } from "../../../diagnostics/codes/sources.ts";
import type { Explanations } from "../../language.ts";

export const sourcesCodesInChinese = {
  SECRET_IN_DESCRIPTION: {
    title: "机密的文本写在描述文件中",
    why: "描述文件要经过评审并提交，能读取仓库的人都能看到。机密的文本应来自不提交的文件，或来自环境变量，并且只有 `lvsgen secrets` 会读取它。",
    symptom: "无：不会生成任何内容。",
    fix: "把文本从描述文件中删除，改写为来源。如果已经提交过，它就留在历史中：请更换该机密。",
  },
  SOURCE_OUTSIDE: {
    title: "来源指向描述文件所在目录之外",
    why: "在任何检出的目录中生成部署包都必须安全：如果描述文件可以指定任意文件，生成者的密钥就可能进入部署包。因此只读取描述文件所在目录及其下的文件，不论链接指向何处；.git 目录中的文件也不读取，CI 检出时会在那里保存口令。",
    symptom: "无：不会生成任何内容。",
    fix: "把文件放在描述文件旁边，并从那里写出它的路径。",
  },
  SOURCE_UNREADABLE: {
    title: "无法读取来源",
    why: "文件的内容在运行 lvsgen 的地方读取：来自描述文件旁边的 UTF-8 文本，或来自环境变量。",
    symptom: "无：不会生成任何内容。",
    fix: "把文件放到那里，或为该命令设置该变量。",
  },
} as const satisfies Explanations<typeof sourcesCodes>;
