import type { forwardingCodes } from "../../../diagnostics/codes/forwarding.ts";
import type { Explanations } from "../../language.ts";

export const forwardingCodesInChinese = {
  FORWARDING_OFF_IN_NAT: {
    title: "NAT 方式的调度器被描述为不转发",
    why: "NAT 方式下，真实服务器的应答经调度器返回，由它转发给客户端；源地址转换放出去的流量也一样。",
    symptom: "请求到达真实服务器，却没有客户端得到应答。",
    fix: '去掉 "forwarding"：NAT 会为其地址族开启它。"keep" 在 DR 和 TUN 方式下不改变它，"off" 只适用于这两种方式。',
  },
} as const satisfies Explanations<typeof forwardingCodes>;
