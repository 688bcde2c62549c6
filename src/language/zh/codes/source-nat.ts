import type { sourceNatCodes } from "../../../diagnostics/codes/source-nat.ts";
import type { Explanations } from "../../language.ts";

export const sourceNatCodesInChinese = {
  SOURCE_NAT_OVERLAP: {
    title: "源地址转换的两个网络重叠",
    why: "一个地址属于调度器后面的一个网络；两者之一的前缀长度写错了。",
    symptom: "机器访问外部网络时保持内部地址，得不到应答。",
    fix: "保留两者中较大的，或改正前缀长度。",
  },
  SOURCE_NAT_UNUSED: {
    title: "源地址转换所针对的网络中没有 NAT 真实服务器",
    why: "只有 NAT 真实服务器以调度器为网关；其他机器发起的连接不经过它。",
    symptom: "没有报文匹配该规则，本应使用它的真实服务器得不到来自外部的应答。",
    fix: "写 NAT 真实服务器的网络。",
  },
} as const satisfies Explanations<typeof sourceNatCodes>;
