/** What differs in the resources of a host. */
import type { Phrases } from "../../phrases.ts";

export const resourceTexts: Phrases = {
  "file {1}": "文件 {1}",
  "it is replaced as a whole, and nothing is restarted because of it: what reads it only at its start goes on with the former one until then":
    "整体替换，不会因此重启任何程序：只在启动时读取它的程序，在重启之前仍用原来的内容",
  "it goes back to what it was before the first apply, or away; lvsgen does not know who reads it":
    "恢复为首次 apply 之前的内容，或者删除；lvsgen 不知道谁在读取它",
  "unit {1}": "单元 {1@}",
  "it is started where it does not run, and left alone where it does": "没有运行则启动，已经运行则不动",
  "it is stopped: what it serves or filters ends": "停止：它提供的服务或过滤随之终止",
  "it becomes what it was before the first apply: where that was stopped, what it serves ends":
    "恢复为首次 apply 之前的状态：如果那时是停止的，它提供的服务随之终止",
  "it is about the next boot alone": "只影响下次启动",
  "mount {1}": "挂载 {1@}",
  "connections stay; from then on clients get what is on the share, and what lies below the mount point is hidden":
    "连接保持；此后客户端得到的是共享目录中的内容，挂载点之下原有的内容被遮住",
  "the share is taken off: clients get what lies below the mount point": "卸载共享目录：客户端得到的是挂载点之下的内容",
  "the share is taken off and the other one mounted: in between clients get what lies below the mount point":
    "卸载原共享目录，再挂载另一个：其间客户端得到的是挂载点之下的内容",
  "it is installed; what its scripts start or restart is the package's own matter":
    "安装该软件包；它自带的脚本启动或重启什么，由软件包决定",
  "it stays, unless uninstall --purge": "保留，除非执行 uninstall --purge",
  "lvsgen has no rule for it": "lvsgen 没有对应的规则",
  "unit of lvsgen's own that brings things up at boot,": "启动时使各项内容生效的 lvsgen 自有单元",
  "it is started: what it brings up stands already": "启动它：它要设置的内容已经存在",
  "it is stopped, which takes nothing away: what it brought up is judged for itself":
    "停止它，这不会去掉任何内容：它设置的各项另行判断",
  "block in": "文件中的配置块",
  "it counts at the next boot, or when the file is read again": "下次启动时生效，或重新读取该文件时生效",
  "it counts at the next start of what reads it": "读取它的程序下次启动时生效",
  "it becomes what it was, and counts at the next start of what reads it": "恢复原来的值，读取它的程序下次启动时生效",
  "mode of": "文件权限",
  "it says whether the file is run at boot": "决定该文件是否在启动时执行",
  "it is made where it is missing": "不存在则创建",
  "it goes where nothing lies in it, else it stays": "其中没有内容则删除，否则保留",
  "who may read and write below it is another matter from then on": "此后谁能读写其下的内容会有不同",
  "clients may mount it from then on": "此后各主机可以挂载它",
  "its clients lose the share (stale file handles): take their mounts off first":
    "挂载它的主机会失去该共享目录（stale file handle）：先在这些主机上卸载",
  "it is exported anew with these options at once: who writes where it becomes read-only, or is no one, gets errors":
    "立即以新选项重新导出：在变为只读、或身份被映射的位置写入会出错",
  "copy of the script on the host,": "主机上的脚本副本",
  "it is kept there, for a timer that asks it or for whoever has no other at hand":
    "它保留在主机上，供定时器询问，或供手边没有其他脚本的人使用",
  "the former script is kept there until this one is applied": "在应用此脚本之前，那里保留的仍是原脚本",
  "it goes along with what it was kept for": "它随其用途一起移除",
  "reports in": "报告目录",
  "file of metrics": "指标文件",
  "lvsgen's own timer writes there": "lvsgen 自己的定时器在那里写入",
  "lvsgen's own timer wrote it: it goes": "由 lvsgen 自己的定时器写入：会被移除",
  "timeouts of connections (tcp, tcpfin, udp)": "连接超时时间（tcp、tcpfin、udp）",
  "ipvsadm --set: a connection gets its time with its next packet; where that is shorter, idle ones end sooner":
    "ipvsadm --set：每个连接在下一个报文时采用新的超时时间；如果变短，空闲连接会更早结束",
  "the kernel keeps them until its next boot": "内核保留该值，直到下次启动",
  "lvsgen's own files that go along": "随之变化的 lvsgen 自有文件",
  "the same, with another text": "文件不变，内容有变化",
  "they make what is said here last, and are read at boot": "它们使这里所说的内容持久有效，在启动时读取",
  "lvsgen's own file {1}": "lvsgen 自有文件 {1}",
  "one text": "原内容",
  "another text": "新内容",
  "nothing else of the host differs that it would follow from: check --diff of its script shows it":
    "主机的其他内容都没有会引起它的差别：用该主机脚本的 check --diff 查看",
  "lvsgen's own timer asks as it says from then on: it runs check and verify, which change nothing":
    "此后 lvsgen 自己的定时器按其内容询问：它执行 check 和 verify，不做任何更改",
  "what verify proves, in another order": "verify 所验证的内容，次序不同",
  "they are the same, and come about in another order": "内容相同，生效的次序不同",
  "order of its resources": "各项资源的次序",
  "it is that of the platform": "由平台决定",
  "no rule knows what it does": "没有规则说明其作用",
  "what its keepalived can do": "其 keepalived 支持的功能",
  "this lvsgen has no rule for such a resource": "本版本 lvsgen 没有对应这种资源的规则",
  "virtual address {1}": "虚拟 IP {1@}",
  "the director answers for it from then on; nobody else on the segment may have it (doctor.sh asks)":
    "此后由该调度器应答对它的 ARP；网段中其他设备不得使用它（doctor.sh 会检查）",
  "the real server takes packets for it and stays silent about it; before that it is silenced":
    "真实服务器接收发往它的报文，但不应答对它的 ARP；此前先使其静默",
  "it was served before, and this host has it from then on as well": "它原本就有服务，此后这台主机也持有它",
  "a service is still at it, and this director does not answer for it any more":
    "仍有服务使用该地址，而这台调度器不再为它应答",
  "no service needs it here any more: what that ended is said there":
    "这里没有服务再需要它：因此中断的内容在相应处说明",
  "it is put on the new interface, neighbours are told by ARP, and it is taken off the former one: clients wait for as long as they take to hear it":
    "先配置到新接口上，用 ARP 通告相邻设备，再从原接口上去掉：客户端要等待相邻设备收到通告",
  "it is put on the new interface before it is taken off lo: what comes for it is taken all the while, wrapped or not":
    "先配置到新接口上，再从 lo 上去掉：发往它的报文不论是否封装，始终有接收者",
  "the directors come first, and send nothing wrapped any more by the time that its script runs: before that it would end what comes so":
    "先执行调度器：到执行这里的脚本时，调度器已不再发来封装报文；在此之前执行会中断封装到达的连接",
  "the directors come first, and wrap in the new way what is taken in the former one until its script has run":
    "先执行调度器：调度器改用新的封装方式，而这里在执行脚本之前接收的仍是原来的方式",
  "it changes between the host, which has it for good, and keepalived, which has it on one director at a time: it is off for a moment (docs/failover.md: up to 4 s)":
    "在由主机长期持有与由 keepalived（同一时刻只在一台调度器上）持有之间切换：其间有片刻不可用（docs/failover.md：最多 4 s）",
  "the alias that ifconfig shows; the live address stays as it is, and has the label from its next coming up":
    "即 ifconfig 显示的别名；当前的地址不变，下次配置时才带上该标签",
  "the address with the right mask is put on before the wrong one is taken off; a connected route changes with it":
    "先配置掩码正确的地址，再去掉掩码错误的；直连路由随之改变",
  "route to {1}": "到 {1@} 的路由",
  "it goes with the virtual address, on lo alone": "随虚拟 IP 而定，只在 lo 上",
  "route {1}": "路由 {1}",
  "whatever this host answers leaves another way at once, connections to the host itself too":
    "本机的所有应答立即改走另一条路径，与主机自身的连接也一样",
  "it goes back to the route of before the first apply, and with it what this host answers, connections to the host itself too":
    "恢复为首次 apply 之前的路由，本机的应答随之改变，与主机自身的连接也一样",
  "verify proves it; apply changes nothing because of it": "由 verify 验证；apply 不因此做任何改动",
  "what has to configure this host's network": "配置本机网络的程序",
  "it is asked before anything changes; where it is otherwise the script ends with 69":
    "在做任何改动之前先检查；不符合则脚本以 69 结束",
  "it is not asked any more": "不再检查",
  "networkd's drop-in of": "networkd 的附加配置",
  "networkd reads it at its next restart or reconfiguration": "networkd 在下次重启或重新配置时读取",
  "way out of replies from": "应答报文的出口路径，源地址",
  "replies of running connections leave another way at once; where a router on the way keeps state, they end":
    "现有连接的应答立即改走另一条路径；如果途中路由器有状态检测，这些连接会中断",
  "replies of running connections leave by the default route at once; where a router on the way keeps state, they end":
    "现有连接的应答立即改走默认路由；如果途中路由器有状态检测，这些连接会中断",
  "answer on the host itself:": "主机自身的应答：",
  "other director": "其他调度器",
  "something that listens at": "监听于",
  "order of the {1}s": "{1*}的次序",
  "a packet keeps what the last rule that fits it gives it": "报文的处理以最后一条与之匹配的规则为准",
  "mark rule": "标记规则",
  "rule without connection tracking": "不做连接跟踪的规则",
  "segment size rule": "报文段长度（MSS）规则",
  "source NAT rule": "源地址转换规则",
  "new connections of this traffic go to the mark's service; those that are there stay where they are":
    "这些流量的新建连接进入该标记的服务；现有连接不变",
  "nobody took this traffic before": "此前没有服务接受这些流量",
  "new connections of this traffic are not taken any more, or by another service; those that are there go on":
    "这些流量的新建连接不再被接受，或由另一个服务接受；现有连接继续",
  "its service is gone: what that ended is said there": "它的服务已经去掉：因此中断的内容在相应处说明",
  "packets of DR and TUN pass without connection tracking, which sees one direction alone":
    "DR 和 TUN 的报文不经连接跟踪通过，因为连接跟踪只能看到一个方向",
  "its packets are tracked again, and a stateful firewall may drop those of running connections":
    "它的报文重新进入连接跟踪，有状态的防火墙可能丢弃现有连接的报文",
  "no service is at that address any more": "该地址上已没有服务",
  "it is about the first packets of new connections": "涉及新建连接的前几个报文",
  "no rule knows what its removal does": "没有规则说明去掉它的影响",
  "what machines behind the director begin from then on leaves with its address":
    "此后调度器后面的机器主动发起的连接，以调度器的地址发出",
  "what machines behind the director began has no way back any more": "调度器后面的机器已发起的连接不再有返回路径",
  "opening for {1}": "放行：{1*}",
  "where a firewall is active, it lets this through from then on": "如果防火墙在运行，此后放行该流量",
  "where a firewall is active, it lets this through no longer: what still comes by it is dropped":
    "如果防火墙在运行，不再放行该流量：仍经由它到达的报文被丢弃",
  "the directors come first, and send nothing wrapped any more by the time that its script runs":
    "先执行调度器：到执行这里的脚本时，调度器已不再发来封装报文",
  "where a firewall is active, it lets this through by fewer interfaces: what still comes by the others is dropped":
    "如果防火墙在运行，放行该流量的接口减少：仍从其他接口到达的报文被丢弃",
  "it is opened for other interfaces: what comes by the former ones is dropped where a firewall is active":
    "改为对其他接口开放：如果防火墙在运行，从原接口到达的报文被丢弃",
  "rules that a stopped firewall leaves:": "已停止的防火墙遗留的规则：",
  "they go: everything gets through": "去掉这些规则：全部放行",
  "they come back as they were before the first apply": "恢复为首次 apply 之前的规则",
  "proof that nothing keeps packets out:": "没有规则阻挡报文的验证：",
  "kernel module": "内核模块",
  "it is loaded": "加载",
  "it is unloaded where nothing uses it": "没有使用者时卸载",
  "UDP port that takes GUE packets": "接收 GUE 报文的 UDP 端口",
  "it takes packets from then on": "此后接收报文",
  "packets that the director wraps for it are not taken any more: run it after the director":
    "调度器为它封装的报文不再被接收：应在调度器之后执行",
  "packets for the former port are not taken any more": "不再接收发往原端口的报文",
  "default route that routers announce on": "由路由器通告的默认路由，接口",
  "it is kept while the host forwards": "主机转发报文期间予以保留",
  "the setting goes back to what it was; a route that was learnt may go with it":
    "该设置恢复原来的值；学习到的路由可能随之失效",
  "it enforces nothing any more": "不再强制执行任何策略",
  "it enforces again: what worked only without it does not": "重新强制执行策略：依赖其关闭才能工作的功能不再可用",
  "SELinux boolean": "SELinux 布尔值",
  "SELinux lets more through": "SELinux 放行更多操作",
  "SELinux lets through what it did before the first apply": "SELinux 恢复为首次 apply 之前的放行范围",
  "kernel setting {1}": "内核参数 {1@}",
  "the host forwards packets from then on, or may again": "此后主机转发报文，或重新可以转发",
  "the host forwards nothing any more: what it routes for others ends, replies in NAT too":
    "主机不再转发报文：它为其他机器做的路由随之终止，包括 NAT 的应答",
  "it keeps the host silent about virtual addresses, or takes their packets":
    "决定主机对虚拟 IP 的 ARP 保持静默，或接收发往虚拟 IP 的报文",
  "the host has no virtual address any more that it would be about": "主机已没有它所针对的虚拟 IP",
  "the host answers ARP for virtual addresses that it has: clients come to it past the director":
    "主机会应答对其虚拟 IP 的 ARP：客户端将绕过调度器直接访问它",
  "it goes back to what it was before the first apply, and the host is described with one interface, by which answers leave as well":
    "恢复为首次 apply 之前的值；描述文件中主机只有一个接口，应答也从该接口发出",
  "it goes back to what it was before the first apply: where that is 1, connections whose answers leave by another interface than their packets come by end":
    "恢复为首次 apply 之前的值：如果那时为 1，应答的出口与报文的入口不同的连接会中断",
  "a matter of ICMP redirects, which lvsgen switches off for directors":
    "与 ICMP 重定向有关，lvsgen 在调度器上将其关闭",
  "connections that began before are not known to connection tracking, and a stateful firewall drops their packets":
    "连接跟踪不认识此前已建立的连接，有状态的防火墙会丢弃它们的报文",
  "it counts when a real server is removed: its connections end at once": "去掉真实服务器时起作用：它的连接立即中断",
  "a backup hands on nothing that the master has handed to it": "备用调度器不会转交主用调度器同步给它的连接",
  "it holds for the whole host and at once; lvsgen has no rule for what it does. Removed, it goes back to what it was before the first apply":
    "对整台主机立即生效；lvsgen 没有规则说明其作用。去掉时恢复为首次 apply 之前的值",
  "a service is still at it: packets that a director sends here are not taken any more, and its connections end here (the directors come first, and send nobody new there by the time that its script runs)":
    "仍有服务使用该地址：调度器转发到这里的报文不再被接收，它在这里的连接会中断（先执行调度器，到执行这里的脚本时，调度器已不再把新建连接转发过来）",
  "real servers have it as their default route until their own scripts have run: until then they answer nobody beyond their own network, sessions on them included":
    "真实服务器在执行自己的脚本之前以它为默认路由：在此之前，它们对自己网络以外的任何人都没有应答，已登录的会话也一样",
};
