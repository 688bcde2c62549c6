import type { failoverCodes } from "../../../diagnostics/codes/failover.ts";
import type { Explanations } from "../../language.ts";

export const failoverCodesInChinese = {
  DIRECTORS_OFF_SEGMENT: {
    title: "各调度器没有共同的网段",
    why: "调度器通过 VRRP 互相感知，VRRP 不能跨路由器（RFC 5798，TTL 255）；虚拟 IP 也只能在一个网段内移动。",
    symptom: "每台调度器都认为另一台已经失效：两台都持有虚拟 IP，客户端时而访问这一台，时而访问另一台。",
    fix: '为所有调度器写上同一网络中的地址，虚拟 IP 有哪些地址族就写哪些；"ha" 的 "interface" 写该网络的网卡。',
  },
  GATEWAY_DOES_NOT_MOVE: {
    title: "NAT 真实服务器的网关不会移动",
    why: "NAT 方式下，应答从真实服务器的网关出去，该网关就是持有连接的调度器。某一台调度器的地址会随它一起失效。",
    symptom: "主备切换之后，请求到达真实服务器，却没有应答回来。",
    fix: '让真实服务器的 "gateway" 是它们网络中的一个空闲地址，并把它写为 "ha" 的 "gateway"（或 "gateway6"）：它随虚拟 IP 移动。',
  },
  MOVING_GATEWAY_MISPLACED: {
    title: "移动的网关无法移动",
    why: "它是调度器之间相互交接的地址：必须空闲，并且位于每台调度器都在其中的网络。",
    symptom: "两台机器应答对它的 ARP，或主备切换之后没有机器应答。",
    fix: "使用真实服务器与每台调度器共有的网络中的空闲地址。",
  },
  MIXED_VRRP_VERSIONS: {
    title: "一个集群会使用两个版本的 VRRP",
    why: "VRRPv2 不支持 IPv6：keepalived 在 IPv6 实例中总是使用版本 3，不论怎么写，而且间隔的单位也不同。一个集群的各实例是一起移动的。",
    symptom: "IPv6 地址与 IPv4 地址不在同一时刻切换，或者 keepalived 拒绝该文件。",
    fix: '去掉 "version": 2。所有受支持的系统都使用版本 3（RFC 5798）。',
  },
  BAD_ADVERT_INTERVAL: {
    title: "VRRP 无法表示该通告间隔",
    why: "VRRPv3 以百分之一秒计，最大 40.95；VRRPv2 以整数秒计。其他的值 keepalived 会取整，并在自己的检查中拒绝该文件。",
    symptom: "各调度器对主用何时失效的判断不一致。",
    fix: "最多写两位小数；版本 2 写整数秒。",
  },
  SAMPLE_ROUTER_ID: {
    title: "router id 是 keepalived 示例文件中的那一个",
    why: "同一网段中每个集群都需要自己的 router id。51 写在示例文件中，多数手工搭建的集群都是从那里复制的。",
    symptom: "两个集群的调度器互相收到通告：虚拟 IP 消失或同时在两台机器上，日志中充满不存在的地址。",
    fix: "另选一个数字，并记在该网段的地址表中。",
  },
  LOCAL_NODE_WITHOUT_SYNC: {
    title: "兼任真实服务器的调度器需要连接同步",
    why: "主用转给备用的报文在那里也会遇到转发表，并被再次转发：两台之间来回传送。写了 net.ipv4.vs.backup_only=1 时，处于 backup 同步状态的调度器不处理自己的转发表（ipvs-sysctl.rst）。",
    symptom: "报文在两台之间循环，直到 TTL 用完；一部分请求超时。",
    fix: '保持 "sync" 开启，并为调度器写上同一网络中的 IPv4 地址；或者不让调度器兼任真实服务器。',
  },
  NOTHING_TO_ROUTE_TO: {
    title: "路由过来的虚拟 IP 没有可供路由器使用的地址",
    why: "调度器网络之外的虚拟 IP 要通过路由到达，下一跳是某一台调度器的地址。主备切换之后，路由仍指向失效的那一台。",
    symptom: "虚拟 IP 移动了，却没有流量到达。",
    fix: '把该网段中的一个空闲地址写为 "ha" 的 "gateway"，它会随之移动，让路由器转发到那里。',
  },
} as const satisfies Explanations<typeof failoverCodes>;
