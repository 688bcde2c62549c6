import type { rangesCodes } from "../../../diagnostics/codes/ranges.ts";
import type { Explanations } from "../../language.ts";

export const rangesCodesInChinese = {
  UNKNOWN_POOL: {
    title: "服务所写的服务器池不存在",
    why: '"pool" 是 "pools" 中的一个名称，服务的真实服务器写在那里。',
    symptom: "该服务没有真实服务器，会拒绝所有连接。",
    fix: '按 "pools" 中的写法书写名称，或增加该服务器池。',
  },
  UNUSED_POOL: {
    title: "没有服务使用某个服务器池",
    why: "服务器池通过使用它的服务得到流量。没有服务使用的池虽然会被读取，但不会据此生成任何内容；只在其中作为真实服务器的主机得不到脚本。",
    symptom: "本应分担负载的机器没有负载。",
    fix: '在某个服务的 "pool" 中写上它，或去掉它。',
  },
  RANGE_REVERSED: {
    title: "范围的结尾在开头之前",
    why: "范围从第一个向上数到最后一个；反过来则一个也没有。",
    symptom: "不会据此生成任何内容。",
    fix: "先写较小的一端。",
  },
  RANGE_MIXES_FAMILIES: {
    title: "范围从一个地址族到另一个地址族",
    why: "IPv4 地址与 IPv6 地址之间没有可以计数的内容。",
    symptom: "无法据此生成任何内容。",
    fix: "两端都写 IPv4，或都写 IPv6。",
  },
  RANGE_TOO_LARGE: {
    title: "范围比任何集群都大",
    why: "范围相当于把每个成员都写出来：转发表中的一个条目，或一台有自己脚本的主机。一个范围最多 65,536 个成员，一个描述文件的所有范围合计最多 1,048,576 个。这样大的数字几乎总是某一端写错了。",
    symptom: "调度器加载转发表需要几分钟，其中大部分机器并不存在。",
    fix: "改正写错的一端。一个地址上有非常多的端口时，使用防火墙标记，它把端口范围当作一个服务。",
  },
  RANGE_PADDING: {
    title: "名称范围两端的前导零不一致",
    why: "[01-40] 数的是 01、02、… 40，[1-40] 数的是 1、2、… 40。只有一端带零且长度不同时，不清楚名称是什么。",
    symptom: "生成了 web7 的脚本，而机器叫 web07：它会拒绝执行。",
    fix: "两端写相同的位数，或都不带零。",
  },
  RANGES_UNEQUAL: {
    title: "名称与地址的个数必须相同",
    why: "范围中的主机依次得到地址：第一个名称得到第一个地址，依此类推。如果地址范围的长度不同，有的主机没有地址，或有的地址没有主机。",
    symptom: "从缺口开始，每台主机都会得到相邻主机的地址。",
    fix: "改正写错的范围，或只写第一个地址：其余的从它开始计数。",
  },
  DUPLICATE_HOST: {
    title: '"hosts" 中有两项是同一台主机',
    why: "名称范围中的一个成员在别处又单独写了一次，或在另一个范围中。不清楚它采用哪些设置。",
    symptom: "两者之一会不声不响地生效。",
    fix: "把范围拆开，避开不同的那台主机，例如 web[01-06]、web07 和 web[08-40]。",
  },
  PORTS_BECOME_ONE: {
    title: "一个服务的多个端口变成一个",
    why: "NAT 方式下，写了自己端口的真实服务器总是通过该端口访问，不论客户端访问的是服务的哪个端口。写了多个端口时，对每个端口都是如此。",
    symptom: "应答 HTTP 的程序收到客户端发往 HTTPS 端口的内容，客户端看到握手失败。",
    fix: "去掉真实服务器的端口，使每个端口保持不变；或为每个端口各写一个服务，各用自己的服务器池。",
  },
  CHECK_OTHER_SCHEME: {
    title: "HTTP 端口与 HTTPS 端口使用同一个健康检查",
    why: "有多个端口的服务只有一个健康检查，它以相同的方式检查每个端口。443 上的服务器要求 TLS，80 上的不要求。",
    symptom:
      '所有真实服务器都通不过健康检查（"plain HTTP request was sent to HTTPS port"），写了 "ha" 时该服务一台也不剩。',
    fix: '把类型改为 "tcp"，两者都适用；或用 "check.port" 为所有端口指定一个；或把另一个端口单独描述为使用同一服务器池的服务。',
  },
  DUPLICATE_PORT: {
    title: "服务的一个端口写了两次",
    why: "端口列表中的每个端口是一个服务，而转发表中每个协议、虚拟 IP 和端口只有一个条目。",
    symptom: "ipvsadm：Service already exists。",
    fix: "每个端口只写一次，范围不要重叠。",
  },
} as const satisfies Explanations<typeof rangesCodes>;
