import type { serviceOptionsCodes } from "../../../diagnostics/codes/service-options.ts";
import type { Explanations } from "../../language.ts";

export const serviceOptionsCodesInChinese = {
  ONE_PACKET_WITHOUT_UDP: {
    title: "单包调度没有用于 UDP",
    why: "单独调度每个报文会拆散连接；IPVS 只对 UDP 这样做。",
    symptom: 'ipvsadm："One-Packet Scheduling is only for UDP virtual services"。',
    fix: '去掉 "onePacket"，或使用 UDP。',
  },
  PORT_ZERO_WITHOUT_PERSISTENCE: {
    title: "针对所有端口的服务没有持久连接",
    why: "端口 0 表示所有端口；IPVS 只在有持久连接时接受它，使一个客户端的连接保持在一起。",
    symptom: 'ipvsadm："Zero port specified for non-persistent service"。',
    fix: '增加 "persistence"，或写上端口。',
  },
  SCHEDULER_FLAG_MISMATCH: {
    title: "调度算法的标志属于另一种调度算法",
    why: '"sh-…" 标志属于调度算法 sh，"mh-…" 标志属于 mh。它们在内核中共用同样的位，在别的算法中标志会有别的含义，或没有含义。',
    symptom: "ipvsadm 拒绝该标志，或转发表显示 flag-1。",
    fix: "使用该调度算法的标志，或使用标志所属的调度算法。",
  },
  PREFIX_TOO_LONG: {
    title: "持久连接的前缀比地址还长",
    why: "IPv4 客户端掩码最多 32 位。",
    symptom: "ipvsadm 拒绝该掩码。",
    fix: "IPv4 写 1 到 32，IPv6 写 1 到 128。",
  },
  ENGINE_WITHOUT_PERSISTENCE: {
    title: "有持久连接引擎而没有持久连接",
    why: "引擎决定记住报文的哪一部分；没有持久连接就什么也不记。",
    symptom: "引擎不起作用：一次通话的报文到达不同的真实服务器。",
    fix: '增加 "persistence"，或去掉 "persistenceEngine"。',
  },
  SIP_WITHOUT_UDP: {
    title: "SIP 引擎没有用于 UDP",
    why: "SIP 持久连接引擎从 UDP 报文中读取 Call-ID，忽略其他报文。",
    symptom: "一个会话的通话分散到多台真实服务器。",
    fix: '使用 UDP，或去掉 "persistenceEngine"。',
  },
  PERSISTENT_HASH: {
    title: "散列类调度算法加上持久连接",
    why: "sh 和 dh 本来就把同一客户端或目的地址转发到同一台真实服务器；再加上持久连接模板，客户端会停留在散列已不会选择的服务器上。",
    symptom: "真实服务器变更之后，分布既不是散列的结果，也不均匀。",
    fix: "保留两者之一。",
  },
} as const satisfies Explanations<typeof serviceOptionsCodes>;
