/** Hosts: what stands on them, and what they take from defaults. */
import type { Phrases } from "../../phrases.ts";

export const hostsTexts: Phrases = {
  "Kernel settings by name, beside those that lvsgen makes itself: set now, kept over reboots, given back by `uninstall`. A host's own wins over `realserver`, and that over the whole cluster's.":
    "内核参数，以名称为键，在 lvsgen 自己设置的之外：立即设置，重启后保留，由 `uninstall` 恢复。主机自己的优先于 `realserver` 的，后者优先于整个集群的。",
  "As sysctl.d(5) takes it: words with dots between them; with slashes where a word has a dot in it (`net/ipv4/conf/ens33.100/rp_filter`).":
    "按 sysctl.d(5) 的写法：各词之间用点；词中有点时用斜杠（`net/ipv4/conf/ens33.100/rp_filter`）。",
  "A whole number, or words with one blank between them, as the kernel itself shows the setting.":
    "整数，或以一个空格分隔的词，与内核显示该参数的形式相同。",
  "Packages to install, by the names of the host's own package manager.":
    "要安装的软件包，使用主机自己的包管理器中的名称。",
  "systemd units to enable and start, by the host's own names.":
    "要设为开机启动并启动的 systemd 单元，使用主机上的名称。",
  "A directory that has to exist.": "必须存在的目录。",
  "Where the directory stands.": "目录的位置。",
  "Permission bits in octal; left out: as the system creates it, and not touched where it exists.":
    "八进制权限；不写：按系统创建时的权限，已存在时不改动。",
  "Owning user.": "属主。",
  "Owning group.": "属组。",
  "A file with exactly this content.": "内容与此完全相同的文件。",
  "Where the file stands.": "文件的位置。",
  "Where the text is read when lvsgen runs, in the place of `content`; nothing is ever executed.":
    "代替 `content`：lvsgen 运行时从哪里读取文本；从不执行任何东西。",
  "A text file in the directory of the description or below it, relative to that directory. No link may lead out of it.":
    "描述所在目录或其下的文本文件，路径相对于该目录。任何链接都不能指向目录之外。",
  "The name of an environment variable.": "环境变量的名称。",
  "Its text, which comes of a `source`, is in no script and in nothing that `build` writes: `lvsgen secrets` writes it into a file of its own for each host, and the script takes it from there. Mode 0600 where none is said.":
    "其文本来自 `source`，不在任何脚本中，也不在 `build` 写出的任何文件中：`lvsgen secrets` 为每台主机把它写入单独的文件，脚本从那里读取。未写权限时为 0600。",
  "The whole text of the file, without NUL characters; nothing is added, not even a final newline.":
    "文件的全部文本，不含 NUL 字符；不增加任何内容，包括末尾的换行。",
  "Permission bits in octal.": "八进制权限。",
  "One mount or export option, without commas, spaces, quotes or parentheses.":
    "一个挂载或导出选项，不含逗号、空格、引号和括号。",
  "A file system to mount, and to mount again after a reboot.": "要挂载的文件系统，重启后再次挂载。",
  "A path of `nfs.exports`; its server is the cluster's NFS server.":
    "`nfs.exports` 中的路径；其服务器是集群的 NFS 服务器。",
  "An NFS share that the cluster does not serve itself: `server:/path`, without blanks, no `\\` at the end.":
    "不由集群自己提供的 NFS 共享目录：`server:/path`，不含空格，末尾没有 `\\`。",
  "Where it is mounted.": "挂载在哪里。",
  "Mount options, one a string, beside those that lvsgen sets.": "挂载选项，每个一个字符串，在 lvsgen 设置的之外。",
  "Addresses of one further network interface.": "另一个网络接口的地址。",
  "IPv4 address of this interface with its prefix length.": "该接口的 IPv4 地址，带前缀长度。",
  "IPv6 address of this interface with its prefix length.": "该接口的 IPv6 地址，带前缀长度。",
  "What every host or service takes that does not say otherwise.": "每台没有另行说明的主机或服务采用的值。",
  "Platform of every host that does not name its own.": "没有自己写明平台的主机的平台。",
  "Network back end of every host that does not name its own.": "没有自己写明网络后端的主机的网络后端。",
  "Default interface of every host that does not name its own.": "没有自己写明接口的主机的默认接口。",
  "Default gateway of every host that does not name its own.": "没有自己写明网关的主机的默认网关。",
  "IPv6 default gateway of every host that does not name its own.": "没有自己写明网关的主机的 IPv6 默认网关。",
  "Firewall policy of every host that does not name its own.": "没有自己写明防火墙策略的主机的策略。",
  "SELinux policy of every host that does not name its own.": "没有自己写明 SELinux 策略的主机的策略。",
  "Number from which every host counts its aliases that does not say its own.":
    "没有自己写明的主机，别名从这个编号开始。",
  "Whether every director forwards that does not say so itself.": "没有自己写明的调度器是否转发报文。",
  "Forwarding method of every service that does not name its own.": "没有自己写明转发方式的服务的转发方式。",
  "Scheduler of every service that does not name its own.": "没有自己写明调度算法的服务的调度算法。",
  "One machine of the cluster, or those of a range of names.": "集群的一台机器，或一个名称范围的各台机器。",
  "IPv4 address of the default interface, with the prefix length of its network. Of a range of hosts: that of the first, which the others count on from, or `FIRST-LAST/LENGTH`.":
    "默认接口的 IPv4 地址，带其网络的前缀长度。主机范围：第一台的地址，其他依次递增；或写 `FIRST-LAST/LENGTH`。",
  "IPv6 address of the default interface, with the prefix length of its network. Of a range of hosts as `address`.":
    "默认接口的 IPv6 地址，带其网络的前缀长度。主机范围与 `address` 相同。",
  "Which of this host's addresses the director forwards to, in the services of its family. Left out: the one that shares a segment with the director, else `address`.":
    "在同一地址族的服务中，调度器转发到该主机的哪个地址。不写：与调度器同网段的那个，否则为 `address`。",
  "The interface that carries `address`, `address6` and `addresses`.":
    "承载 `address`、`address6` 和 `addresses` 的接口。",
  "Default gateway. Checked in DR and TUN; set on a NAT real server.":
    "默认网关。在 DR 和 TUN 中检查；在 NAT 的真实服务器上设置。",
  "IPv6 default gateway. Checked in DR and TUN; set on a NAT real server.":
    "IPv6 默认网关。在 DR 和 TUN 中检查；在 NAT 的真实服务器上设置。",
  "The operating system of this host.": "该主机的操作系统。",
  "What makes addresses last on this host.": "该主机上用什么使地址持久。",
  "What happens to this host's firewall.": "对该主机的防火墙做什么。",
  "What happens to SELinux on this host.": "对该主机的 SELinux 做什么。",
  "Further network interfaces by name, beside the default one.": "默认接口之外的其他网络接口，以名称为键。",
  "For a real server with several ways to its clients: replies from these VIPs leave by this gateway, whatever the default route is.":
    "用于到客户端有多条路径的真实服务器：从这些虚拟 IP 发出的应答经过该网关，无论默认路由是什么。",
  "Number from which aliases of this host are counted.": "该主机的别名从这个编号开始。",
  "Whether this host forwards, as a director.": "该主机作为调度器时是否转发报文。",
  "Directories that have to exist on this host.": "该主机上必须存在的目录。",
  "Files of this host.": "该主机的文件。",
  "Mounts of this host.": "该主机的挂载。",
};
