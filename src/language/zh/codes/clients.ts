import type { clientsCodes } from "../../../diagnostics/codes/clients.ts";
import type { Explanations } from "../../language.ts";

export const clientsCodesInChinese = {
  CLIENT_IS_REAL_SERVER: {
    title: "客户端是它所测试服务的真实服务器",
    why: "真实服务器自己带有虚拟 IP：它到虚拟 IP 的连接根本不会离开本机。",
    symptom: "测试得到的总是它自己的页面，调度器停机时也会通过。",
    fix: "在不是真实服务器的主机上做测试。",
  },
  CLIENT_IS_DIRECTOR: {
    title: "客户端是调度器",
    why: "调度器自己带有虚拟 IP：它自己的连接不走客户端的路径，ARP 测试也看不到任何东西。",
    symptom: "测试卡住，或者没有测试网络就通过。",
    fix: "在另一台主机上做测试。",
  },
  CLIENT_ON_NAT_SUBNET: {
    title: "客户端与 NAT 真实服务器在同一网段",
    why: "真实服务器会直接应答相邻的机器，不经过调度器，而调度器本应改写该应答。",
    symptom: "客户端收到来自真实服务器地址的 SYN-ACK，并将其复位。",
    fix: "从另一个网段做测试。",
  },
  CLIENT_WITH_RESOURCES: {
    title: "只是客户端的主机写了软件包、单元或文件",
    why: "`client-test.sh` 不做任何改动；没有这台主机的脚本会安装它们。",
    symptom: "描述了的文件永远不会写入。",
    fix: "去掉它们，或让该主机担任一个角色。",
  },
} as const satisfies Explanations<typeof clientsCodes>;
