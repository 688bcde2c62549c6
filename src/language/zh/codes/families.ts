import type { familiesCodes } from "../../../diagnostics/codes/families.ts";
import type { Explanations } from "../../language.ts";

export const familiesCodesInChinese = {
  MIXED_FAMILIES: {
    title: "混用了 IPv4 和 IPv6",
    why: "DR 和 NAT 原样转发报文，或改写为同一地址族的另一个地址。只有隧道能用一个地址族承载另一个。",
    symptom: "ipvsadm 拒绝该真实服务器。",
    fix: "为主机写上与虚拟 IP 同一地址族的地址，或使用 TUN。",
  },
} as const satisfies Explanations<typeof familiesCodes>;
