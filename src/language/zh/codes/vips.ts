import type { vipsCodes } from "../../../diagnostics/codes/vips.ts";
import type { Explanations } from "../../language.ts";

export const vipsCodesInChinese = {
  VIP_IS_HOST_ADDRESS: {
    title: "虚拟 IP 是某台主机的地址",
    why: "虚拟 IP 是调度器和真实服务器在自己的地址之外另外承载的地址。DR 和 TUN 方式下，它不能是任何主机的地址；NAT 方式下可以是调度器的。",
    symptom: "该主机失去自己的连接，或代替调度器应答对虚拟 IP 的 ARP。",
    fix: "用空闲的地址作为虚拟 IP。",
  },
  VIP_IS_GATEWAY: {
    title: "虚拟 IP 是某台主机的网关",
    why: "路由器和调度器都会应答该地址。",
    symptom: "调度器通告虚拟 IP 时，主机失去默认路由。",
    fix: "用空闲的地址作为虚拟 IP，或改正网关。",
  },
  VIP_OUTSIDE_SUBNETS: {
    title: "虚拟 IP 不在调度器的任何网络中",
    why: "没有机器会用 ARP 询问另一个网络的地址：路由器必须有一条经调度器到虚拟 IP 的路由。",
    symptom: '客户端得到 "no route to host"，或没有任何应答。',
    fix: '把虚拟 IP 路由到调度器，并用 "vipInterface" 写明由哪个接口承载，或使用该网段的地址。',
  },
} as const satisfies Explanations<typeof vipsCodes>;
