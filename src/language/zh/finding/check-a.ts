/** Findings of the rules. */
import type { Phrases } from "../../phrases.ts";

export const checkTexts1: Phrases = {
  "{1} is a real server of {2} and would test itself": "{1} 是 {2} 的真实服务器，测试的会是它自己",
  "run the test on a host that is no real server": "在不是真实服务器的主机上做测试",
  "a real server here": "在这里是真实服务器",
  "{1} is a director: its connections to the VIP do not take the way of a client's":
    "{1} 是调度器：它到虚拟 IP 的连接不走客户端的路径",
  "run the test on a host of its own": "在另一台主机上做测试",
  "a director here": "在这里是调度器",
  "{1} is on the segment of the real servers of {2}: in NAT their replies bypass the director":
    "{1} 与 {2} 的真实服务器在同一网段：NAT 方式下，它们的应答会绕过调度器",
  "run the test from another segment": "从另一个网段做测试",
  "a NAT real server": "NAT 方式的真实服务器",
  "{1} is only a client: no script would see to its {2}": "{1} 只是客户端：没有脚本会处理它的 {2}",
  'take "{1}" out, or give {2} another role': '去掉 "{1}"，或让 {2} 担任另一个角色',
  "{1} is exported already": "{1} 已经导出",
  "put all its clients in one export": "把它的全部客户机写在同一个导出中",
  "the first one": "第一处",
  "{1} has a backslash and three octal digits, which the NFS server takes for one character":
    "{1} 中有反斜杠和三位八进制数字，NFS 服务器会把它当作一个字符",
  "export a directory with another name": "导出另一个名称的目录",
  "{1} lies within the export {2}": "{1} 位于导出 {2} 之内",
  "export one of the two, or separate directories": "只导出其中一个，或导出互不包含的目录",
  "the outer one": "外层的导出",
  "everyone may write in {1} (mode {2})": "任何人都可以在 {1} 中写入（权限 {2}）",
  'use "owner" or "group" with a mode such as "0755" or "0775"':
    '使用 "owner" 或 "group"，并把权限写为 "0755" 或 "0775" 之类',
  "{1} is no address or network": "{1} 不是地址或网络",
  'write it as "192.168.80.12", "192.168.80.0/24", "192.168.80.0/255.255.255.0" or "2001:db8::/64"':
    '写成 "192.168.80.12"、"192.168.80.0/24"、"192.168.80.0/255.255.255.0" 或 "2001:db8::/64"',
  "everyone may mount {1}": "任何人都可以挂载 {1}",
  'name the network of its clients, such as "192.168.80.0/24"': '写上其客户机的网络，例如 "192.168.80.0/24"',
  'give the directors addresses in one network, and let "interface" of "ha" be the one that has them, or take it out':
    '为各调度器写上同一网络中的地址，并让 "ha" 的 "interface" 指向有这些地址的接口，或去掉它',
  "of {1}": "{1} 的",
  'real servers in NAT lose their gateway with the director that has it: "ha" has no "{1}"':
    'NAT 方式的真实服务器会随持有网关的调度器一起失去网关："ha" 没有 "{1}"',
  'add "{1}": a free address in the network of the real servers, which is their gateway and moves with the VIPs':
    '增加 "{1}"：真实服务器所在网络中的一个空闲地址，作为它们的网关，并随虚拟 IP 移动',
  "a real server in NAT": "一台 NAT 方式的真实服务器",
  "the moving gateway {1} is {2} address": "移动的网关 {1} 是{2*}地址",
  "{1} is the address of {2}, with which it stays": "{1} 是 {2} 的地址，它固定属于该主机",
  "the address of {1}": "{1} 的地址",
  "the moving gateway {1} lies in no network of {2}": "移动的网关 {1} 不在 {2} 的任何网络中",
  "write a free address in a network that every director is in": "写上每台调度器都在其中的网络里的一个空闲地址",
  "version 2 of VRRP knows no IPv6, which some of the virtual addresses are":
    "VRRP 版本 2 不支持 IPv6，而有的虚拟 IP 是 IPv6",
  'take "version" out: version 3 carries both': '去掉 "version"：版本 3 两者都支持',
  "version 2 of VRRP counts whole seconds, not {1}": "VRRP 版本 2 只能用整数秒，不能用 {1}",
  "version 3 of VRRP counts hundredths of a second up to 40.95, not {1}":
    "VRRP 版本 3 以百分之一秒计，最大 40.95，不能用 {1}",
  'write whole seconds, or take "version" out': '写整数秒，或去掉 "version"',
  "write at most two decimals, up to 40.95": "最多写两位小数，不超过 40.95",
  "version 2": "版本 2",
  "{1} is the router id of keepalived's sample file, and so of many a cluster":
    "{1} 是 keepalived 示例文件中的 router id，许多集群都在用它",
  "write a number that nobody else on the segment has: tcpdump -ni INTERFACE 'ip proto 112' shows who is there":
    "写一个同一网段中没有其他设备使用的数字：用 tcpdump -ni INTERFACE 'ip proto 112' 查看有哪些",
  "{1} is a director and a real server: as the backup it has to leave the table alone, which the kernel does by the sync of connections":
    "{1} 既是调度器又是真实服务器：它作为备用时不得处理转发表，内核靠连接同步做到这一点",
  'take "sync": false out of "ha" (and give the directors IPv4 addresses in one network), or keep directors and real servers apart':
    '从 "ha" 中去掉 "sync": false（并为各调度器写上同一网络中的 IPv4 地址），或者不让调度器兼任真实服务器',
  "without sync": "没有连接同步",
  "the VIPs of {1} are routed, and no address in a network of theirs moves that a router could send to":
    "{1} 的虚拟 IP 是路由过来的，而它们的网络中没有会移动的地址可供路由器转发",
  'add "{1}" to "ha": a free address of the segment, to which the router sends':
    '在 "ha" 中增加 "{1}"：该网段中的一个空闲地址，由路由器转发到它',
  "{1} is IPv{2} while {3} is IPv{4}": "{1} 是 IPv{2}，而 {3} 是 IPv{4}",
  "make a service of its own for each family": "为每个地址族各写一个服务",
  "{1} has no IPv{2} address, which the VIP {3} needs in {4}":
    "{1} 没有 IPv{2} 地址，而虚拟 IP {3} 在 {4} 方式下需要它",
  "write an address of the family of the VIP": "写上与虚拟 IP 同一地址族的地址",
  'give {1} "{2}"': '为 {1} 写上 "{2}"',
  "the VIP {1} is IPv{2} and the director {3} has no such address": "虚拟 IP {1} 是 IPv{2}，而调度器 {3} 没有这种地址",
  'give {1} "{2}", or use a VIP of its family': '为 {1} 写上 "{2}"，或使用与它同一地址族的虚拟 IP',
  "the director": "该调度器",
  "{1} of {2} has a mark already (service {3})": "{2} 的{1~}已经有标记（服务 {3}）",
  'let each port of a VIP be in one "match"': '让虚拟 IP 的每个端口只出现在一个 "match" 中',
  "{1} of {2} meets another match of the service {3}, and one lies within the other":
    "{2} 的{1~}与服务 {3} 的另一个 match 重叠，其中一个包含另一个",
  "take the narrower one out": "去掉较窄的那个",
  "{1} of {2} and a match of the service {3} have packets in common, and neither lies within the other":
    "{2} 的{1~}与服务 {3} 的一个 match 有共同的报文，且互不包含",
  "split one of the two, so that its parts lie within the other or have nothing in common with it: of two matches the narrower wins":
    "拆开其中一个，使各部分要么包含在另一个之内，要么与它没有共同之处：两个 match 中以较窄的为准",
  "the mark takes the traffic of the service {1}": "该标记取走了服务 {1} 的流量",
  'let that service have a mark too, with a "match" for {1} port {2} of {3}: the narrower one wins':
    '让那个服务也使用标记，并写上对应 {3} 的 {1} 端口 {2} 的 "match"：以较窄的为准',
  "leave {1} port {2} of {3} out of the match, or take the other service out":
    "从 match 中去掉 {3} 的 {1} 端口 {2}，或去掉另一个服务",
  "gets no connection": "得不到任何连接",
  "{1} is IPv{2} while {3} is IPv{4}: nothing goes from the one to the other":
    "{1} 是 IPv{2}，而 {3} 是 IPv{4}：两者之间没有流量",
  "write a network of IPv{1}": "写 IPv{1} 的网络",
  "{1} is an address in its network, not the network": "{1} 是网络中的一个地址，不是网络本身",
  "write {1}, or the prefix length of a smaller network": "写 {1}，或写较小网络的前缀长度",
  "{1} has no interface {2}": "{1} 没有接口 {2}",
  "every packet": "所有报文",
  "every {1} port": "{1} 的所有端口",
  "{1} port {2}": "{1} 端口 {2}",
  "{1} ports {2}-{3}": "{1} 端口 {2}-{3}",
  "{1} opens none in the firewall of {2}": "{1~}不会在 {2+} 的防火墙中开放任何端口",
  "port 0, every port,": "端口 0（所有端口）",
  "a match of every port": "所有端口的 match",
  'write {1}a "match" for each port or range that is served, which opens them; or let the rules of those hosts be yours: "firewall": "keep"':
    '写{1~}每个提供服务的端口或端口范围各一个 "match"，这样就会开放它们；或者由你自己管理这些主机的规则："firewall": "keep"',
  '"fwmark" with': '"fwmark" 以及',
  "{1} tracks the connections of {2}, whose replies it never sees":
    "{1} 会跟踪 {2} 的连接，而它从来看不到这些连接的应答",
  'write "fwmark" with a "match" for each port or range that is served: then what clients send there is not tracked':
    '写 "fwmark"，并为每个提供服务的端口或端口范围各写一个 "match"：这样客户端发到那里的报文就不会被跟踪',
  'leave net.ipv4.vs.conntrack out of "sysctls": it is for NAT':
    '从 "sysctls" 中去掉 net.ipv4.vs.conntrack：它是给 NAT 用的',
  "a director": "调度器",
  "a real server": "真实服务器",
  '{1} whose firewall is "{2}"': '{1~}（其防火墙为 "{2}"）',
  "{1} is to forward nothing, and has to: {2}": "{1} 被描述为不转发，而它必须转发：{2~}",
  'leave "forwarding" out: NAT turns it on': '去掉 "forwarding"：NAT 会开启它',
  'write "fwmark" with a "match" for port 21 and one for the passive ports of the FTP servers, such as "50000-50100", and "persistence"':
    '写 "fwmark"，为端口 21 写一个 "match"，再为 FTP 服务器的被动端口（例如 "50000-50100"）写一个，并写 "persistence"',
  "need persistence": "需要持久连接",
  "go to other ports of the VIP, which this service does not have": "会访问该虚拟 IP 的其他端口，而本服务没有这些端口",
  "in {1} the data connections of FTP {2}": "{1} 方式下，FTP 的数据连接{2~}",
  "{1} lies in no network of {2}": "{1} 不在 {2} 的任何网络中",
  "write the address of the router on a segment of {1}": "写 {1} 所在网段上路由器的地址",
  "a network of {1}": "{1} 的网络",
  "{1} is its own gateway": "{1} 以自己为网关",
  "write the address of the router": "写路由器的地址",
  "the director {1}": "调度器 {1}",
  "the directors' moving gateway": "调度器的移动网关",
  "the gateway of {1}, a real server in {2}, is {3}": "{1} 是 {2} 方式的真实服务器，其网关是{3~}",
  "write the address of the router: replies go past the director": "写路由器的地址：应答不经过调度器",
  'give the directors addresses in {1}, let "{2}" of "ha" be another one there, and let "{3}" of {4} be that one':
    '为各调度器写上 {1~} 中的地址，让 "ha" 的 "{2}" 是其中另一个地址，并让 {4} 的 "{3}" 就是那一个',
  'let "{1}" of "ha" be a free address in {2}, where the directors are, and let "{3}" of {4} be that one':
    '让 "ha" 的 "{1}" 是 {2~} 中的一个空闲地址（各调度器都在其中），并让 {4} 的 "{3}" 就是那一个',
  'let "{1}" be {2}': '让 "{1}" 为{2~}',
  '"{1}" of "ha"': '"ha" 的 "{1}"',
  "an address of the director": "调度器的地址",
  'give the director an address in {1}, and let "{2}" be that one': '为调度器写上 {1~} 中的地址，并让 "{2}" 就是那一个',
  '{1} is a real server in NAT and has no "{2}"': '{1} 是 NAT 方式的真实服务器，却没有 "{2}"',
  "the gateway of {1}, a real server in NAT, is {2}": "{1} 是 NAT 方式的真实服务器，其网关{2~}",
  "not the one that moves with the VIPs": "不是随虚拟 IP 移动的那一个",
  "no director": "不是调度器",
  "an address of {1}": "{1} 的地址",
  "the kernel's table of mh has {1} places, and refuses more real servers: {2} has {3}":
    "内核中 mh 的表有 {1} 个位置，不接受更多的真实服务器：{2} 有 {3} 台",
  "use another scheduler, or several services with fewer real servers each":
    "使用另一种调度算法，或拆成真实服务器较少的多个服务",
  "weights fill it real server by real server": "按权重逐台填充",
  "{1} tracks the connections of {2} because of NAT, and never sees the replies of {3}: behind firewalld or ufw on {4} no connection to them comes about":
    "{1} 因 NAT 而跟踪 {2} 的连接，却看不到 {3+} 的应答：如果 {4} 上 firewalld 或 ufw 在运行，到它们的连接无法建立",
  'give those in NAT and the others a service each, at virtual addresses or ports of their own; or let all real servers of {1} have one "mode"':
    '让 NAT 方式的与其他的各用一个服务，使用各自的虚拟 IP 或端口；或让 {1} 的所有真实服务器使用同一种 "mode"',
};
