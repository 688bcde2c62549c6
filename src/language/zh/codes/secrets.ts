import type { secretsCodes } from "../../../diagnostics/codes/secrets.ts";
import type { Explanations } from "../../language.ts";

export const secretsCodesInChinese = {
  SECRET_FOR_OTHERS: {
    title: "主机上任何人都能读取的机密",
    why: "文件权限的最后一位是主机上所有人能对它做的事，包括每个服务和每个用户。所有人都能读取的就不是机密。",
    symptom: "无：不会生成任何内容。",
    fix: '使用末位为 0 的权限：只给 root 用 "0600"，或者用 "0640" 并把属组设为读取它的服务的组。',
  },
} as const satisfies Explanations<typeof secretsCodes>;
