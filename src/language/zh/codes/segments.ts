import type { segmentsCodes } from "../../../diagnostics/codes/segments.ts";
import type { Explanations } from "../../language.ts";

export const segmentsCodesInChinese = {
  REAL_SERVER_OFF_SEGMENT: {
    title: "DR 真实服务器与调度器没有共同的网段",
    why: "DR 只改写 MAC 地址：报文只能到达同一个二层网段上的真实服务器。",
    symptom: "调度器上连接停在 SYN_RECV，并用 ARP 询问没有机器应答的地址；或者把报文发给它的路由器，又被送回来。",
    fix: "把该主机放到调度器的网段上（它们的任何接口都算），或使用 TUN 或 NAT。",
  },
} as const satisfies Explanations<typeof segmentsCodes>;
