import type { uplinksCodes } from "../../../diagnostics/codes/uplinks.ts";
import type { Explanations } from "../../language.ts";

export const uplinksCodesInChinese = {
  UPLINK_MISMATCH: {
    title: "没有应答能从该出口出去",
    why: "DR 和 TUN 方式下，真实服务器以虚拟 IP 为源地址自己应答客户端。运营商会丢弃源地址属于另一运营商的报文：因此每个虚拟 IP 的应答要从该虚拟 IP 所路由到的路由器出去，该路由器必须与主机的某个接口相邻。",
    symptom: "尽管真实服务器已应答，某个虚拟 IP 的客户端仍然超时；或无法设置路由。",
    fix: "写主机的一个接口、该接口网络中的路由器，以及主机以 DR 或 TUN 方式服务的虚拟 IP。",
  },
} as const satisfies Explanations<typeof uplinksCodes>;
