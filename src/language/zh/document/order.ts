/** In which order scripts run, and why. */
import type { Phrases } from "../../phrases.ts";

export const orderTexts: Phrases = {
  "the table knows services by their addresses": "转发表按地址识别服务",
  "what is exported is there before anybody mounts it": "共享目录先导出，再供挂载",
  "it is ready before a director sends clients there": "在调度器把客户端转发过去之前准备就绪",
  "after the directors, which still need until then what goes here":
    "在调度器之后，因为在此之前调度器还需要这里要去掉的内容",
  "when no director names it any more": "在没有调度器使用它之后",
  "it brings back what went from a share that it serves": "恢复它所提供的共享目录中被去掉的文件",
  "when nobody mounts any more what goes": "在没有主机再挂载所去掉的内容之后",
  "when nobody mounts its shares any more": "在没有主机再挂载它的共享目录之后",
  "drain it, install the described system, and bring it up": "先排空，安装描述文件所写的系统，再使其恢复运行",
  "give the host its new addresses, by its console or by another way in": "为主机设置新地址，通过控制台或其他登录途径",
  "it hands the virtual addresses over, or takes them off, before another machine has them":
    "在另一台机器持有虚拟 IP 之前，它先交出或去掉虚拟 IP",
  "keepalived is stopped on all of them but the one that has the virtual addresses: systemctl stop keepalived.service":
    "除持有虚拟 IP 的那台外，停止其他各台的 keepalived：systemctl stop keepalived.service",
  "first on the one that has the virtual addresses, then on the others":
    "先在持有虚拟 IP 的那台上执行，再在其他各台上执行",
  "last: it hears a master": "最后执行：这时它能收到主用调度器的通告",
  "one after the other, the one that has the virtual addresses last, with verify on each":
    "逐台执行，持有虚拟 IP 的那台最后执行，每台都做 verify",
  "from here on it sends clients as described": "从这里起，按描述转发客户端",
  "it serves from here on": "从这里起，由它提供服务",
  "after those that are there, which have to know it": "在现有调度器之后执行，它们要先认识它",
  "the new name is there before the former one goes": "先有新名称的集群，再去掉旧名称的",
  "where another director takes its virtual addresses, they go there first: systemctl stop keepalived.service; then install the described system, and bring it up":
    "如果有另一台调度器接管它的虚拟 IP，先交给那一台：systemctl stop keepalived.service；然后安装描述文件所写的系统，再使其恢复运行",
  "there is one keepalived on a host: it hands the virtual addresses over, where another director takes them":
    "一台主机只运行一个 keepalived：它先交出虚拟 IP（如果有另一台调度器接管）",
  "right after it, and before the next director: until then nothing of the cluster is there":
    "紧接着执行，并在下一台调度器之前：在此之前，它上面没有本集群的任何内容",
  "{1} runs one keepalived, for one cluster: between the uninstall of the former name and the apply of the new one nobody is served. Agree upon a time.":
    "{1} 只运行一个 keepalived，只为一个集群服务：从卸载旧名称到应用新名称之间，没有客户端得到服务。请约定时间。",
  "{1}: each runs one keepalived, for one cluster, so the former name goes from a director before the new one comes to it. The other one serves meanwhile: one after the other, the one that has the virtual addresses last (bash director.sh status says master), whatever the order below.":
    "{1+}：每台只运行一个 keepalived，只为一个集群服务，因此要先从一台调度器上卸载旧名称，再应用新名称。其间由另一台提供服务：逐台操作，持有虚拟 IP 的那台（bash director.sh status 显示 master）最后操作，不论下面写的次序。",
  "what both describe stays in force": "两者都描述的内容始终有效",
  "is not the manifest of a bundle that this lvsgen can read": "不是本版本 lvsgen 能读取的部署包清单",
  "is missing, though the manifest lists it": "缺失，但清单中列有它",
  "has not the parts of a script that this lvsgen can read": "没有本版本 lvsgen 能读取的脚本结构",
  "has a line that this lvsgen cannot read: {1}": "有一行是本版本 lvsgen 不能读取的：{1}",
  "compare two folders of the same host, or two whole bundles": "比较同一主机的两个目录，或者两个完整部署包",
  "is of the host {1} alone, and the other one of all hosts": "只是主机 {1} 的部署包，而另一个是所有主机的",
  "is of the host {1} alone, and the other one of {2}": "只是主机 {1} 的部署包，而另一个是 {2} 的",
  "mark {1}": "标记 {1}",
  "{1}: something comes and something goes in one run, so that no order is without a moment in which clients are sent where nobody serves.{2}":
    "{1+}：一次执行中既有增加又有去掉，因此无论什么次序，都有一段时间客户端被转发到没有服务的地方。{2~}",
  "(not where firewalld or ufw is in force on a director, which lets nobody new through to the others of a service that NAT is in)":
    "（如果调度器上 firewalld 或 ufw 在生效则不能这样做：它不放行到该服务中 NAT 以外的真实服务器的新建连接）",
  "Agree upon a time: keepalived 1.3.5 on the director knows one forwarding method a service, so that its real servers change together.":
    "请约定时间：调度器上的 keepalived 1.3.5 只允许每个服务使用一种转发方式，因此其真实服务器要一起变更。",
  "Drained first, as the runbook has it, {1} gets nobody new meanwhile.":
    "按操作手册先将它排空，{1} 在此期间不会得到新的客户端。",
  'Where that matters, change one real server after the other, each by its own "mode" and drained meanwhile{1}: a forwarding method cannot come before the other goes.':
    '如果不允许这样，逐台变更真实服务器，每台写自己的 "mode"，其间将其排空{1~}：一种转发方式去掉之前，不能增加另一种。',
  'Where that matters: OPERATIONS.md of the former bundle, "Another virtual address".':
    "如果不允许这样：见旧部署包的 OPERATIONS.md，“更换虚拟 IP”。",
  "Where that matters, describe and apply what comes first, and what goes in a second change.":
    "如果不允许这样，先描述并应用要增加的内容，再在第二次变更中去掉其余内容。",
};
