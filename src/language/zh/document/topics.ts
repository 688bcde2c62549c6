/** What differs in services and real servers. */
import type { Phrases } from "../../phrases.ts";

export const topicTexts: Phrases = {
  "what was compared can be read": "能够读取所比较的内容",
  "{1} and {2} more": "{1+} 及另外 {2#} 个",
  "pool {1}, in {2} services": "服务器池 {1}，用于 {2#} 个服务",
  "the director gives it weight 0 and its connections up to --drain SECONDS (30) to end; what is left then ends with ipvsadm -d":
    "调度器将其权重设为 0，最多等待 --drain SECONDS（30）让它的连接结束；剩下的连接在 ipvsadm -d 时中断",
  "{1}. {2}, while it has weight 0: --drain 0 spares them that": "{1*}。在其权重为 0 期间，{2*}：用 --drain 0 可以避免",
  "{1}, and new ones go elsewhere at once": "{1*}，新建连接立即去往别处",
  "{1} finds no other real server for clients that hash to it without {2}: they are refused":
    "{1} 在没有 {2*} 的情况下，不会为散列到它的客户端另选真实服务器：这些客户端会被拒绝",
  "a flag, which it has not": "相应的标志（它没有这种标志）",
  "for IPVS it is another real server: the former entry is drained for up to --drain SECONDS (30) and taken off with what is left, the new one takes new connections":
    "对 IPVS 来说这是另一台真实服务器：原条目最多排空 --drain SECONDS（30），然后连同剩下的连接一起去掉，新条目接受新建连接",
  "{1}. {2}, while the former one has weight 0: --drain 0 spares them that":
    "{1*}。在原条目权重为 0 期间，{2*}：用 --drain 0 可以避免",
  "sorry server": "sorry server",
  "{1}, weight {2}": "{1}，权重 {2}",
  "it stands by with weight 0, and is used when no real server answers": "它以权重 0 待命，在没有真实服务器应答时启用",
  "with weight 0 it gets no connections": "权重为 0，它得不到连接",
  "connections stay where they are; {1} counts anew with it, so that new ones of known clients may go to other real servers":
    "现有连接保持不变；{1} 会重新计算，已知客户端的新建连接可能去往其他真实服务器",
  "connections stay where they are; it gets its share of new ones": "现有连接保持不变；它得到自己那一份新建连接",
  "forwarding method": "转发方式",
  "ipvsadm -e in place: its connections go on. {1} until it has a weight again":
    "ipvsadm -e 原地修改：它的连接继续。在它重新有权重之前，{1*}",
  "ipvsadm -e in place: its connections go on, new ones go elsewhere; with persistence a known client still comes until its time is over":
    "ipvsadm -e 原地修改：它的连接继续，新建连接去往别处；如果有持久连接，已知的客户端在到期之前仍会访问它",
  "ipvsadm -e in place: it gets new connections again, those that are elsewhere stay":
    "ipvsadm -e 原地修改：它重新得到新建连接，已在别处的连接不变",
  "{1} looks only at whether a weight is 0": "{1} 只看权重是否为 0",
  "ipvsadm -e in place: connections stay, new ones are shared out by the new weights":
    "ipvsadm -e 原地修改：连接保持，新建连接按新权重分配",
  "{1} and {2}": "{1*} 与 {2*}",
  "ipvsadm -e -x -y in place: connections stay; above the upper threshold new ones go elsewhere until there are fewer than the lower one":
    "ipvsadm -e -x -y 原地修改：连接保持；超过上限后新建连接去往别处，直到连接数低于下限",
  "ipvsadm -e in place: the director wraps every packet in the new way at once, those of running connections too, and the real server unwraps them only when its own script has run":
    "ipvsadm -e 原地修改：调度器立即以新方式封装每个报文，包括现有连接的报文；真实服务器要在自己的脚本执行之后才能解封装",
  "ipvsadm -e in place, and connections keep the method that they began with: they go on as long as the real server's own network lets them, which changes along (virtual address, way of the replies)":
    "ipvsadm -e 原地修改，现有连接保持原来的转发方式：只要真实服务器自己的网络允许就能继续，而其网络也随之改变（虚拟 IP、应答路径）",
  "keepalived's reload takes the entry out of the table and puts it in again: some of its connections end, the others keep the method that they began with, and go on as long as the real server's own network lets them, which changes along (virtual address, way of the replies)":
    "keepalived 重新加载时把条目移出转发表再加入：它的现有连接有一部分会中断，其余保持原来的转发方式，只要真实服务器自己的网络允许就能继续，而其网络也随之改变（虚拟 IP、应答路径）",
  "{1}. With weight 0 it gets no new ones": "{1*}。权重为 0 时，它得不到新建连接",
  "connections of the former method would lead those of dr astray, for they share a route in the kernel: the director takes the entry out of the table, with the connections that are left, and puts it in again with dr":
    "原转发方式的连接会把 dr 的连接带错方向，因为它们在内核中共用一条路由：调度器把该条目连同剩下的连接一起移出转发表，再以 dr 重新加入",
  "Where others of the service take new ones meanwhile, it has weight 0 first and its connections up to --drain SECONDS (30) to end; else they end at once":
    "如果该服务的其他真实服务器此时接受新建连接，它先以权重 0 排空，最多等待 --drain SECONDS（30）让连接结束；否则连接立即中断",
  "{1}. {2}, and new ones fail for the moment in which the entry is away":
    "{1*}。{2*}；在条目不存在的片刻，新建连接会失败",
  "{1}, after up to --drain SECONDS (30) for them to end. With weight 0 it gets no new ones":
    "{1*}，在此之前最多等待 --drain SECONDS（30）让连接结束。权重为 0 时，它得不到新建连接",
  "the real server's script is run first, and from then on it takes what comes for the virtual address in either way":
    "先执行真实服务器的脚本，此后它以两种方式接收发往虚拟 IP 的报文",
  "{1}. Then ipvsadm -e in place: new ones are wrapped, and connections keep the method that they began with. They share a route in the kernel with the new ones, and where a new one is the first to send, those that were silent hang":
    "{1*}。然后 ipvsadm -e 原地修改：新建连接采用封装，现有连接保持原来的转发方式。它们与新建连接在内核中共用一条路由，如果新建连接先发送，空闲的现有连接会卡住",
  "{1}. keepalived's reload takes the entry out of the table and puts it in again: of the connections that it has some end":
    "{1*}。keepalived 重新加载时把条目移出转发表再加入：它的现有连接有一部分会中断",
  "what clients connect to": "客户端访问的地址",
  "real servers that take new connections": "接受新建连接的真实服务器",
  "every real server of it has weight 0 then, or is gone: connections that are there go on, new ones are not taken, unless keepalived puts a sorry server in":
    "这时它的每台真实服务器权重都为 0，或已经移除：现有连接继续，不接受新建连接，除非 keepalived 启用 sorry server",
  "its real servers get weight 0, their connections up to --drain SECONDS (30) to end, then ipvsadm -D; who connects meanwhile or later is refused":
    "先将它的真实服务器权重设为 0，最多等待 --drain SECONDS（30）让连接结束，然后 ipvsadm -D；其间或之后访问的客户端会被拒绝",
  "IPVS has no way to move a service: the new one is made, the former one is taken off with its connections, and clients have to learn the new address":
    "IPVS 不能迁移服务：先建立新服务，再把原服务连同其连接一起去掉，客户端需要得知新地址",
  "the service is made anew at its new address, which is judged there": "在新地址上重新建立该服务，其影响在相应处判断",
  "new connections to this port were taken by {1} so far; those that are there stay with it":
    "此前该端口的新建连接由 {1} 接受；现有连接仍属于它",
  "nobody was served there before; once the director has it, connections are taken":
    "此前那里没有服务；调度器有了它之后就接受连接",
  ", persistence {1} s": "，持久连接 {1#} s",
  "scheduler flags": "调度算法的标志",
  "persistence timeout": "持久连接的超时时间",
  "client mask of persistence": "持久连接的客户端掩码",
  "persistence engine": "持久连接引擎",
  "one packet scheduling": "单包调度",
  "ipvsadm -E edits it in place, but this keepalived (1.3.5) deletes the service and makes it anew when it is reloaded; what it sends meanwhile ends":
    "ipvsadm -E 可以原地修改，但该版本 keepalived（1.3.5）重新加载时会删除该服务再重新建立；其间发送报文的连接会中断",
  "ipvsadm -E in place: connections keep their real servers, new ones are shared out by the new rule (ip_vs_edit_service)":
    "ipvsadm -E 原地修改：现有连接保持原来的真实服务器，新建连接按新规则分配（ip_vs_edit_service）",
  "ipvsadm -E in place: connections stay; new ones of a known client go where the scheduler sends them":
    "ipvsadm -E 原地修改：连接保持；已知客户端的新建连接由调度算法决定去向",
  "ipvsadm -E in place: connections stay; new ones of a client go where its first one went":
    "ipvsadm -E 原地修改：连接保持；客户端的新建连接去往它第一个连接的真实服务器",
  "ipvsadm -E in place: connections stay; clients that are known keep their former time, new ones get this one":
    "ipvsadm -E 原地修改：连接保持；已知客户端保持原来的时间，新客户端采用新的时间",
  "ipvsadm -E in place: connections stay; who is known by the former rule is not by this one, and may be sent elsewhere":
    "ipvsadm -E 原地修改：连接保持；按原规则已知的客户端按新规则不再已知，可能去往别处",
  "ipvsadm -E in place: what IPVS knows of goes on until it times out, the rest is scheduled by the new rule":
    "ipvsadm -E 原地修改：IPVS 已知的连接继续到超时为止，其余按新规则调度",
  "one client": "单个客户端",
  "file on a share: {1}": "共享目录中的文件：{1}",
  "it is there again when realserver.sh has run on {1}": "在 {1+} 上执行 realserver.sh 之后恢复",
  "describe it for one of them as well, or keep a copy": "为其中一台也描述该文件，或另存一份",
  "it is for people: hosts get the same": "供人阅读：各主机得到的内容不变",
  "it changes nothing on hosts": "它不改动主机上的任何内容",
  "they change nothing on hosts": "它们不改动主机上的任何内容",
  "it differs in something that no rule looks at: compare the two files": "有差别，但没有规则涉及：请比较两个文件",
  "text of the table": "转发表的文本",
  "the entries are the same, in the words of another ipvsadm or in another order":
    "条目相同，只是 ipvsadm 的写法或次序不同",
  "text of keepalived.conf": "keepalived.conf 的文本",
  "only its comments differ; keepalived is reloaded, connections stay": "只有注释不同；keepalived 重新加载，连接保持",
  "new connections go elsewhere": "新建连接去往别处",
  "connections end": "连接中断",
  "service interrupted": "服务中断",
  "host must be reached otherwise": "主机须改用其他途径登录",
  "not classified": "未归类",
  "New ones sent to it are not answered between the director's script and its own, but where it is drained meanwhile":
    "在执行调度器的脚本之后、执行它自己的脚本之前，转发给它的新建连接得不到应答，除非其间将其排空",
};
