import type { collisionCodes } from "../../../diagnostics/codes/collisions.ts";
import type { Explanations } from "../../language.ts";

export const collisionCodesInChinese = {
  PATH_OWNED_BY_LVSGEN: {
    title: "该文件由 lvsgen 管理",
    why: "因描述文件的另一部分，lvsgen 自己在这台主机上写这个文件的全部或一部分。",
    symptom: "每次 apply 都会改回上一次的结果，下次重启时 lvsgen 所需的内容可能丢失。",
    fix: "去掉该文件，描述它要做的事；诊断信息指出 lvsgen 因什么写它。",
  },
  SYSCTL_OWNED_BY_LVSGEN: {
    title: "所描述的内核参数由 lvsgen 自己设置",
    why: "调度器的转发和重定向、真实服务器的 ARP 和反向路径设置，都由服务决定：它们连同原因按内核所需的次序写入。",
    symptom: "一个参数有两个值，启动时以文件中靠后的为准。",
    fix: "去掉该设置；诊断信息指出 lvsgen 因什么设置它。",
  },
  RESOURCE_CONFLICT: {
    title: "描述文件的两个部分对同一内容要求不同",
    why: "主机的一个单元、地址、路由或内核参数只有一种状态：两项要求不同时不能同时满足。",
    symptom: "每次 apply 都会改回上一次的结果，例如防火墙关闭后又启动。",
    fix: "保留两项中的一项。",
  },
} as const satisfies Explanations<typeof collisionCodes>;
