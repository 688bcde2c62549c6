/** Names, addresses and systems. */
import type { Phrases } from "../../phrases.ts";

export const namesTexts: Phrases = {
  "The description of a Linux Virtual Server cluster from which lvsgen builds its scripts.":
    "Linux Virtual Server 集群的描述文件，lvsgen 由它生成脚本。",
  "Where editors find this schema.": "编辑器在哪里找到本 JSON Schema。",
  "Version of the format.": "格式的版本。",
  "Name of the cluster: a DNS label in lower case, up to 32 characters. It names state directories, markers and owned files.":
    "集群的名称：小写的 DNS 标签，最多 32 个字符。状态目录、标记和所管理的文件用它命名。",
  "The machines of the cluster by name. `web[01-40]` is forty of them, whose addresses count along.":
    "集群的各台机器，以名称为键。`web[01-40]` 是四十台，其地址依次递增。",
  "Names of the hosts that run the table; more than one needs `ha`.": "运行转发表的主机的名称；多于一台时需要 `ha`。",
  "The virtual services.": "各虚拟服务。",
  "Lists of real servers by name, for services that have the same ones: `pool` of a service names one.":
    "真实服务器的列表，以名称为键，供真实服务器相同的服务使用：服务的 `pool` 写出其中一个。",
  "Names of the hosts that run `client-test.sh`.": "执行 `client-test.sh` 的主机的名称。",
  "What the documents and pictures of the bundle are written in, and what its scripts say to a person on a terminal. What they print into a pipe, a file, JSON or their log is English in any case.":
    "部署包中文档和图片使用的语言，也是脚本在终端上对人使用的语言。脚本输出到管道、文件、JSON 或日志的内容始终为英文。",
  English: "英文",
  "Chinese: RUNBOOK.md, OPERATIONS.md, topology.svg, and scripts on a terminal":
    "中文：RUNBOOK.md、OPERATIONS.md、topology.svg，以及脚本在终端上的输出",
  "Networks behind the directors: connections that their machines begin themselves leave with the director's own address.":
    "调度器后面的网络：其中的机器自己发起的连接以调度器自己的地址发出。",
  "Warnings that are meant, each with the reason: `build` and `validate` list them and no longer shout, `--strict` lets them pass. One that no longer occurs is a warning itself.":
    "有意保留的警告，每个写明原因：`build` 和 `validate` 只列出它们，不再突出显示，`--strict` 予以放行。不再出现的本身是一个警告。",
  "A warning that is meant, and why.": "有意保留的警告及原因。",
  "The warning's code, such as FIREWALL_OFF: `lvsgen explain` lists them. An error cannot be acknowledged.":
    "警告的代码，例如 FIREWALL_OFF：`lvsgen explain` 列出全部代码。错误不能确认。",
  "Why it is meant, for who reads the description next.": "为什么有意保留，写给下一位阅读描述文件的人。",
  "RFC 6901 JSON pointer: only the warnings there and within. Left out: all of this code.":
    "RFC 6901 JSON 指针：只限该处及其内部的警告。不写：该代码的全部警告。",
  "Name of a host: a DNS label or a fully qualified domain name, without a trailing dot.":
    "主机的名称：DNS 标签或完全限定域名，末尾不带点。",
  "Name of a host: a DNS label or a fully qualified domain name, without a trailing dot; with one range of numbers in brackets, such as `web[01-40]`, it is a host for each.":
    "主机的名称：DNS 标签或完全限定域名，末尾不带点；方括号中有一个数字范围时（例如 `web[01-40]`），每个数字是一台主机。",
  "Name of a pool: letters, digits, `.`, `_` and `-`, up to 63 characters.":
    "服务器池的名称：字母、数字、`.`、`_` 和 `-`，最多 63 个字符。",
  "An absolute, normalised path: no `.` or `..` component, no doubled or trailing slash, no control or invisible character, no blank or `\\` at the end; up to 1023 bytes.":
    "规范化的绝对路径：没有 `.` 或 `..`，没有重复或末尾的斜杠，没有控制字符或不可见字符，末尾没有空格或 `\\`；最多 1023 字节。",
  "Permission bits in octal, three or four digits, as a string.": "八进制权限，三位或四位数字，写成字符串。",
  "Name or number of a user or group on the host.": "主机上用户或组的名称或编号。",
  "Name of a package as the host's own package manager knows it; never mapped between platforms.":
    "软件包在主机自己的包管理器中的名称；不在平台之间转换。",
  "Name of a systemd unit on the host, with or without `.service`, up to 245 characters; of a template with its instance, such as `getty@tty2`; never mapped between platforms.":
    "主机上 systemd 单元的名称，可带可不带 `.service`，最多 245 个字符；模板单元要写实例，例如 `getty@tty2`；不在平台之间转换。",
  "Name of a network interface: up to 15 letters, digits, `.`, `_` or `-`; an alias such as `eth0:1` is not an interface, and `renderer` is a word of netplan.":
    "网络接口的名称：最多 15 个字母、数字、`.`、`_` 或 `-`；别名（例如 `eth0:1`）不是接口，`renderer` 是 netplan 的保留字。",
  "An IPv4 or IPv6 address without a prefix length.": "IPv4 或 IPv6 地址，不带前缀长度。",
  "An IPv4 or IPv6 address without a prefix length, or a range of these: the first and the last one.":
    "IPv4 或 IPv6 地址，不带前缀长度；或一个范围：起始和结束地址。",
  "A way out for the replies from some VIPs.": "从某些虚拟 IP 发出的应答的出口。",
  "The router of this uplink.": "该上联的路由器。",
  "The interface of the host that the router is reached by.": "主机到达该路由器所用的接口。",
  "The VIPs whose replies leave here, of the gateway's family.": "应答从这里发出的虚拟 IP，与网关的地址族相同。",
  "Further IPv4 and IPv6 addresses of the same interface, each with the prefix length of its network.":
    "同一接口的其他 IPv4 和 IPv6 地址，各带其网络的前缀长度。",
  "An IPv4 or IPv6 address with the prefix length of its network.": "IPv4 或 IPv6 地址，带其网络的前缀长度。",
  "An IPv4 address with the prefix length of its network.": "IPv4 地址，带其网络的前缀长度。",
  "An IPv4 address with the prefix length of its network; of a range of hosts that of the first, or the first and the last one.":
    "IPv4 地址，带其网络的前缀长度；主机范围则写第一台的地址，或起始和结束地址。",
  "An IPv6 address with the prefix length of its network; of a range of hosts that of the first, or the first and the last one.":
    "IPv6 地址，带其网络的前缀长度；主机范围则写第一台的地址，或起始和结束地址。",
  "An IPv6 address with the prefix length of its network.": "IPv6 地址，带其网络的前缀长度。",
  "An IPv4 or IPv6 network: its first address with the prefix length.": "IPv4 或 IPv6 网络：起始地址加前缀长度。",
  "An IPv4 address without a prefix length.": "IPv4 地址，不带前缀长度。",
  "An IPv6 address without a prefix length.": "IPv6 地址，不带前缀长度。",
  "The operating system of the host, which decides package, unit and file names.":
    "主机的操作系统，决定软件包、单元和文件的名称。",
  "CentOS 7 / RHEL 7": "CentOS 7 / RHEL 7",
  "RHEL 8 and its rebuilds": "RHEL 8 及其重构版",
  "RHEL 9 and its rebuilds": "RHEL 9 及其重构版",
  "Anolis OS 8": "龙蜥操作系统 Anolis OS 8",
  "openEuler 20.03 LTS": "openEuler 20.03 LTS",
  "openEuler 22.03 LTS": "openEuler 22.03 LTS",
  "openEuler 24.03 LTS": "openEuler 24.03 LTS",
  "Kylin Linux Advanced Server V10": "银河麒麟高级服务器操作系统 V10",
  "UnionTech OS Server 20": "统信服务器操作系统 V20",
  "Debian 11": "Debian 11",
  "Debian 12": "Debian 12",
  "Debian 13": "Debian 13",
  "Ubuntu 22.04 LTS": "Ubuntu 22.04 LTS",
  "Ubuntu 24.04 LTS": "Ubuntu 24.04 LTS",
  "What makes addresses last over a reboot. Left out: what the platform uses by default.":
    "用什么使地址在重启后保留。不写：平台默认使用的。",
  "files ifcfg-* in /etc/sysconfig/network-scripts": "/etc/sysconfig/network-scripts 中的 ifcfg-* 文件",
  "profiles of NetworkManager": "NetworkManager 的配置文件",
  "/etc/network/interfaces": "/etc/network/interfaces",
  "netplan's files in /etc/netplan": "/etc/netplan 中的 netplan 文件",
  "files of systemd-networkd": "systemd-networkd 的文件",
  "`open`: where firewalld, ufw, nftables or a service of iptables is active, let through just what the role needs. `disable`: off, now and after a reboot. `keep`: not touched.":
    "`open`：firewalld、ufw、nftables 或 iptables 服务启用时，只放行角色需要的流量。`disable`：关闭，现在和重启后都如此。`keep`：不改动。",
  "`keep`: set the booleans and contexts that the role needs where SELinux is on. `permissive`: now and after a reboot.":
    "`keep`：SELinux 启用时，设置角色需要的布尔值和上下文。`permissive`：宽容模式，现在和重启后都如此。",
  "Number from which labels and files of IPv4 aliases are counted (`ens33:0`, `lo:0`). Left out: they are named after the cluster (`ens33:kgc`), so that clusters never meet.":
    "IPv4 别名的标签和文件从这个编号开始（`ens33:0`、`lo:0`）。不写：用集群的名称（`ens33:kgc`），使不同集群不会冲突。",
  "`keep`: a director in DR and TUN leaves alone whether the host forwards packets. `off`: it forwards none, now and after a reboot. `on`: it forwards IPv4 and IPv6, which NAT and source NAT imply for their family.":
    "`keep`：DR 和 TUN 中的调度器不改动主机是否转发报文。`off`：不转发，现在和重启后都如此。`on`：转发 IPv4 和 IPv6，NAT 和源地址转换对其地址族隐含此项。",
  "`dr` rewrites the MAC address only (ipvsadm -g), `tun` wraps packets in IP-in-IP (-i), `nat` rewrites the destination address (-m).":
    "`dr` 只改写 MAC 地址（ipvsadm -g），`tun` 用 IP-in-IP 封装报文（-i），`nat` 改写目的地址（-m）。",
  "How IPVS picks a real server for a new connection.": "IPVS 怎样为新连接选择真实服务器。",
  "Transport protocol of the service.": "服务的传输协议。",
  "A port number.": "端口号。",
  "A number of connections; 0 means none.": "连接数；0 表示没有限制。",
  "Seconds, up to 31 days.": "秒数，最多 31 天。",
};
