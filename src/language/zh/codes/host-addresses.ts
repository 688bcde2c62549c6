import type { hostAddressesCodes } from "../../../diagnostics/codes/host-addresses.ts";
import type { Explanations } from "../../language.ts";

export const hostAddressesCodesInChinese = {
  DUPLICATE_ADDRESS: {
    title: "两个接口的地址相同",
    why: "一个地址属于一台机器；两台都有时，会互相应答对它的 ARP。",
    symptom: '连接时而到这一台，时而到另一台（"duplicate address detected"）。',
    fix: "为第二个写上它自己的地址。",
  },
  OVERLAPPING_NETWORKS: {
    title: "两个网络重叠",
    why: "同一网段的主机前缀长度相同，同一主机的两个接口在不同的网络中。否则主机会把相邻的机器当作路由器后面的机器，或选错接口。",
    symptom: "有的主机之间互相不通；应答从错误的接口出去；两个接口都应答 ARP。",
    fix: "网段中所有主机写相同的前缀长度，不同接口使用不同的网络。",
  },
  NETWORK_OR_BROADCAST_ADDRESS: {
    title: "把网络的第一个或最后一个地址用于机器",
    why: "第一个地址代表网络，最后一个地址到达网络中的所有主机。",
    symptom: "内核拒绝到它的连接，或网段中的每台主机都收到报文。",
    fix: "使用两者之间的地址。",
  },
  UNUSABLE_ADDRESS: {
    title: "网络中的机器不能使用的地址",
    why: "环回、组播、链路本地、未指定和保留地址不能通过网络到达一台机器。",
    symptom: "报文不会离开主机，或到不了任何机器。",
    fix: "使用客户端与服务器共有的网络中的地址。",
  },
  RIP_NOT_OF_HOST: {
    title: "转发表中真实服务器的地址不是它自己的",
    why: '"rip" 写明调度器转发到主机的哪个地址。发往别的地址的报文会到达另一台机器，或到不了任何机器。',
    symptom: "分给这台真实服务器的连接超时。",
    fix: '写它的某个地址；其他地址写在主机或接口的 "addresses" 中。',
  },
} as const satisfies Explanations<typeof hostAddressesCodes>;
