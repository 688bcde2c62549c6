import type { platformsCodes } from "../../../diagnostics/codes/platforms.ts";
import type { Explanations } from "../../language.ts";

export const platformsCodesInChinese = {
  SCHEDULER_NOT_ON_PLATFORM: {
    title: "调度器的内核没有这种调度算法",
    why: "每种调度算法是一个内核模块，各发行版编译的不同：fo 从 Linux 3.18 起有，ovf 从 4.3 起，mh 从 4.18 起，twos 从 5.12 起。",
    symptom: 'modprobe 找不到模块，ipvsadm 显示 "Scheduler or persistence engine not found"。',
    fix: "使用系统具有的调度算法（rr、wrr、lc、wlc、lblc、lblcr、dh、sh、sed、nq 到处都有），或在调度器上使用较新的系统。",
  },
  PROTOCOL_NOT_ON_PLATFORM: {
    title: "调度器的 ipvsadm 不支持该协议",
    why: "ipvsadm 1.27 只能用 TCP 端口、UDP 端口和防火墙标记表示服务。",
    symptom: 'ipvsadm："unknown option --sctp-service"；转发表中没有该服务。',
    fix: "在调度器上使用较新的系统，或为 SCTP 流量使用防火墙标记。",
  },
  TUNNEL_NOT_ON_PLATFORM: {
    title: "调度器的内核没有这种隧道",
    why: "IPVS 一直支持 IPIP 封装，从 Linux 5.2 和 5.3 起支持 GUE 和 GRE。较旧的内核会接受该条目，但使用 IPIP。",
    symptom: "真实服务器收到无法解封装的报文；连接超时。",
    fix: "使用 IPIP，或在调度器上使用较新的系统。",
  },
  MIXED_FAMILIES_NOT_ON_PLATFORM: {
    title: "调度器的内核不能混用 IPv4 和 IPv6",
    why: "从 Linux 3.18 起，真实服务器的地址有自己的地址族；在此之前，总是当作与虚拟 IP 相同。",
    symptom: "ipvsadm 拒绝该真实服务器。",
    fix: "使用与虚拟 IP 同一地址族的真实服务器，或在调度器上使用较新的系统。",
  },
  NETWORK_NOT_ON_PLATFORM: {
    title: "系统没有这种网络后端",
    why: "网络后端在重启之后重新配置地址。为系统没有的后端写的文件没有程序读取。",
    symptom: "apply 之后有虚拟 IP，重启之后就没有了。",
    fix: "写配置该主机接口的后端，或去掉该键，使用系统自带的后端。",
  },
} as const satisfies Explanations<typeof platformsCodes>;
