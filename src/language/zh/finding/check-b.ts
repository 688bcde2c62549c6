/** Findings of the rules. */
import type { Phrases } from "../../phrases.ts";

export const checkTexts2: Phrases = {
  "each real server gets one in turn": "每台真实服务器轮流得到一个位置",
  "the kernel's table of {1} has {2} places, and {3}: of {4} {5}": "内核中 {1} 的表有 {2} 个位置，{3~}：{4} 中 {5~}",
  "a share that is not the described one": "所占份额与描述不符",
  "at most {1} real servers have a share; use another scheduler, or several services":
    "最多 {1} 台真实服务器能有份额；使用另一种调度算法，或拆成多个服务",
  ", such as {1},": "，例如 {1~}，",
  "and so on": "，依此类推",
  "use smaller weights of the same proportion{1} or mh, which scales them (Linux 4.18)":
    "使用比例相同但较小的权重{1~}或 mh，它会按比例换算（Linux 4.18）",
  'let "onFailure" of its check be "remove"': '让其健康检查的 "onFailure" 为 "remove"',
  'add "{1}-fallback" to "schedulerFlags"': '在 "schedulerFlags" 中增加 "{1}-fallback"',
  "a real server of {1} that is drained{2} keeps places in the table of {3} with weight 0: clients that hash to them are refused":
    "{1} 中被排空{2~}的真实服务器以权重 0 保留在 {3} 的表中：散列到它的客户端会被拒绝",
  "or fails its check": "或未通过健康检查",
  ", or": "，或",
  "the service is on every port, and the check names none": "该服务针对所有端口，而健康检查没有写端口",
  'add "port" to the check, or write "type": "none"': '在健康检查中增加 "port"，或写 "type": "none"',
  "every port": "所有端口",
  'a check of type "{1}" uses {2}, which the service does not': '类型为 "{1}" 的健康检查使用 {2}，而该服务不用',
  'use a check of the protocol of the service, or say which port it is for with "port"':
    '使用与服务协议相同的健康检查，或用 "port" 写明它检查的端口',
  "the certificate is verified, but the check does not say for which name: it would have to be for the VIP":
    "要验证证书，但健康检查没有写验证哪个名称：那只能是虚拟 IP",
  'add "name" (and "ca" for an authority of your own), or "verify": false to take any certificate':
    '增加 "name"（使用自己的证书颁发机构时再加 "ca"），或写 "verify": false 接受任何证书',
  "the check takes any certificate: whoever is on the way can answer it":
    "该健康检查接受任何证书：沿途的任何人都可以应答它",
  'write "name" and "ca", and take "verify" out': '写上 "name" 和 "ca"，并去掉 "verify"',
  "the {1} cannot be read": "{1~}无法读取",
  "certificate number {1}": "第 {1} 个证书",
  "copy the authority's PEM file whole; openssl x509 -noout -text -in FILE shows whether it is one":
    "完整复制颁发机构的 PEM 文件；用 openssl x509 -noout -text -in FILE 检查它是不是证书",
  "{1} is an address of {2}": "{1} 是 {2} 的地址",
  "give {1} an address of its own": "为 {1} 写上它自己的地址",
  "the network of {1} overlaps that of {2} ({3})": "{1} 的网络与 {2} 的网络（{3}）重叠",
  "write the same prefix length on one segment, and separate networks for separate ones":
    "同一网段写相同的前缀长度，不同网段使用不同的网络",
  "the other network": "另一个网络",
  "{1} and {2} of {3} are on one network": "{3} 的 {1} 和 {2} 在同一网络中",
  "put the second interface on a network of its own": "把第二个接口放到它自己的网络中",
  "the other interface": "另一个接口",
  "{1} is the {2} address of its network /{3}": "{1} 是其网络 /{3} 的{2~}地址",
  "give {1} an address between the first and the last, or correct the prefix length":
    "为 {1} 写上网络中第一个与最后一个之间的地址，或改正前缀长度",
  "{1} is {2} address": "{1} 是{2*}地址",
  "give {1} an address of the network that it serves": "为 {1} 写上它所服务的网络中的地址",
  "{1} is no address of {2}": "{1} 不是 {2} 的地址",
  'write one of {1}, or add it to "addresses"': '写 {1+} 之一，或把它加入 "addresses"',
  "keepalived {1} of {2}": "{2~} 的 keepalived {1}",
  "{1} runs {2}": "{1} 的系统是 {2~}",
  "{1}, or use another system on {2}": "{1~}，或在 {2} 上使用另一种系统",
  "a check of type {1}": "类型为 {1} 的健康检查",
  "has no check of UDP": "没有 UDP 健康检查",
  'write "type": "none"': '写 "type": "none"',
  "looks for no text in an answer": "不检查应答中的文本",
  'write "status" and take "body" out': '写 "status"，并去掉 "body"',
  "compares one status, and takes any answer where none is written":
    "只比较一个状态码；没有写状态码时，任何应答都算通过",
  'add "status", such as 200': '增加 "status"，例如 200',
  "this is {1} bytes in keepalived's file, which holds {2} in a line":
    "这在 keepalived 的文件中有 {1} 字节，而它一行最多 {2} 字节",
  "let the server answer on a shorter path": "让服务器在较短的路径上应答",
  "write a shorter part of the answer": "写应答中较短的一部分",
  "{1} names no host when TLS begins (SNI): a server that insists on it fails the check":
    "{1~} 在 TLS 开始时不提供主机名（SNI）：坚持要求它的服务器通不过健康检查",
  "make sure that the real servers answer without it: openssl s_client -noservername -connect ADDRESS:PORT":
    "确认真实服务器在没有它时也能应答：openssl s_client -noservername -connect ADDRESS:PORT",
  "does not know the scheduler twos": "不支持调度算法 twos",
  "use another scheduler": "使用另一种调度算法",
  "refuses every client mask of IPv4": "不接受任何 IPv4 客户端掩码",
  'take "prefix" out': '去掉 "prefix"',
  "knows one forwarding method a service": "一个服务只支持一种转发方式",
  'take "mode" out': '去掉 "mode"',
  "keepalived {1} of {2} takes long to reload {3} real servers":
    "{2~} 的 keepalived {1} 重新加载 {3} 台真实服务器需要很长时间",
  "plan for a minute from an apply to its effect on health checks, or make several clusters of it; drain acts at once all the same":
    "从 apply 到健康检查生效，按一分钟计划，或拆成多个集群；drain 仍然立即生效",
  "{1} is no client of the export {2}": "{1} 不是导出 {2} 的客户机",
  "add {1} or its network to the clients of the export": "把 {1} 或它的网络加入该导出的客户机",
  "its clients": "它的客户机",
  "the mount on {1} would hide that on {2} of {3}": "{1} 上的挂载会遮住 {3} 的 {2} 上的挂载",
  "write the outer mount before the inner one": "把外层的挂载写在内层的之前",
  "the inner one": "内层的挂载",
  "the mount point's unit would have a name of {1} bytes, {2} are the most":
    "该挂载点的单元名称会有 {1} 字节，最多 {2} 字节",
  "use a shorter path, with letters, digits, dots and underscores (any other byte becomes four)":
    "使用较短的路径，由字母、数字、点和下划线组成（其他每个字节会变成四个）",
  "{1} of {2} lies on the mount {3}, which is read-only": "{2} 的 {1} 位于只读的挂载 {3} 上",
  'export and mount it with "rw", or let the NFS server write the file': '以 "rw" 导出并挂载，或让 NFS 服务器写该文件',
  "{1} is in {2} as well: in NAT its replies to clients there bypass the director":
    "{1} 也在{2~}中：NAT 方式下，它对那里客户端的应答会绕过调度器",
  'take {1} of {2} out of {3}, or use "mode": "dr", where replies go that way':
    '从{3~}中去掉 {2} 的 {1}，或使用 "mode": "dr"，应答本来就走那条路径',
  "the network of the VIP": "虚拟 IP 的网络",
  "the VIP": "该虚拟 IP",
  "the network of {1}": "{1} 的网络",
  "a client": "客户端",
  '"{1}" contradicts "{2}"': '"{1}" 与 "{2}" 矛盾',
  "take one of the two out": "去掉其中一个",
  "the other one": "另一个",
  "the path has {1} bytes, {2} are the most": "路径有 {1} 字节，最多 {2} 字节",
  "use shorter names or fewer directories (a letter outside ASCII has two to four bytes)":
    "使用较短的名称或较少的目录层次（ASCII 以外的字母占两到四个字节）",
  "a name in the path has {1} bytes, {2} are the most": "路径中有一个名称为 {1} 字节，最多 {2} 字节",
  "use a shorter name (a letter outside ASCII has two to four bytes)":
    "使用较短的名称（ASCII 以外的字母占两到四个字节）",
  "{1} of {2} has two owners": "{2} 的 {1} 有两个所有者",
  "{1} of {2} lies below the file {3}": "{2} 的 {1} 位于文件 {3} 之下",
  "keep one of the two": "保留其中一个",
  "the other one, a {1}": "另一个，类型为 {1}",
  "{1} of {2} is on a share where {3} writes it with other content":
    "{2} 的 {1} 在共享目录上，而 {3} 在那里写入的内容不同",
  "let the hosts mount separate shares, or write the same content": "让这些主机挂载不同的共享目录，或写入相同的内容",
  "written by {1}": "由 {1} 写入",
  "the kernel of {1} has no scheduler {2}": "{1~} 的内核没有调度算法 {2}",
  "use another scheduler, or another system on {1}": "使用另一种调度算法，或在 {1} 上使用另一种系统",
  "ipvsadm {1} of {2} knows no SCTP services": "{2~} 的 ipvsadm {1} 不支持 SCTP 服务",
  "use another system on {1}, or a firewall mark": "在 {1} 上使用另一种系统，或使用防火墙标记",
  "the kernel of {1} wraps packets in IPIP alone, not in {2}": "{1~} 的内核只支持 IPIP 封装，不支持 {2}",
  'write "type": "ipip", or use another system on {1}': '写 "type": "ipip"，或在 {1} 上使用另一种系统',
  "{1} cannot forward IPv{2} to the IPv{3} address of {4}": "{1~} 不能把 IPv{2} 转发到 {4} 的 IPv{3} 地址",
  "use real servers with IPv{1}, or another system on {2}": "使用 IPv{1} 的真实服务器，或在 {2} 上使用另一种系统",
  "{1} has no {2}": "{1~} 没有 {2}",
  "write one of {1}, or leave it out": "写 {1+} 之一，或去掉它",
  "port {1} of {2} differs from port {3} of the service, which {4} cannot change":
    "{2} 的端口 {1} 与服务的端口 {3} 不同，而 {4} 方式不能改变端口",
  'let it listen on {1} and take "port" out, or use "mode": "nat"': '让它监听 {1} 并去掉 "port"，或使用 "mode": "nat"',
  "the port of the service": "服务的端口",
  "in {1} the packet keeps its port, so that port {2} has no effect": "{1} 方式下报文保持原来的端口，端口 {2} 不起作用",
  'take "port" out, or use "mode": "nat"': '去掉 "port"，或使用 "mode": "nat"',
  "behind this mark": "在这个标记之后",
  "in a service of every port": "在针对所有端口的服务中",
  "with persistence behind a mark": "在标记之后使用持久连接时",
  "{1} a packet keeps its port, so that port {2} has no effect": "{1~}，报文保持原来的端口，端口 {2} 不起作用",
  'take "port" out, or describe a service for each port of the VIP':
    '去掉 "port"，或为虚拟 IP 的每个端口各描述一个服务',
  "this persistence": "这里的持久连接",
  "{1} port {2} stands in this service already": "{1} 端口 {2} 已在本服务中",
  'take it out; a larger share is a larger "weight"': '去掉它；要得到较大的份额，写较大的 "weight"',
  "{1} is a VIP": "{1} 是虚拟 IP",
};
