import type { natRoutesCodes } from "../../../diagnostics/codes/nat-routes.ts";
import type { Explanations } from "../../language.ts";

export const natRoutesCodesInChinese = {
  NAT_REPLIES_BYPASS_DIRECTOR: {
    title: "NAT 真实服务器有自己到客户端的路径",
    why: "NAT 方式下，由调度器把应答的源地址改为虚拟 IP。真实服务器如果有接口在客户端的网络中，会从那里发送应答，绕过调度器，且使用自己的地址。",
    symptom: "该网络的客户端收到来自从未访问过的地址的 SYN-ACK，并将其复位；其他地方的客户端正常。",
    fix: "让该接口离开那个网络，或使用 DR。",
  },
} as const satisfies Explanations<typeof natRoutesCodes>;
