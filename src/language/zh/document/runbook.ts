/** What a runbook says beside its templates. */
import type { Phrases } from "../../phrases.ts";

export const runbookTexts: Phrases = {
  "apply waits up to 30 s for the connections of what goes; where they last longer:":
    "apply 最多等待 30 s，让被移除的部分的连接结束；如果连接持续更久：",
  "Nobody new is served of {1} from the apply on the director that has the addresses until the next step has ended on a real server, and up to 30 s of that are waited for connections of the former address. To end those at once:":
    "从持有该地址的调度器执行 apply 起，到下一步在某台真实服务器上完成为止，{1+} 不接受新建连接；其中最多 30 s 用于等待旧地址的连接结束。要立即结束这些连接：",
  "Where check, apply or verify prints a line that begins with drained and has {1} in it: type, with its name,":
    "如果 check、apply 或 verify 打印了以 drained 开头、其中有 {1+} 的行：之后在每台调度器上执行（NAME 换成它的名称）",
  "on every director afterwards. It would get no clients otherwise when it is described again.":
    "。否则以后重新描述它时，它得不到客户端。",
  "{1}; and {2} more": "{1+}；另有 {2#} 个",
  "{1} {2} clients where, after verify,": "{1+} 得到客户端的标志是，verify 之后执行",
  "has a line that begins with up and has its address for each service.":
    "，其中对每个服务各有一行以 up 开头、含有它的地址。",
  "has a line that begins with up for each of: {1}.": "，其中对以下各项各有一行以 up 开头：{1*}。",
  "Where one begins with down, though every command here ends with 0: it does not answer what it is asked, and gets no clients. Look again after ten seconds. Nobody is harmed by it: confirm, go on, and see what is wrong on it with":
    "如果某行以 down 开头，而这里的每条命令都以 0 结束：它对健康检查没有应答，因此得不到客户端。十秒后再看一次。这不影响任何人：照常确认并继续，再用以下命令查明它的问题：",
  "Where it begins with drained, type, with its name,": "如果以 drained 开头，执行（NAME 换成它的名称）",
  "on every director.": "，每台调度器都要执行。",
  "has its address with the described weight.": "，其中有它的地址，权重与描述一致。",
  "Where a line of verify begins with drained and has its name, it gets none: type, with its name,":
    "如果 verify 中有以 drained 开头、含有它名称的行，它得不到客户端：执行（NAME 换成它的名称）",
  "Nothing is changed by a script yet: leave it as it was, and find out why it does not work.":
    "还没有任何脚本做过改动：保持原样，查明为什么不成功。",
  "Mend what the line failed names, and run the same command again: it goes on where it stopped.":
    "处理 failed 行指出的问题，然后再次执行同一命令：它会从停下的地方继续。",
  "The host is dead or gone for good: leave it out, the change is complete without it. Write that down: should it ever run again, before anything else,":
    "主机已经损坏或永久离开：略过它，没有它变更也是完整的。请记录下来：万一它再次运行，首先在它上面执行",
  "on it.": "。",
  "verify finds a fault: do not go on to the next host. In this folder,":
    "verify 发现故障：不要继续操作下一台主机。在本目录中执行",
  ": it mends that.": "，它会修复故障。",
  "What is not taken off yet does no harm meanwhile: the new name has the same in force.":
    "尚未去掉的内容在此期间没有妨碍：新名称的集群中有同样的内容在生效。",
  "Until it has ended well, do not go on: another machine is to have its virtual addresses.":
    "在它正常结束之前不要继续：它的虚拟 IP 将由另一台机器持有。",
  "What is not taken off yet does no harm meanwhile.": "尚未去掉的内容在此期间没有妨碍。",
  "{1} exit code is 69: the host lacks something, or has something in the way. Mend what it names, and run it again.":
    "{1*}退出码为 69：主机缺少某些条件，或有东西妨碍。处理它指出的问题，然后再次执行。",
  "doctor.sh says stop, or the": "doctor.sh 显示 stop，或",
  "verify finds a fault at gateway: what the host had before lvsgen came leads nowhere, or to a director. At its console, ip route replace default via a router that reaches clients (ip -6 for IPv6), and the same in the system's own network configuration; then verify and confirm. Where there is no such router: do not confirm.":
    "verify 在 gateway 处发现故障：主机在使用 lvsgen 之前的默认路由不可达，或指向一台调度器。在它的控制台上执行 ip route replace default via，指向能到达客户端的路由器（IPv6 用 ip -6），并在系统自己的网络配置中做同样修改；然后 verify、confirm。如果没有这样的路由器：不要确认。",
  "A line failed: what was changed goes back by itself {1} s after the first change, or at once by":
    "出现 failed 行：改动会在第一处改动之后 {1#} s 自动回退，或用以下命令立即回退：",
  ". Mend the cause, and run it again.": "。排除原因后再次执行。",
  "{1}, or verify finds a fault: do not confirm. After {2} s, or after a reboot, the host is as before this step, and needs no rollback. It is when":
    "{1*}，或者 verify 发现故障：不要确认。{2#} s 之后，或重启之后，主机恢复到本步之前的状态，不需要回滚。确认这一点：执行",
  "No new session can be opened": "无法建立新的会话",
  "The session is lost": "会话丢失",
  "If it is not,": "如果不是，执行",
  "says why; then rollback --to N as above.": "，查看原因；然后如上执行 rollback --to N。",
  "confirm ends with 1, or with 75 (all goes back at this moment): the time was over. When the host is as before this step, begin the step again.":
    "confirm 以 1 结束，或以 75 结束（正在全部回退）：已经超时。等主机恢复到本步之前的状态，再重新开始本步。",
  "A line failed: run it again when the cause is mended, it goes on where it stopped":
    "出现 failed 行：排除原因后再次执行，它会从停下的地方继续",
  "{1}; or": "{1*}；或执行",
  "The session is lost: log in again, and run the same command again.": "会话丢失：重新登录，再次执行同一命令。",
  ", with its name; undrain NAME when it has ended well, and when you go back.":
    "（NAME 换成它的名称）；它正常结束之后，以及回退时，执行 undrain NAME。",
  "Do not leave it here: go on with it, or go back.": "不要停在这里：要么继续完成它，要么回退。",
  "Whoever mounts from it waits for it: do not go on until it has ended well.":
    "挂载其共享目录的主机都在等它：在它正常结束之前不要继续。",
  "Until it has ended well on every host, do not go on: the director would send clients there.":
    "在它于每台主机上都正常结束之前不要继续：否则调度器会把客户端转发过去。",
  "The director does not count on it for anything new: clients are served as before this step.":
    "调度器没有把任何新内容寄托在它上面：客户端得到的服务与本步之前相同。",
  "{1}, as {2}": "{1*}，同 {2@}",
  "{1}: {2}. While directors and these hosts are changed one after the other, they may be reached from their own network alone: have a session from there, or the console, open before the first step, and for going back too.":
    "{1+}：{2*}。调度器与这些主机先后变更期间，可能只能从它们自己的网络登录：在第一步之前就打开一个来自该网络的会话或控制台，回退时也一样。",
  "{1} reaches clients and who is logged in": "{1} 能到达客户端以及已登录的操作者",
  'It is agreed who changes names in DNS, monitoring and firewalls in between from {1} to {2}, and when (mind the time that names are kept). Without an interruption: nothing of this folder, but OPERATIONS.md of the former folder, "Another virtual address", which speaks of the address to be left.':
    "已商定由谁、在何时把 DNS、监控和沿途防火墙中的记录从 {1} 改为 {2}（注意 DNS 记录的缓存时间）。如果不允许中断：不要使用本目录，而按旧目录的 OPERATIONS.md 中“更换虚拟 IP”一节操作，那里讲的是要离开的地址。",
  'What is between the directors and the real servers lets the wrapped packets through (OPERATIONS.md, "What networks have to let through"), and lets ICMP errors ("fragmentation needed", "packet too big") of the directors come through to clients: without these large requests hang, such as uploads, and client-test.sh does not show it.':
    "调度器与真实服务器之间的设备放行封装后的报文（OPERATIONS.md，“网络需要放行的流量”），并让调度器发出的 ICMP 差错报文（“fragmentation needed”“packet too big”）到达客户端：否则上传之类的大请求会卡住，而 client-test.sh 不会反映出来。",
  "Something listens where clients go from now on, unless check --diff there shows a file or a unit of this change that makes it: {1}; ss -ltnu on the host shows it, in DR and TUN at * or 0.0.0.0, for IPv6 at * or [::].":
    "客户端今后访问的端口上有程序在监听（除非那里的 check --diff 显示本次变更有文件或单元会启动它）：{1+}；在该主机上用 ss -ltnu 查看，DR 和 TUN 方式须位于 * 或 0.0.0.0，IPv6 须位于 * 或 [::]。",
  "it is taken off above": "上文已将其卸载",
  "no script has put anything there": "没有任何脚本在它上面放置过内容",
  "{1} port {2}": "{1} 端口 {2}",
  "no host needs packages": "没有主机需要软件包",
  "{1} may need packages": "{1+} 可能需要软件包",
  "{1} has one real server from here on: it takes all clients, and nobody stands in for it.":
    "{1} 从此只有一台真实服务器：它接受全部客户端，没有别的机器替代它。",
  "in this folder: 0  {1}": "在本目录中：0  {1!}",
  "{1} more": "另有 {1#} 项",
  "and {1} more": "另有 {1#} 项",
  "the NFS server: what it exports is mounted by the real servers": "NFS 服务器：真实服务器要挂载它导出的目录",
  "the real servers: ready before clients are sent there, and silent about virtual addresses before they carry any":
    "真实服务器：在客户端被转发到这里之前就绪；要承载虚拟 IP 的，先对其 ARP 保持静默，再配置虚拟 IP",
  "from here on clients are served": "从这里起，客户端得到服务",
  "a number from 200 to 399": "200 到 399 之间的一个数字",
  "{1}, with {2} in the page": "{1*}，页面中含有 {2}",
  "clients until its check has found it dead": "客户端请求，直到健康检查发现它已经损坏",
  "its share of the clients": "它那一份客户端请求",
  "in the former folder": "在旧目录中",
  ", the one that status calls master last": "，status 显示为 master 的那台最后执行",
  ", but not on the one that status calls master": "，但 status 显示为 master 的那台除外",
  ", the one that status called master first": "，先前 status 显示为 master 的那台最先执行",
  ", when all of them are back": "，在全部回退之后",
  "give back the addresses that the former folder describes": "恢复旧目录所描述的地址",
  "drain it, install the system that the former folder describes, and do its steps of a first installation":
    "排空它，安装旧目录所描述的系统，并执行旧目录中首次安装的步骤",
  "Before it, where others of its services serve: nobody new is sent to {1}, and connections end, by, on every director, in the former folder, with its name,":
    "在此之前，如果它的各服务还有其他真实服务器在服务：在每台调度器的旧目录中，以其名称执行以下命令，不再有新的客户端转发给 {1+}，并等待其连接结束：",
  "; and when all steps are done, or you have gone back, in this folder or the former one: undrain NAME.":
    "；全部步骤完成之后（在本目录中），或者回退之后（在旧目录中）：undrain NAME。",
  "; and when its own steps below are done, before the next host, or when you have gone back: undrain NAME.":
    "；下面它自己的各步完成之后、操作下一台主机之前，或者回退之后：undrain NAME。",
  "Before it, where bash director.sh status calls {1} master, another one takes over by":
    "在此之前，如果 bash director.sh status 显示 {1+} 为 master，用以下命令使另一台接管：",
  "; when it has its new addresses: systemctl start keepalived.service.":
    "；设置好新地址之后：systemctl start keepalived.service。",
  "; apply below starts it again.": "；后面的 apply 会再次启动它。",
  "When it is reached again, no script of this change is run on {1}; in this folder, before the next step, this ends with 0 there:":
    "重新能够登录之后，本次变更没有脚本要在 {1+} 上执行；在下一步之前，在那里的本目录中执行以下命令，应以 0 结束：",
  "A line failed on one of several: do the others all the same, and": "多台中有一台出现 failed 行：其余各台照常操作，",
  "no longer says waiting for, and {1}.": "，输出中不再有 waiting for，且{1~}。",
  "check ends with 2, as before it": "check 与本步之前一样以 2 结束",
  "check of the former folder ends with 0": "旧目录中的 check 以 0 结束",
  "Do the others first; then, if it is one of several,": "先操作其余各台；然后，如果它是多台中的一台，",
  "Where others of its services serve,": "如果它的各服务还有其他真实服务器在服务，",
  "{1} no new clients are sent to it when every director has run":
    "{1~}在每台调度器上执行以下命令后，不再有新的客户端转发给它：",
  'the route that the host had before lvsgen came is put back: realserver.sh check --diff says in its line "{1}" behind "back to" which one. (Without these words none comes back, and without that line the route of now stays.) What is left then has to lead to a router that reaches clients, that is no director, and that lets answers from the virtual addresses through without having seen the request (OPERATIONS.md, "What networks have to let through"). {2}':
    "恢复主机在使用 lvsgen 之前的路由：realserver.sh check --diff 在“{1}”一行的 “back to” 之后写明是哪条路由。（没有这几个字就不会恢复任何路由；没有这一行则保留当前的路由。）此后剩下的路由必须指向这样一台路由器：能到达客户端、不是调度器、并且放行从虚拟 IP 发出的应答，即使它没有见过请求（OPERATIONS.md，“网络需要放行的流量”）。{2~}",
  '(ROUTER is its "gateway" in the description; without one: do not begin)':
    '（ROUTER 是它在描述文件中的 "gateway"；没有则不要开始）',
  "Where it does not{1}, nothing of lvsgen sets another one, and verify fails at gateway with clients waiting. So, before the first step: write {2} into the system's own network configuration ({3}), without bringing the interface up: that is for the next boot. And write beside the step of realserver.sh what is typed there at the console right after apply, before verify: {4} route replace default via {5}. Going back may not take back what was typed: where check of the former folder then ends with 2, or its verify with 1, for the route, bash realserver.sh in that folder, at the console; and the system's own configuration gets what it had":
    "如果不是这样{1~}，lvsgen 不会设置另一条路由，verify 会在 gateway 处失败，而客户端在等待。因此在第一步之前：把 {2} 写入系统自己的网络配置（{3+}），不要重新启用接口：它用于下次启动。并在 realserver.sh 那一步旁边写下在控制台上于 apply 之后、verify 之前立即执行的命令：{4!} route replace default via {5}。回退不一定会撤销手工执行的内容：如果此后旧目录中的 check 因该路由以 2 结束、或其 verify 因该路由以 1 结束，在控制台上于那个目录中执行 bash realserver.sh；系统自己的网络配置也恢复原样",
  "the first of {1}": "{1+} 中的第一台",
  ". From then on those are served that are sent to one that is done, and all of them when the last has ended: two minutes more for each of the others, {1} minutes in all, unless somebody sits at each":
    "。此后转发到已完成的真实服务器的客户端得到服务，最后一台结束后全部得到服务：其余每台再加两分钟，共 {1#} 分钟，除非每台都有人操作",
  "nobody waits": "没有客户端等待",
  "nobody new waits; clients that it knows by persistence ({1} s from their last connection on) still come, and are cut off by the steps, or wait":
    "没有新的客户端等待；因持久连接而已知的客户端（从其最后一个连接起 {1#} s）仍会访问它，后面的步骤会中断它们的连接，或者它们需要等待",
  "On {1} neither firewalld nor ufw is in force, now or from the next boot on: the line firewall of bash doctor.sh there names none of the two. (By hand, all three: /etc/ufw/ufw.conf has no ENABLED=yes; firewall-cmd --state says not running, or is not there; systemctl is-enabled firewalld does not say enabled.) Where one is, do not begin: from here on real servers in NAT and others are in {2}, and no new connection to the others comes about there, for their packets are INVALID to it. Have a folder made that changes all of them at once.":
    "在 {1+} 上，firewalld 和 ufw 都没有生效，下次启动后也不会生效：在那里执行 bash doctor.sh，其 firewall 一行不含这两个名称。（手工检查以下三项：/etc/ufw/ufw.conf 中没有 ENABLED=yes；firewall-cmd --state 的退出码不是 0，或没有该命令；systemctl is-enabled firewalld 不显示 enabled。）如果其中之一生效，不要开始：从此 {2+} 中既有 NAT 方式又有其他方式的真实服务器，到其他方式的真实服务器无法新建连接，因为防火墙把它们的报文判为 INVALID。应生成一个同时改变全部真实服务器的目录。",
  "What serves on {1} listens on every address: {2} there shows {3} at * or 0.0.0.0, for IPv6 at * or [::] (unless check --diff there shows a file or a unit of this change that makes it; a line [::] is IPv6 alone, but for CentOS 7, whose ss prints it for both). {4}. Where it does not, have it listen on every address before the first step.":
    "{1+} 上提供服务的程序监听在所有地址上：在那里用 {2!} 可以看到{3*} 位于 * 或 0.0.0.0，IPv6 位于 * 或 [::]（除非那里的 check --diff 显示本次变更有文件或单元会做到这一点；[::] 的行只接收 IPv6，但 CentOS 7 的 ss 对两者都这样显示）。{4*}。如果不是这样，在第一步之前使它监听所有地址。",
  "Until now it was asked at the host's own address, from here on at the virtual one: what listens on its own alone refuses every client, and no health check shows it, for these ask its own":
    "此前访问的是主机自己的地址，从此访问的是虚拟 IP：只监听自己地址的程序会拒绝所有客户端，而健康检查反映不出来，因为它检查的是主机自己的地址",
  "Until now it was asked at the virtual address, from here on at the host's own: what listens on the virtual one alone refuses every client":
    "此前访问的是虚拟 IP，从此访问的是主机自己的地址：只监听虚拟 IP 的程序会拒绝所有客户端",
  "nmcli connection modify NAME {1}.gateway {2} or {3}= of the ifcfg file":
    "nmcli connection modify NAME {1}.gateway {2} 或 ifcfg 文件的 {3}=",
  "port {1}": "端口 {1}",
  "ports {1}": "端口 {1+}",
  "gateway {1} in /etc/network/interfaces": "/etc/network/interfaces 中的 gateway {1}",
  "via: {1} below routes: in the file of netplan": "netplan 文件中 routes: 之下的 via: {1}",
  "Gateway={1} in the .network file": ".network 文件中的 Gateway={1}",
  "But not from or to NAT where firewalld or ufw is in force on a director (the line firewall of bash doctor.sh on {1} names it): in between a service has real servers in NAT and others, and no new connection to the others comes about there. Then all at once, as below, at a time that is agreed upon.":
    "但如果调度器上 firewalld 或 ufw 在生效（在 {1+} 上执行 bash doctor.sh，其 firewall 一行会指出），改为 NAT 或从 NAT 改出时不能这样做：其间一个服务既有 NAT 方式又有其他方式的真实服务器，到其他方式的真实服务器无法新建连接。此时应在约定的时间全部同时变更，如下文。",
  "This folder changes the forwarding method of all of them at once: {1}. {2}":
    "本目录同时改变全部真实服务器的转发方式：{1*}。{2*}",
  "connections end, and nobody new is served meanwhile": "连接会中断，其间不接受新建连接",
  "connections may end by it": "连接可能因此中断",
  "No folder can change one real server of a service alone: keepalived on the director knows one forwarding method a service.":
    "无法用一个目录只变更某个服务的一台真实服务器：调度器上的 keepalived 只允许每个服务使用一种转发方式。",
  'Where that is not wanted, stop here, and have a folder made for each real server alone (its own "mode", and none in services that have it from a pool): its runbook has it drained first.{1}':
    '如果不允许这样，到此为止，为每台真实服务器单独生成一个目录（写它自己的 "mode"；从服务器池取得真实服务器的服务中不要写）：其操作手册会先将它排空。{1~}',
  "Where {1} is drained, nobody new waits for it; clients that it knows by persistence are cut off here, or wait. Where it is not: of":
    "如果 {1} 已排空，没有新的客户端等待；因持久连接而已知的客户端在这里被中断，或者需要等待。否则，",
  ", and not everybody until it has ended on the last": "（在最后一台上完成之前，仍有客户端得不到服务）",
  ", but for silent ones (below, where it stops).": "，没有发送报文的除外（见下文“如果在这一步停住”）。",
  "{1} what goes to other real servers, or to them in another way, nobody new is served from the apply on the director that has the addresses until the next step has ended on a real server{2}: go on with it at once. Connections of the former way end{3}":
    "{1~}转到其他真实服务器、或改用其他方式到达真实服务器的部分，从持有该地址的调度器执行 apply 起，到下一步在某台真实服务器上完成为止，不接受新建连接{2~}：请立即继续下一步。原方式的连接会中断{3~}",
  'apply may print "N connection(s) of the former way of forwarding are left", on a backup nearly always: they have sent nothing in these seconds. Go on. Only where clients then get "no route to host", and ip neigh on the director has the virtual address as FAILED, there':
    'apply 可能打印 "N connection(s) of the former way of forwarding are left"，在 backup 上几乎总会打印：这些连接在这几秒内没有发送报文。照常继续。只有客户端随后得到 "no route to host"、且调度器上 "ip neigh" 把虚拟 IP 显示为 FAILED 时，才在那里执行',
  ", once more where it comes back. Where that does not last: drain the real server that ipvsadm -Lnc has them at, which are those with the least time left, until they are gone, or, where nobody else serves, go back.":
    "，如果再次出现就再执行一次。如果仍不能消除：将 ipvsadm -Lnc 显示这些连接（剩余时间最少的那些）所在的真实服务器排空，直到它们消失；如果没有别的真实服务器提供服务，就回退。",
  "Where {1} is drained, nobody waits for it. Where it is not: of": "如果 {1} 已排空，没有客户端等待。否则，",
  "; where others of the service take new ones meanwhile, up to 30 s are waited for them first, which this spares:":
    "；如果该服务的其他真实服务器此时仍接受新建连接，会先等待最多 30 s，用以下命令可以省去等待：",
};
