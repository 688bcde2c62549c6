import type { firewallMarksCodes } from "../../../diagnostics/codes/firewall-marks.ts";
import type { Explanations } from "../../language.ts";

export const firewallMarksCodesInChinese = {
  OVERLAPPING_MATCHES: {
    title: "两个防火墙标记争用同一流量",
    why: "一个报文只有一个标记。如果一个 match 在来源、接口、协议方面，或作为所有端口中的一个端口，包含在另一个服务的 match 之内，以较窄的为准。两者相同、范围重叠或仅部分相交时，没有哪个较窄；在同一服务之内，较窄的没有新的含义。",
    symptom: "两个服务之一会得到本属于另一个的流量，仅取决于规则的次序。",
    fix: '让虚拟 IP 的每个端口只出现在一个 "match" 中，或让其中一个包含在另一个之内。',
  },
  MATCH_SHADOWS_SERVICE: {
    title: "防火墙标记取走了另一个服务的流量",
    why: "IPVS 先查标记，再查地址和端口。",
    symptom: "按地址的服务永远得不到连接。",
    fix: '从 "match" 中去掉该端口，或去掉另一个服务；或者让那个服务也使用标记，且它的 "match" 较窄。',
  },
  UNKNOWN_MATCH_INTERFACE: {
    title: "调度器没有这个接口",
    why: '"match" 的 "interface" 是报文进入的接口，在每台调度器上都是如此。',
    symptom: "规则永远不匹配：流量得不到标记，服务得不到连接。",
    fix: "写调度器的某个接口的名称，或描述该接口。",
  },
} as const satisfies Explanations<typeof firewallMarksCodes>;
