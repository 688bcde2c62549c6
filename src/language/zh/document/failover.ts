/** What differs in health checks, failover and hosts. */
import type { Phrases } from "../../phrases.ts";

export const failoverTexts: Phrases = {
  "health checks and failover": "健康检查与主备切换",
  "health checks": "健康检查",
  "keepalived takes the virtual addresses off and, as it hears nobody, puts them back: new connections wait for up to 4 s, those that are there go on (docs/failover.md)":
    "keepalived 去掉虚拟 IP，在没有收到其他通告之后重新配置：新建连接最多等待 4 s，现有连接继续（docs/failover.md）",
  "keepalived starts with the table that is there: connections stay; a real server that is dead already is out after its first checks":
    "keepalived 以现有的转发表启动：连接保持；已经损坏的真实服务器在最初几次检查之后被摘除",
  "keepalived stops and takes the virtual addresses that it carries off before the script puts them on for good; nothing takes a dead real server out any more":
    "keepalived 停止并去掉它持有的虚拟 IP，然后脚本将其长期配置；此后没有机制摘除损坏的真实服务器",
  "global settings of keepalived": "keepalived 的全局设置",
  "the virtual addresses, which the host has for good, become keepalived's: it takes them off and, as it hears nobody, puts them back; new connections wait for up to 4 s (docs/failover.md)":
    "原来由主机长期持有的虚拟 IP 改由 keepalived 持有：它先去掉，在没有收到其他通告之后重新配置；新建连接最多等待 4 s（docs/failover.md）",
  "the virtual addresses are keepalived's and become the host's own: they are off from the reload until the script puts them on":
    "原来由 keepalived 持有的虚拟 IP 改由主机自己持有：从重新加载起，到脚本配置好为止不可用",
  "no rule knows what they do; keepalived is reloaded, never restarted":
    "没有规则说明其作用；keepalived 只重新加载，从不重启",
  "health check": "健康检查",
  "times of the health check": "健康检查的时间",
  "real servers that do not answer": "没有应答的真实服务器",
  "what else keepalived.conf says of it": "keepalived.conf 中关于它的其他内容",
  "keepalived is reloaded and connections stay; a real server that does not answer this check gets no new ones. Where none of a service would, apply stops before anything is changed":
    "keepalived 重新加载，连接保持；没有通过该检查的真实服务器得不到新建连接。如果某个服务的所有真实服务器都通不过，apply 会在做任何改动之前停止",
  "keepalived is reloaded, connections stay; nothing takes a real server out any more that has died":
    "keepalived 重新加载，连接保持；此后没有机制摘除损坏的真实服务器",
  "keepalived is reloaded, connections stay": "keepalived 重新加载，连接保持",
  "it is decided when the next real server does not answer: removed, its connections end; at weight 0 they go on":
    "在下一次有真实服务器没有应答时起作用：如果是移除，它的连接中断；如果是权重设为 0，连接继续",
  "no rule knows it; keepalived is reloaded": "没有对应的规则；keepalived 重新加载",
  "; virtualhost {1}": "；virtualhost {1}",
  "every {1} s ({2})": "每 {1#} s（{2}）",
  "are removed": "移除",
  "get weight 0": "权重设为 0",
  "real server": "真实服务器",
  "NFS server": "NFS 服务器",
  "version of lvsgen": "lvsgen 的版本",
  "runtime of the scripts": "脚本的运行时",
  "where packages come from": "软件包来源",
  "it counts when a package is missing": "缺少软件包时起作用",
  "to its hosts it is another cluster: where the new scripts run first and then the former ones' uninstall, what both describe stays in force (docs/operations.md)":
    "对各主机来说这是另一个集群：先执行新脚本、再执行旧脚本的 uninstall，则两者都描述的内容始终有效（docs/operations.md）",
  "the scripts do what they do by another runtime: CHANGELOG.md says what is new":
    "脚本由另一版本的运行时执行：新内容见 CHANGELOG.md",
  "it has no role": "它没有角色",
  "addresses of the host itself": "主机自己的地址",
  "it is another system, and the former one's script refuses it (78): while the machine is installed anew it serves nobody. Drain it first":
    "这是另一种系统，原来的脚本会拒绝它（78）：重装系统期间它不提供服务。先将其排空",
  "the scripts do not set a host's own addresses: change them on the host, at its console or by another way in, before its script runs, which knows it by them":
    "脚本不设置主机自己的地址：在执行它的脚本之前，通过控制台或其他登录途径在主机上修改；脚本按地址识别主机",
  "described besides; the scripts do not set a host's own addresses": "另外描述了该地址；脚本不设置主机自己的地址",
  "role {1}": "角色：{1*}",
  "it hears the master and stays backup; the others are to know it first (docs/failover.md)":
    "它收到主用调度器的通告，保持备用；其他调度器要先认识它（docs/failover.md）",
  "the virtual addresses come to a machine that has no connections: those that are there end, new ones wait until it answers":
    "虚拟 IP 移到一台没有连接的机器上：现有连接中断，新建连接等待到它应答为止",
  "it serves nobody until a director names it": "在调度器使用它之前，它不提供服务",
  "nobody counts on it yet": "还没有主机依赖它",
  "its virtual addresses go from it with all of its connections": "它的虚拟 IP 连同全部连接一起离开",
  "as master it hands the virtual addresses over first: new connections wait (0.1 to 0.3 s, docs/failover.md), those that are synced go on":
    "作为主用调度器，它先交出虚拟 IP：新建连接等待（0.1 至 0.3 s，docs/failover.md），已同步的连接继续",
  "as master it hands the virtual addresses over first, and connections end, for they are not synced":
    "作为主用调度器，它先交出虚拟 IP；连接会中断，因为没有同步",
  "who mounts its shares loses them: take the mounts off first": "挂载其共享目录的主机会失去它们：先卸载这些挂载",
  "once no director names it, nobody is served by it: what its services lose is said there":
    "一旦没有调度器使用它，它就不提供服务：它的各服务的损失在相应处说明",
  "it serves nobody": "它不提供服务",
  "sync of connections": "连接同步",
  "failover of {1}": "{1} 的主备切换",
  "nothing ends now; at the next failover the connections end with their director":
    "现在没有连接中断；下次主备切换时，连接随其调度器一起中断",
  "nothing ends now; until all directors have it, they do not hear each other's connections, and a failover meanwhile ends them":
    "现在没有连接中断；在所有调度器都变更之前，它们互相收不到对方的连接，其间发生主备切换会使连接中断",
  "nobody had addresses of this family that move": "此前没有这一地址族的地址需要移动",
  "what becomes of its addresses is said of them": "其地址的去向在相应处说明",
  "router id {1} on {2}": "router id {1}，接口 {2}",
  "router id": "router id",
  "what advertisements name": "通告中列出的地址",
  "version of VRRP": "VRRP 版本",
  "interface that directors hear each other on": "调度器之间通告所用的接口",
  "interval of advertisements": "通告间隔",
  "directors that it sends to": "它发送通告的对端调度器",
  "address that it speaks VRRP by": "它发送 VRRP 所用的地址",
  "labels of its virtual addresses": "虚拟 IP 的标签",
  "other settings of VRRP": "VRRP 的其他设置",
  "no rule knows what they do; keepalived is reloaded": "没有规则说明其作用；keepalived 重新加载",
  "not rolling: a director with the new one and one with the former take each other for dead, and both have the virtual addresses. Stop keepalived on all but the master, run director.sh there, then on the others":
    "不能滚动变更：已变更与未变更的调度器互相认为对方失效，两台都会持有虚拟 IP。除主用外停止其他各台的 keepalived，在主用上执行 director.sh，再在其他各台上执行",
  "until the other directors have it as well they may not hear this one, and take the virtual addresses too":
    "在其他调度器也变更之前，它们可能收不到这台的通告，也会占用虚拟 IP",
  "not rolling: version 2 discards advertisements with another interval (RFC 3768, 7.1), and both directors take the virtual addresses":
    "不能滚动变更：版本 2 丢弃间隔不同的通告（RFC 3768，7.1），两台调度器都会占用虚拟 IP",
  "with version 3 a backup waits by the interval that the master announces (RFC 5798, 6.1)":
    "版本 3 中，备用调度器按主用所通告的间隔等待（RFC 5798，6.1）",
  "without preemption the master stays; it counts at the next failover": "非抢占时主用不变；下次主备切换时起作用",
  "advertisements go to those that are described; where the master does not change, no address moves":
    "通告发给所描述的对端；主用不变时，地址不移动",
  "with preemption the virtual addresses go to the director with the highest priority: new connections wait for that takeover, those that are synced go on":
    "抢占时虚拟 IP 移到优先级最高的调度器：新建连接等待接管完成，已同步的连接继续",
  "with preemption the virtual addresses go to the director with the highest priority, and connections end, for they are not synced":
    "抢占时虚拟 IP 移到优先级最高的调度器，连接会中断，因为没有同步",
  "whether keepalived takes an address off and puts it on again because of its label was not measured":
    "keepalived 是否会因标签改变而去掉再重新配置地址，没有测量过",
};
