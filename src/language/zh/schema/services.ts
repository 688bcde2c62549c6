/** Services, their real servers and checks. */
import type { Phrases } from "../../phrases.ts";

export const servicesTexts: Phrases = {
  "Traffic that gets the firewall mark of a service: what fits everything that is said here. Where one match lies within that of another service, the narrower one wins.":
    "得到服务的防火墙标记的流量：符合这里写明的全部条件。一个匹配位于另一个服务的匹配之内时，较窄的优先。",
  "Destination address of the traffic.": "流量的目的地址。",
  "Transport protocol of the traffic. Left out beside a port: tcp; left out on every port: whatever the protocol is.":
    "流量的传输协议。写了端口而不写协议：tcp；所有端口且不写协议：任何协议。",
  "Destination port, or a range of ports as a string. 0, or left out: every port.":
    "目的端口，或写成字符串的端口范围。0 或不写：所有端口。",
  "Network of the VIP's family from which alone traffic gets the mark. Left out: from anywhere. For several networks write a match each.":
    "只有来自该网络（与虚拟 IP 的地址族相同）的流量得到标记。不写：来自任何地方。多个网络时每个写一个匹配。",
  "Interface of the directors by which the traffic comes in. Left out: by any.":
    "流量进入调度器的接口。不写：任何接口。",
  "A client keeps its real server for a while (ipvsadm -p).": "客户端在一段时间内保持同一台真实服务器（ipvsadm -p）。",
  "Seconds that a client keeps its real server after its last connection.":
    "客户端在最后一个连接之后保持同一台真实服务器的秒数。",
  "Length of the client mask: clients of one such network share a real server. Left out: every address for itself.":
    "客户端掩码的长度：同一网络的客户端使用同一台真实服务器。不写：每个地址单独计算。",
  "One real server of the service: a described host, or a machine that someone else manages; by a range several that are alike.":
    "服务的一台真实服务器：描述文件中的主机，或由他人管理的机器；用范围可写多台相同的。",
  "Name of a host under `hosts`, or a range of names.": "`hosts` 中主机的名称，或名称范围。",
  "Address of a machine that someone else manages, or a range of them: it is in the table and gets no script.":
    "由他人管理的机器的地址，或地址范围：在转发表中，没有脚本。",
  "Port on the real server. Left out: the service's. Only NAT can change it.":
    "真实服务器上的端口。不写：服务的端口。只有 NAT 能改变它。",
  "Share of the traffic; 0 takes no new connections.": "分担流量的权重；0 表示不接受新连接。",
  "Connections above which the real server gets no new ones; 0 means no limit.":
    "连接数超过该值时真实服务器不再得到新连接；0 表示没有限制。",
  "Connections below which a real server over its upper threshold gets new ones again.":
    "超过上限的真实服务器在连接数低于该值后重新得到新连接。",
  "Overrides the forwarding method of the service for this real server.": "对该真实服务器代替服务的转发方式。",
  "The machines that answer.": "应答的机器。",
  "Who answers when no real server of the service is left (with `ha`): a described host, or a machine that someone else manages.":
    "服务没有可用的真实服务器时由谁应答（需要 `ha`）：描述文件中的主机，或由他人管理的机器。",
  "Name of a host under `hosts`.": "`hosts` 中主机的名称。",
  "Address of a machine that someone else manages: it is in the table and gets no script.":
    "由他人管理的机器的地址：在转发表中，没有脚本。",
  "Port on the sorry server. Left out: the service's. Only NAT can change it.":
    "sorry server 上的端口。不写：服务的端口。只有 NAT 能改变它。",
  "Overrides the forwarding method of the service for the sorry server.": "对 sorry server 代替服务的转发方式。",
  "How to tell that the service answers. `client-test.sh` uses it.": "怎样判断服务有应答。`client-test.sh` 使用它。",
  "What is asked. Left out: `tcp`; for UDP, SCTP and a service on every port: `none`.":
    "检查什么。不写：`tcp`；UDP、SCTP 和所有端口的服务为 `none`。",
  "whether the port takes connections": "端口是否接受连接",
  "the answer to a request: its status, and its text where one is described": "请求的应答：状态码，以及写明时的文本",
  "the same over TLS, and the certificate": "同上但通过 TLS，并检查证书",
  "whether a datagram is refused": "数据报是否被拒绝",
  "nothing is asked": "不检查",
  "Path of the request (http, https), visible ASCII.": "请求的路径（http、https），可见 ASCII 字符。",
  "Expected status of the answer (http, https). Left out: any 2xx or 3xx.":
    "应答应有的状态码（http、https）。不写：任意 2xx 或 3xx。",
  "Text that the answer has to contain (http, https).": "应答必须包含的文本（http、https）。",
  "Name that the requests are for (http, https): their Host, and with https the name that the certificate has to be for. It is not looked up: requests go to the VIP. Left out: the address itself, which few certificates are for.":
    "请求所用的名称（http、https）：请求的 Host，https 时也是证书必须对应的名称。不解析它：请求发往虚拟 IP。不写：地址本身，而很少有证书对应地址。",
  "Certificates of the authorities (https), the text of the PEM file and not its path: the server's certificate has to be by one of them, or be one. They stand in `client-test.sh`, so that it runs on any machine. Left out: the authorities that the machine which asks knows.":
    "证书颁发机构的证书（https），写 PEM 文件的文本而不是路径：服务器的证书必须由其中之一签发，或就是其中之一。它们写在 `client-test.sh` 中，使其能在任何机器上执行。不写：发出请求的机器所信任的颁发机构。",
  "Whether the server's certificate is verified (https). `false` takes any certificate, so that whoever is on the way can answer; every report says so.":
    "是否验证服务器的证书（https）。`false` 接受任何证书，因此路径上的任何人都可以应答；每份报告都会写明。",
  "Port to ask. Left out: the service's.": "检查的端口。不写：服务的端口。",
  "Seconds from one check to the next.": "两次检查之间的秒数。",
  "Seconds to wait for an answer.": "等待应答的秒数。",
  "Further attempts before the service counts as down.": "判定服务损坏之前再试的次数。",
  "What becomes of a real server that does not answer (with `ha`): `quiesce` gives it no new connections and leaves it the ones that it has, `remove` takes it out of the table, so that clients are sent elsewhere at once.":
    "对没有应答的真实服务器的处理（需要 `ha`）：`quiesce` 不给它新连接，保留已有的连接；`remove` 把它从转发表中去掉，客户端立即转到别处。",
  "One virtual service: what clients connect to, and the real servers behind it.":
    "一个虚拟服务：客户端连接的目标，以及后面的真实服务器。",
  "Unique name of the service, for reports and `client-test.sh --service`.":
    "服务的唯一名称，用于报告和 `client-test.sh --service`。",
  "Virtual IP address that clients connect to.": "客户端连接的虚拟 IP。",
  "The service takes all traffic with this mark; `match` says which traffic gets it.":
    "服务接收带有该标记的全部流量；`match` 写明哪些流量得到它。",
  "Traffic that gets the firewall mark.": "得到防火墙标记的流量。",
  "Transport protocol.": "传输协议。",
  'Port of the service; 0 is every port, only with `persistence`. A range as text (`"8000-8010"`, from 1 to 65535), or a list of ports and ranges, is a service for each port, named NAME-PORT.':
    '服务的端口；0 表示所有端口，只能与 `persistence` 一起使用。写成文本的范围（`"8000-8010"`，从 1 到 65535）或端口与范围的列表，表示每个端口一个服务，名称为 NAME-PORT。',
  "A port, or a range of ports as text.": "端口，或写成文本的端口范围。",
  "How packets get to the real servers.": "报文怎样到达真实服务器。",
  "How a real server is picked for a new connection.": "怎样为新连接选择真实服务器。",
  "Flags of the `sh` and `mh` schedulers.": "调度算法 `sh` 和 `mh` 的标志。",
  "`…-fallback` takes the next real server when the chosen one is unavailable; `…-port` hashes the source port as well.":
    "`…-fallback` 在选中的真实服务器不可用时用下一台；`…-port` 把源端口也计入哈希。",
  "takes the next real server when the chosen one is unavailable": "选中的真实服务器不可用时用下一台",
  "hashes the source port as well": "把源端口也计入哈希",
  "`sip` tells clients apart by their SIP Call-ID (UDP).": "`sip` 按 SIP Call-ID 区分客户端（UDP）。",
  "Every packet is scheduled for itself (UDP).": "每个报文单独调度（UDP）。",
  "TCP in `tun`: the largest segment that real servers let clients send, in bytes, so that a wrapped packet fits into the network. `auto` computes it for an MTU of 1500.":
    "`tun` 中的 TCP：真实服务器允许客户端发送的最大报文段，单位为字节，使封装报文不超过网络的限制。`auto` 按 MTU 1500 计算。",
  "How the director wraps packets for real servers in `tun`. Left out: IP in IP (IPv4), the only way before kernel 5.3 and ipvsadm 1.31.":
    "`tun` 中调度器怎样为真实服务器封装报文。不写：IP in IP（IPv4），即内核 5.3 和 ipvsadm 1.31 之前唯一的方式。",
  "`ipip`, `gre` (protocol 47) or `gue` (over UDP).": "`ipip`、`gre`（协议 47）或 `gue`（基于 UDP）。",
  "Where the real servers take GUE packets.": "真实服务器接收 GUE 报文的端口。",
  "Of the outer header, with GUE: `none`, `full`, or `remote` offload.":
    "GUE 外层头部的校验和：`none`、`full` 或 `remote` 卸载。",
  "Interface of the director that carries the VIP. Left out: the one whose subnet holds it, else the default interface. `lo` is allowed, and `tunl0` in TUN.":
    "调度器上承载虚拟 IP 的接口。不写：其子网包含该地址的接口，否则为默认接口。可以用 `lo`，在 TUN 中可以用 `tunl0`。",
  "Instead of `realservers`: the name of a list under `pools`. `mode` and `weight` of the service hold for all of it, and so does `port` in `dr` and `tun`, where nothing can change it; in `nat` a real server of the pool with a `port` is reached by that.":
    "代替 `realservers`：`pools` 中一个列表的名称。服务的 `mode` 和 `weight` 对全部成员有效，`dr` 和 `tun` 中的 `port` 也是如此，因为无法改变；`nat` 中池内写有 `port` 的真实服务器使用它自己的端口。",
  "Beside `pool`: the weight of every real server in this service, whatever the pool says.":
    "与 `pool` 一起使用：该服务中每台真实服务器的权重，无论池中写的是什么。",
};
