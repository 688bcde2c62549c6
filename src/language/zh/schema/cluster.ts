/** What else a cluster has: resources, NFS, packages, failover, timeouts. */
import type { Phrases } from "../../phrases.ts";

export const clusterTexts: Phrases = {
  "What every real server gets. A host's own entry for the same path wins.":
    "每台真实服务器都有的内容。同一路径以主机自己的条目为准。",
  "Directories that have to exist on every real server.": "每台真实服务器上必须存在的目录。",
  "Files of every real server.": "每台真实服务器的文件。",
  "Mounts of every real server.": "每台真实服务器的挂载。",
  "Who may mount: `*`, a host name, an address or a network, each with its list of export options (exports(5)).":
    "谁可以挂载：`*`、主机名、地址或网络，各带其导出选项的列表（exports(5)）。",
  "`*`, a host name or wildcard, an address, a network or a netgroup, as exports(5) takes it, without spaces.":
    "`*`、主机名或通配符、地址、网络或 netgroup，按 exports(5) 的写法，不含空格。",
  "Options of this client, one a string; empty: the defaults of exports(5).":
    "该客户端的选项，每个一个字符串；为空：exports(5) 的默认值。",
  "A directory that the NFS server exports; created where it is missing.": "NFS 服务器导出的目录；不存在时创建。",
  "The exported directory.": "导出的目录。",
  "Permission bits of the directory in octal.": "目录的八进制权限。",
  "Owning user of the directory.": "目录的属主。",
  "Owning group of the directory.": "目录的属组。",
  "The NFS server of the cluster.": "集群的 NFS 服务器。",
  "The host that serves the exports.": "提供导出的主机。",
  "What it exports.": "它导出的内容。",
  "Where hosts get their packages from.": "主机从哪里取得软件包。",
  "`repository`: the host's configured repositories. `carried`: package files that come along with the scripts. `installed`: they are there already, and missing ones are a failure.":
    "`repository`：主机上配置的软件源。`carried`：随脚本带来的软件包文件。`installed`：已经安装，缺少即为失败。",
  "keepalived asks the real servers whether they serve, and with several directors moves the VIPs from one that dies to the next, in the order of `directors`. With one director `{}` means health checks alone.":
    "keepalived 检查真实服务器是否正常；有多台调度器时，按 `directors` 的次序把虚拟 IP 从损坏的一台切换到下一台。只有一台调度器时，`{}` 表示只做健康检查。",
  "VRRP's number of this cluster, which nobody else on the segment may have; required with several directors.":
    "该集群的 VRRP 编号，同一网段上不能重复；多台调度器时必需。",
  "The same for VIPs of IPv6. Left out: `routerId`.": "同上，用于 IPv6 的虚拟 IP。不写：`routerId`。",
  "By which the directors hear each other. Left out: the one on the segment that they share.":
    "调度器互相收听所用的接口。不写：共同网段上的接口。",
  "Seconds from one sign of life of the master to the next; after three that are missing the next director takes over. Hundredths at the finest, whole seconds with `version` 2.":
    "主用调度器两次通告之间的秒数；连续缺少三次后由下一台调度器接管。最小单位为百分之一秒，`version` 为 2 时为整秒。",
  "3 (RFC 5798), or 2 beside routers that know no other.": "3（RFC 5798）；旁边的路由器只支持 2 时用 2。",
  "Whether a director that comes back takes the VIPs from the one after it in `directors`. It has no connections then, and each return is a failover more.":
    "恢复的调度器是否从 `directors` 中排在其后的一台夺回虚拟 IP。此时它没有已有的连接，每次恢复都多一次主备切换。",
  "Whether the directors send their advertisements to each other alone, which works where multicast is blocked.":
    "调度器是否只向彼此发送通告，这在组播被阻断时可用。",
  "Whether the master tells the others of its connections, by multicast, so that they go on after a failover; `true` with several directors. By IPv4, or by IPv6 where they share no network of IPv4. As an object: `id` (0 to 255, left out: `routerId`) and `interface`.":
    "主用调度器是否通过组播把连接同步给其他调度器，使连接在主备切换后继续；多台调度器时为 `true`。通过 IPv4；没有共同的 IPv4 网络时通过 IPv6。写成对象：`id`（0 到 255，不写：`routerId`）和 `interface`。",
  "Tells the syncs of several clusters on one segment apart.": "区分同一网段上多个集群的连接同步。",
  "By which connections are told.": "同步连接所用的接口。",
  "NAT: the IPv4 address that real servers have as their gateway. It moves with the VIPs.":
    "NAT：真实服务器用作网关的 IPv4 地址。它随虚拟 IP 切换。",
  "NAT: the IPv6 address that real servers have as their gateway. It moves with the VIPs.":
    "NAT：真实服务器用作网关的 IPv6 地址。它随虚拟 IP 切换。",
  "Connection timeouts of the director in seconds (ipvsadm --set); 0 leaves the kernel's value.":
    "调度器的连接超时，单位为秒（ipvsadm --set）；0 保留内核的值。",
  "Idle TCP connections.": "空闲的 TCP 连接。",
  "TCP connections after a FIN.": "FIN 之后的 TCP 连接。",
  "UDP, which has no connections: after the last packet.": "UDP 没有连接：最后一个报文之后。",
  "Whose signature a bundle needs before a host runs anything of it: the first apply leaves lvsgen-run and the keys on every host that has a script, and a script that was not started by lvsgen-run changes nothing there from then on.":
    "主机运行部署包中的任何内容之前，部署包必须有谁的签名：第一次 apply 在每台有脚本的主机上放置 lvsgen-run 和密钥，此后未由 lvsgen-run 启动的脚本不会在那里更改任何内容。",
  "Public keys of those who may sign (`build --sign`), each a line as in a file `KEY.pub`, or with a name before it as in a file of allowed signers (ssh-keygen(1)). Systems with OpenSSH before 8.1 (EL7, EL8) verify RSA keys alone.":
    "允许签名者（`build --sign`）的公钥，每个一行，与文件 `KEY.pub` 中的相同，或像允许签名者文件那样前面带名称（ssh-keygen(1)）。OpenSSH 早于 8.1 的系统（EL7、EL8）只能验证 RSA 密钥。",
  "A public key of SSH; never a private one.": "SSH 公钥；绝不能是私钥。",
  "A timer on every host that has a script runs its `check` and `verify`, keeps their reports, and writes a file of metrics for node_exporter; `{}` is enough. Left out: none.":
    "在每台有脚本的主机上由定时器运行脚本的 `check` 和 `verify`，保留其报告，并为 node_exporter 写指标文件；写 `{}` 即可。不写：没有监控。",
  "Seconds from the end of one run to the next one.": "从一次运行结束到下一次运行的秒数。",
  "How many reports of each of the two commands are kept; older ones go.": "两个命令各保留多少份报告；更旧的会被删除。",
  "The directory that node_exporter reads files of metrics from (--collector.textfile.directory); left out: that of the platform's own package.":
    "node_exporter 读取指标文件的目录（--collector.textfile.directory）；不写：平台自带软件包的目录。",
};
