import type { tunnelsCodes } from "../../../diagnostics/codes/tunnels.ts";
import type { Explanations } from "../../language.ts";

export const tunnelsCodesInChinese = {
  TUNNEL_MISMATCH: {
    title: "隧道的各项设置不匹配",
    why: "GUE 使用 UDP 端口，GRE 和 IPIP 没有端口；只有 GUE 带校验和；没有 tun 方式的真实服务器时，不会有任何封装。",
    symptom: "ipvsadm 拒绝该真实服务器，或报文到达没有主机解封装的地方。",
    fix: '写 "mode": "tun"，以及 { "type": "gre" } 或 { "type": "gue", "port": 6080 }，使用 IPv4。',
  },
  MSS_WITHOUT_TUNNEL: {
    title: "没有封装却写了报文段长度",
    why: '"mss" 降低真实服务器向客户端提供的值，使调度器在报文前加上另一个首部之后仍放得下。DR 和 NAT 没有这个首部，UDP 和 SCTP 没有这个选项。',
    symptom: "无：该设置不起作用。",
    fix: '去掉 "mss"，或使用 "mode": "tun"。',
  },
} as const satisfies Explanations<typeof tunnelsCodes>;
