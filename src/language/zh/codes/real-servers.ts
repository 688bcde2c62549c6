import type { realServersCodes } from "../../../diagnostics/codes/real-servers.ts";
import type { Explanations } from "../../language.ts";

export const realServersCodesInChinese = {
  REAL_SERVER_PORT_DIFFERS: {
    title: "DR 或 TUN 方式下，真实服务器的端口与服务的不同",
    why: "DR 和 TUN 不改变端口；ipvsadm 会不声不响地写成服务的端口。",
    symptom: "到虚拟 IP 的连接被拒绝：真实服务器监听的是另一个端口。",
    fix: "让服务器监听服务的端口，或使用 NAT。",
  },
  PORT_WITHOUT_EFFECT: {
    title: "真实服务器的端口不起作用",
    why: "在防火墙标记之后，DR 和 TUN 方式的报文保持目的端口不变，不论转发表怎么写。使用持久连接时，NAT 方式下也是如此，不论是在标记之后还是在针对所有端口的服务中：IPVS 把服务的端口改为真实服务器的端口，而那里的服务没有端口。",
    symptom: "连接到达客户端所访问的端口。",
    fix: "去掉该端口。要到达另一个端口，需要使用 NAT，并为那一个端口写一个服务。",
  },
  DUPLICATE_REAL_SERVER: {
    title: "一台真实服务器在服务中出现了两次",
    why: "转发表中每个地址和端口只有一个条目。",
    symptom: 'ipvsadm："Destination already exists"；第二个的权重丢失。',
    fix: '去掉第二个；要得到较大的份额，写较大的 "weight"。',
  },
  REAL_SERVER_IS_VIP: {
    title: "真实服务器的地址是虚拟 IP",
    why: "调度器会把连接转发到它接收连接的那个地址。",
    symptom: "报文在调度器自身交付，或来回循环。",
    fix: "写真实服务器自己的地址。",
  },
  HOST_BY_ADDRESS: {
    title: "已描述的主机按地址写成了真实服务器",
    why: '用 "address" 写的是由他人管理的机器：它得不到脚本，因此 lo 上没有虚拟 IP，也没有 ARP 设置。',
    symptom: "该主机拒绝到虚拟 IP 的连接，或应答对它的 ARP。",
    fix: '用 "host" 写它的名称。',
  },
  THRESHOLDS_CROSSED: {
    title: "下限高于上限",
    why: "达到上限的真实服务器，在低于下限之后重新得到连接。",
    symptom: '内核拒绝该真实服务器："Numerical result out of range"。',
    fix: '让 "lowerThreshold" 不大于 "upperThreshold"。',
  },
} as const satisfies Explanations<typeof realServersCodes>;
