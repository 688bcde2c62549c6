import type { gatewaysCodes } from "../../../diagnostics/codes/gateways.ts";
import type { Explanations } from "../../language.ts";

export const gatewaysCodesInChinese = {
  GATEWAY_OUTSIDE_SUBNET: {
    title: "网关不在主机的任何网络中",
    why: "到达网关不经过路由器，因此它必须是相邻的机器。",
    symptom: 'ip route："Nexthop has invalid gateway"；主机没有默认路由。',
    fix: "写主机自己网段上路由器的地址。",
  },
  GATEWAY_IS_SELF: {
    title: "主机以自己为网关",
    why: "发往其他网络的报文永远不会离开主机。",
    symptom: '除自己的网段外，一律是 "Network is unreachable"。',
    fix: "写路由器的地址。",
  },
  GATEWAY_IS_DIRECTOR: {
    title: "DR 或 TUN 真实服务器的网关是调度器",
    why: "DR 和 TUN 方式下，应答以虚拟 IP 为源地址直接发给客户端。调度器会丢弃来自外部而源地址是自己地址（虚拟 IP）的报文。",
    symptom: "连接停在 SYN_RECV；调度器上 martian source 计数增加。",
    fix: "让网关是路由器。只有 NAT 需要以调度器为网关。",
  },
  GATEWAY_NOT_DIRECTOR: {
    title: "NAT 真实服务器的网关不是调度器",
    why: "NAT 方式下，调度器改写了目的地址，还必须改写应答的源地址：应答必须经过它。",
    symptom: "客户端收到来自真实服务器地址的应答，并将连接复位。",
    fix: '让真实服务器的 "gateway" 是调度器的一个地址；有 "ha" 时，则是 "ha" 的 "gateway"，它在调度器之间移动。',
  },
} as const satisfies Explanations<typeof gatewaysCodes>;
