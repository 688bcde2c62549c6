import type { firewallsCodes } from "../../../diagnostics/codes/firewalls.ts";
import type { Explanations } from "../../language.ts";

export const firewallsCodesInChinese = {
  PORT_ZERO_OPENS_NOTHING: {
    title: "针对所有端口的服务或 match 不会在防火墙中开放任何端口",
    why: '写了 "open" 时，防火墙放行所描述的端口。放行主机的所有端口等于没有防火墙，对主机上监听的其他程序也是如此。',
    symptom: "凡是防火墙在运行的地方，不论在调度器还是真实服务器上，到虚拟 IP 的连接都会被拒绝或卡住。",
    fix: '写明所提供的服务：用 "fwmark"，为每个端口或范围各写一个 "match"，代替所有端口。或者自己编写规则，并写 "firewall": "keep"。',
  },
  TRACKED_WITHOUT_REPLIES: {
    title: "调度器跟踪看不到应答的连接",
    why: "DR 和 TUN 方式下，应答不经过调度器。写了 NAT 所需的 net.ipv4.vs.conntrack 时，连接跟踪会把客户端的 FIN 和 RST 判为 INVALID。lvsgen 按端口使客户端发往这些服务的报文不被跟踪：针对所有端口或自己编写规则时则不会。",
    symptom: "真实服务器上留下半关闭的连接，排空永远不会结束。",
    fix: '写明端口：用 "fwmark"，每个端口一个 "match"。如果没有任何服务使用 NAT，从 "sysctls" 中去掉 net.ipv4.vs.conntrack。',
  },
} as const satisfies Explanations<typeof firewallsCodes>;
