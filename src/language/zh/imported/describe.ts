/** What the description and its comments say. */
import type { Phrases } from "../../phrases.ts";

export const importedDescribeTexts: Phrases = {
  "no input says the director's own address (--director NAME=ADDRESS/PREFIX)":
    "输入中没有写明调度器自己的地址（--director NAME=ADDRESS/PREFIX）",
  "no input says its name and its prefix length (--director NAME=ADDRESS/PREFIX)":
    "输入中没有写明它的名称和前缀长度（--director NAME=ADDRESS/PREFIX）",
  "no input says its address of IPv{1} (--director NAME=ADDRESS/PREFIX, once more)":
    "输入中没有写明它的 IPv{1#} 地址（再写一个 --director NAME=ADDRESS/PREFIX）",
  "who the other directors are is not in the inputs": "输入中没有写明其他调度器是谁",
  'import their files too, or name them in "directors"; VRRP stands in the description as a comment':
    '把它们的文件也导入，或在 "directors" 中写出它们；VRRP 在描述文件中是注释',
  "{1}: vrrp_instance {2}": "{1}：vrrp_instance {2!}",
  'lvsgen does not build "ha" yet: one director carries the VIPs': 'lvsgen 还不能生成 "ha"：由一台调度器承载虚拟 IP',
  'With one director keepalived checks the real servers alone. With the others in "directors" as well:':
    '只有一台调度器时 keepalived 只检查真实服务器。其他调度器也写入 "directors" 后：',
  "lvsgen moves all VIPs of a cluster together, under one router id":
    "lvsgen 把一个集群的全部虚拟 IP 一起切换，使用同一个 router id",
  "make a cluster of its own of VIPs that move for themselves": "单独切换的虚拟 IP 另建一个集群",
  "Without this line the directors tell each other of connections, which go on after a failover then.":
    "没有这一行时，各调度器互相同步连接，主备切换后连接得以继续。",
  "the directors tell each other of connections by IPv4, and no input says such an address of theirs":
    "各调度器通过 IPv4 同步连接，而输入中没有它们的 IPv4 地址",
  "give the files of their networks too, or --director NAME=ADDRESS/PREFIX: they do it by IPv6 else":
    "把它们网络配置的文件也给出，或写 --director NAME=ADDRESS/PREFIX：否则通过 IPv6",
  "the directors tell each other of connections by IPv6: lvsgen has them do it by IPv4 where they have both":
    "各调度器通过 IPv6 同步连接：两者都有时 lvsgen 使用 IPv4",
  "see whether IPv4 may be used between them": "查看它们之间能否使用 IPv4",
  "version {1} of VRRP beside {2} for IPv6: a cluster has one, and it is {3}":
    "VRRP 版本 {1}，而 IPv6 用 {2}：一个集群只有一个版本，即 {3}",
  "stop the old keepalived on every director before the new one starts: they do not hear each other":
    "新的 keepalived 启动前，先停止每台调度器上旧的：两者互相听不到",
  "{1}: no service is on it": "{1!}：没有服务使用它",
  "no virtual server is on {1}": "{1} 上没有 virtual_server",
  'lvsgen does not build "sysctls" yet': 'lvsgen 还不能生成 "sysctls"',
  "a further address on {1}, which is not the host's default interface": "{1} 上的另一个地址，而它不是主机的默认接口",
  "lvsgen leaves it alone; say it where a VIP or a real server needs it":
    "lvsgen 不动它；虚拟 IP 或真实服务器需要它时写出来",
  "no file says the address of {1}": "没有文件写明 {1} 的地址",
  "give the files of its network too, or --realserver {1}=ADDRESS/PREFIX":
    "把它网络配置的文件也给出，或写 --realserver {1}=ADDRESS/PREFIX",
  "no input names a network interface": "输入中没有网络接口",
  "no input says their names and prefix lengths (--realserver NAME=ADDRESS/PREFIX)":
    "输入中没有写明它们的名称和前缀长度（--realserver NAME=ADDRESS/PREFIX）",
  "no script for {1}": "{1+} 没有脚本",
  "in NAT as well, where a host needs its gateway: what carries the VIP there stays by hand (--realserver NAME=ADDRESS/PREFIX)":
    "它也在 NAT 方式的服务中，作为主机需要它的网关：承载虚拟 IP 的设置仍靠手工（--realserver NAME=ADDRESS/PREFIX）",
  "real servers as hosts": "真实服务器作为主机",
  "Language of the bundle's documents.": "部署包中文档的语言。",
  "Names the cluster in everything that lvsgen puts on a host.": "lvsgen 放到主机上的所有内容都用这个名称称呼集群。",
  "the platform {1}": "平台 {1}",
  "the interface {1}": "接口 {1}",
  "Every machine, with the address that it has already.": "所有主机，以及它们已有的地址。",
  "the director {1}, {2}": "调度器 {1}，{2}",
  '"ha" with a "routerId", which no input has': '"ha" 及其 "routerId"，输入中没有',
  "a table does not say whether they are drained or were taken out by a check: it stays":
    "转发表没有说明它们是被排空还是被健康检查摘除：保持不变",
  "no virtual server is in the inputs, and a description has one at least": "输入中没有虚拟服务，而描述文件至少有一个",
  "import the file that has them, or write the service": "导入含有它们的文件，或写出服务",
  "MISSING: no input has a virtual server. A service is such as:": "缺少：输入中没有虚拟服务。服务的写法例如：",
  "{1} would be the next: several directors need {2}": "下一台应是 {1}：多台调度器需要 {2*}",
  'MISSING: what gets the mark {1} stands in rules of the firewall. Such as { "vip": "192.0.2.1", "protocol": "tcp", "port": 80 }':
    '缺少：得到标记 {1} 的流量写在防火墙规则中。例如 { "vip": "192.0.2.1", "protocol": "tcp", "port": 80 }',
  "a cluster has one NFS server, and {1} is it": "一个集群只有一台 NFS 服务器，即 {1}",
  "make a cluster of its own for what {1} exports": "为 {1} 导出的内容另建一个集群",
  "… and {1} more": "… 另有 {1#} 个",
  'lvsgen does not build "{1}" yet': 'lvsgen 还不能生成 "{1}"',
  "see which of the two is right: directors that do not say the same take each other for dead":
    "查看两者哪个正确：所发内容不同的调度器会认为对方已损坏",
  "{1} has no such router id": "{1} 没有这个 router id",
  "{1} has another {2}": "{1@} 的 {2*} 不同",
  "the ipvsadm of these rules is too old to name the type of a tunnel": "导出这些规则的 ipvsadm 太旧，不能写出隧道类型",
  "a system that can do what is described": "能够实现所描述内容的系统",
  "it has no real server": "它没有真实服务器",
  "none of its real servers can be carried over": "它的真实服务器都无法转入",
  "{1}, and a service of the description has one at least": "{1*}，而描述文件中的服务至少有一台",
  "NOT TAKEN: which traffic gets the mark is not in the inputs (--mark)":
    "未采用：输入中没有写明哪些流量得到该标记（--mark）",
  "say which VIP, protocol and port get it: --mark {1}=VIP:PORT/tcp":
    "写明哪个虚拟 IP、协议和端口得到它：--mark {1}=VIP:PORT/tcp",
  "which traffic gets the mark {1} is not in the inputs": "输入中没有写明哪些流量得到标记 {1}",
  "{1} leaves the port as it is: port {2} of {3} never had an effect": "{1} 不改变端口：{3} 的端口 {2} 从未起作用",
  "where it listens on port {1}, nothing is left to do; where it does not, it never served: let it, or forward by NAT":
    "如果它监听端口 {1}，则无需处理；如果没有，它从未提供服务：使它监听，或用 NAT 转发",
  '{1} is the director itself: write { "host": … } with its name': '{1} 是调度器自己：写 { "host": … } 及其名称',
  "{1} is {2} address": "{1} 是 {2*} 地址",
  "{1} is a VIP as well": "{1} 也是虚拟 IP",
  "{1} port {2} stands in this service already": "{1} 端口 {2} 已在该服务中",
  'lvsgen does not build "sorryServer" yet': 'lvsgen 还不能生成 "sorryServer"',
  "no service is on {1}": "没有服务使用 {1}",
  "let the network configuration of the host bring it, or add a service": "由主机的网络配置带来它，或增加服务",
  "no service has the mark {1}": "没有服务使用标记 {1}",
  "add the service, or leave the rule with the firewall": "增加服务，或把规则留在防火墙中",
};
