import type { vipInterfacesCodes } from "../../../diagnostics/codes/vip-interfaces.ts";
import type { Explanations } from "../../language.ts";

export const vipInterfacesCodesInChinese = {
  UNKNOWN_VIP_INTERFACE: {
    title: "调度器没有这个接口",
    why: "虚拟 IP 由调度器的一个接口、lo 承载，TUN 方式下由 tunl0 承载。",
    symptom: "无法配置虚拟 IP。",
    fix: "写调度器的某个接口的名称。",
  },
  VIP_INTERFACE_CONFLICT: {
    title: "两个服务把同一虚拟 IP 放在不同的接口上",
    why: "一个地址只在一个接口上。",
    symptom: "只在一个网段上应答对虚拟 IP 的 ARP。",
    fix: '该虚拟 IP 的每个服务写相同的 "vipInterface"。',
  },
  ALIAS_LABEL_TOO_LONG: {
    title: "接口名称太长，放不下别名的标签",
    why: "ifcfg 以别名（例如 ens33:kgc）配置虚拟 IP，用集群名称命名，放不下时用数字；内核限制这种标签最多 15 个字符。",
    symptom: "ifup 失败，重启之后没有虚拟 IP。",
    fix: '为接口改名，或用 "vipInterface" 让另一个接口承载虚拟 IP。',
  },
} as const satisfies Explanations<typeof vipInterfacesCodes>;
