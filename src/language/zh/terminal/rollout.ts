/** What `rollout` says, and its help. */
import type { Phrases } from "../../phrases.ts";

export const rolloutTexts: Phrases = {
  "take a change to many hosts, batch by batch": "把变更分批推行到多台主机",
  "Says in which batches the change of a bundle goes to its hosts, and how far it is: one host first, then so many that each service keeps most of its real servers, directors one at a time. With --ssh it goes there: it stops at the first failure, and goes on where it was when it is called again. Ends with 0 where nothing is left, 1 where something is, and 2 where something failed or its end is not known.":
    "说明部署包的变更分哪些批次推行到各主机，以及进展如何：先一台主机，然后每批只取每个服务的一小部分真实服务器，调度器逐台进行。带 --ssh 时直接登录主机执行：遇到第一个失败即停止，再次执行时从停下的地方继续。没有剩余时以 0 结束，有剩余时以 1，有失败或结果未知的以 2。",
  "a directory that build made": "build 建立的目录",
  "run the scripts on the hosts, by the system's ssh and its configuration": "用系统的 ssh 及其配置在主机上执行脚本",
  "the user of ssh is not root: run them by sudo, which must not ask":
    "ssh 用户不是 root：用 sudo 执行，且 sudo 不得询问",
  "what ssh is called with for a host (default: its name); give it once for each":
    "ssh 连接某主机时使用的名称（默认：主机名）；每台主机给出一次",
  "where is written down how far it is, with the reports (default: rollout-state beside the directory)":
    "记录进展和报告的目录（默认：部署包旁边的 rollout-state）",
  "real servers that go first": "最先进行的真实服务器数量",
  "of each service's real servers at once: a share, such as 25%, or a number of hosts":
    "每个服务同时进行的真实服务器：比例，如 25%，或主机数量",
  "hosts of a batch that are worked on at once": "一批中同时处理的主机数量",
  "stop when this batch is done": "完成这一批后停止",
  "go to this host alone; give it once for each": "只处理这台主机；每台主机给出一次",
  "pass over this host, which is dead, say; give it once for each": "跳过这台主机（例如已损坏）；每台主机给出一次",
  "say that a step by hand is done; give it once for each": "说明某个手工步骤已完成；每个步骤给出一次",
  "go to every host, as for hosts that have nothing yet": "处理所有主机，如同首次安装",
  "a folder on the hosts that packages are installed from": "主机上用于安装软件包的目录",
  "the former bundle, where a step needs its scripts": "旧部署包，用于需要其脚本的步骤",
  "who may sign the bundle; without it a signature is not asked for": "允许签署部署包的签名者；不给出时不要求签名",
  "print a form with a box for each host": "打印表单，每台主机一个方框",
  "print JSON for tools: one object, with --ssh one a line": "打印供工具使用的 JSON：一个对象；带 --ssh 时每行一个",
  "Examples:\n  lvsgen rollout out\n  lvsgen rollout out --markdown > form.md\n  lvsgen rollout out --ssh --stop-after 1\n  lvsgen rollout out --ssh --batch 10%\n  lvsgen status rollout-state --bundle out":
    "示例：\n  lvsgen rollout out\n  lvsgen rollout out --markdown > form.md\n  lvsgen rollout out --ssh --stop-after 1\n  lvsgen rollout out --ssh --batch 10%\n  lvsgen status rollout-state --bundle out",
  "the directory of lvsgen secrets: each host gets its own file for the run":
    "lvsgen secrets 写出的目录：每台主机在运行时得到自己的文件",
  "is no file of secrets of a host of this cluster": "不是本集群某台主机的机密文件",
  "name a directory that lvsgen secrets wrote for this description": "请指定 lvsgen secrets 为此描述文件写出的目录",
  "It has to be a whole number from 1 to 9999.": "必须是从 1 到 9999 的整数。",
  "It has to be a number of hosts, such as 5, or a share, such as 25%.": "必须是主机数量，如 5，或比例，如 25%。",
  "It has to be the name of a host of the description.": "必须是描述文件中主机的名称。",
  "It has to be HOST=NAME, with the name or the user@name that ssh is to be called with.":
    "必须是 HOST=NAME，NAME 是 ssh 使用的名称，或 user@名称。",
  "It has to be an absolute path on the hosts.": "必须是主机上的绝对路径。",
  // The plan, and how far it is.
  "to do": "待进行",
  "its end is not known": "结果未知",
  note: "说明",
  "by hand": "手工操作",
  "nothing is to be done on any host": "任何主机都无需操作",
  "(the former bundle's)": "（旧部署包的）",
  "{1} of {2} done": "已完成 {1#} 项，共 {2#} 项",
  "how the hosts stand: lvsgen status {1} --bundle {2}": "主机状态：lvsgen status {1!} --bundle {2!}",
  "batch {1}": "第 {1#} 批",
  "batch {1} of {2}": "第 {1#} 批，共 {2#} 批",
  "(canary)": "（先行）",
  "Rollout of {1}": "{1!} 的分批推行",
  "RUNBOOK.md of the bundle has what has to be seen to before, what clients notice, and the way back from each step.":
    "事先要办妥的事项、对客户端的影响、每一步的回退方法，见部署包中的 RUNBOOK.md。",
  "In the folder of the former bundle.": "在旧部署包的目录中执行。",
  "done on .............. by ..............": "完成时间 .............. 操作人 ..............",
  "Then log in again, in a new session:": "然后在新的会话中重新登录：",
  "Go on when every line of it has ended so.": "每一行都如此结束后，才继续。",
  "At the end, from a machine that is no director and no real server:":
    "最后，在既不是调度器也不是真实服务器的机器上：",
  // What happens, and why it goes no further.
  killed: "被杀死",
  "{1} changed": "变更 {1#} 项",
  "{1} to change": "{1#} 项待变更",
  "stopped: no other host is begun before this is well": "已停止：处理好之前不再开始其他主机",
  "stopped as told: what was begun has ended, or goes on by itself on its host":
    "已按要求停止：已开始的已经结束，或在其主机上自行继续",
  "stopped after batch {1}": "已在第 {1#} 批之后停止",
  "stopped before step {1}, which is done by hand on {2}: {3}": "已在第 {1#} 步之前停止，该步在 {2+} 上手工操作：{3!}",
  "stopped: step {1} is to be done before": "已停止：要先完成第 {1#} 步",
  "hosts that were passed over are left": "剩下的是跳过的主机",
  "next is batch {1}": "接下来是第 {1#} 批",
  "to go on: the same command": "要继续：执行同一条命令",
  "to go on when it is done: the same command with --done {1}": "完成后要继续：执行同一条命令，并加 --done {1#}",
  "what was done is written down in {1}": "已完成的内容记录在 {1!}",
  "stopping: what is begun comes to its end, nothing new is begun (once more: it is left to the hosts)":
    "正在停止：已开始的会进行到底，不再开始新的（再按一次：交由主机自行完成）",
  "ending: what is begun goes on by itself on its hosts, and is asked for when this is run again":
    "正在结束：已开始的在其主机上自行继续，再次执行时会询问其结果",
  // Why something failed on a host, and what to do.
  "an apply that is not of this rollout waits to be confirmed": "有一次不属于本次推行的 apply 等待确认",
  "on the host: bash {1} confirm, or let it go back; then run this again":
    "在该主机上：bash {1!} confirm，或让它回退；然后再次执行",
  "{1} was killed on the host": "{1@} 在主机上被杀死",
  "{1}: {2}": "{1@}：{2~}",
  "the host is as it was before the apply: run this again": "主机已恢复到 apply 之前的状态：请再次执行",
  "it is not confirmed: see bash {1} status on the host, then run this again":
    "尚未确认：请在主机上查看 bash {1!} status，然后再次执行",
  "mend what it names on the host, and run this again": "在主机上处理它所指出的问题，然后再次执行",
  "see which host answers by that name (--ssh-name HOST=NAME), and run this again":
    "检查用该名称登录的是哪台主机（--ssh-name HOST=NAME），然后再次执行",
  "mend the cause, and run this again": "排除原因后再次执行",
  "see what it says on the host": "查看主机上的输出",
  "the connection was lost while {1} ran ({2}): its end is not known": "{1@} 执行时连接中断（{2~}）：结果未知",
  "nothing of it is left there": "主机上已没有它的内容",
  "run this again: it asks the host how it ended, before anything else": "请再次执行：会先询问主机其结果",
  "it cannot be asked how {1} ended: {2}": "无法询问 {1@} 的结果：{2~}",
  "the host has forgotten it": "主机上已没有它的记录",
  // What OpenSSH and sudo say.
  "its host key is another one than before: it was installed anew, or another machine answers":
    "主机密钥与以前不同：主机重新安装过，或应答的是另一台机器",
  "find out which; where it was installed anew: ssh-keygen -R {1}, and ssh {2} once by hand":
    "请查明是哪种情况；如果是重新安装：ssh-keygen -R {1!}，并手工 ssh {2!} 一次",
  "its host key is not known here": "这里没有它的主机密钥",
  "ssh {1} once by hand, and compare the fingerprint with the host's own": "手工 ssh {1!} 一次，并与主机自身的指纹比较",
  "sudo asks for a password there": "主机上的 sudo 要求密码",
  "allow bash to that user without one (NOPASSWD), or log in as root (User root in the configuration of ssh)":
    "允许该用户免密码执行 bash（NOPASSWD），或以 root 登录（ssh 配置中的 `User root`）",
  "sudo wants a terminal there": "主机上的 sudo 要求终端",
  "take requiretty from its sudoers for that user (Defaults:USER !requiretty), or log in as root":
    "在其 sudoers 中为该用户取消 requiretty（Defaults:USER !requiretty），或以 root 登录",
  "there is no sudo": "没有 sudo",
  "log in as root, without --sudo": "以 root 登录，不带 --sudo",
  "sudo refuses that user": "sudo 拒绝该用户",
  "allow it bash, or log in as root": "允许它执行 bash，或以 root 登录",
  "it lets nobody in with these keys": "这些密钥无法登录",
  "ssh {1} has to come through without a question: a key in an agent, User in the configuration of ssh":
    "ssh {1!} 必须无需询问即可登录：代理中的密钥、ssh 配置中的 User",
  "its name leads to no address": "主机名解析不到地址",
  "write Host {1} with its HostName into the configuration of ssh, or give --ssh-name HOST=NAME":
    "在 ssh 配置中写入 Host {1!} 及其 HostName，或给出 --ssh-name HOST=NAME",
  "it cannot be reached": "无法连接",
  "ssh {1} has to come through; where the host is dead: --without HOST":
    "ssh {1!} 必须能够登录；如果主机已损坏：--without HOST",
  "ssh ended with {1}": "ssh 以 {1@} 结束",
  "nothing was begun: {1}": "没有开始任何操作：{1~}",
  "see what ssh {1} says": "查看 ssh {1!} 的输出",
  "see what is wrong with /tmp there (df /tmp), and run this again": "检查主机上的 /tmp（df /tmp），然后再次执行",
  // What is wrong before anything is begun.
  "build it with this lvsgen": "用本 lvsgen 重新生成",
  "has a rollout.json that is none of lvsgen's": "其中的 rollout.json 不是 lvsgen 的",
  "name another folder: --state DIR": "指定另一个目录：--state DIR",
  "is of a newer lvsgen": "来自更新的 lvsgen",
  "is of a rollout of the cluster {1}": "属于集群 {1!} 的推行",
  "is of a rollout of another bundle: its SHA256SUMS has the sum {1}":
    "属于另一个部署包的推行：其 SHA256SUMS 的校验和为 {1!}",
  "is of a rollout with --first": "属于带 --first 的推行",
  "is of a rollout without --first": "属于不带 --first 的推行",
  "cannot be read or written: {1}": "无法读写：{1*}",
  "another rollout is at work with this folder: {1}": "另一次推行正在使用这个目录：{1!}",
  "let it end, or end it; where it runs no more on that machine, remove the file":
    "等它结束，或结束它；如果它在那台机器上已不再运行，请删除该文件",
  "does not say who is at work with this folder: whoever took it was killed meanwhile, or is taking it":
    "没有说明谁正在使用这个目录：取得它的进程中途被杀死，或正在取得它",
  "run this again; where it stays so, and no rollout is at work with this folder on any machine, remove the file":
    "请再次执行；如果仍然如此，而且没有任何机器上的推行正在使用这个目录，请删除该文件",
  "there is no ssh on PATH": "PATH 中没有 ssh",
  "install OpenSSH's client; or do without: lvsgen rollout DIR --markdown":
    "安装 OpenSSH 客户端；或不使用它：lvsgen rollout DIR --markdown",
  "a step takes off what the scripts of the former bundle put there, and they are not in this one":
    "有一步要撤除旧部署包的脚本所放置的内容，而本部署包中没有这些脚本",
  "has no {1} for {2}": "没有给 {2!} 的 {1!}",
  "name the bundle that this change leads from": "指定本次变更的起点部署包",
  "is not the bundle that this change leads from": "不是本次变更的起点部署包",
  "its SHA256SUMS has the sum {1}": "其 SHA256SUMS 的校验和为 {1!}",
  "has nothing to do on a host {1}": "对主机 {1!} 没有任何操作",
  "lvsgen rollout DIR says which hosts there are": "lvsgen rollout DIR 会说明有哪些主机",
  "has no step {1} that is done by hand": "没有需要手工操作的第 {1#} 步",
  "lvsgen rollout DIR says which steps there are": "lvsgen rollout DIR 会说明有哪些步骤",
  "takes {1} only where it is to go to the hosts": "只有到主机上执行时才接受 {1}",
  "add --ssh, or leave {1} out": "加上 --ssh，或者去掉 {1}",
  "has {1} batches, and no batch {2}": "有 {1#} 批，没有第 {2#} 批",
  "lvsgen rollout DIR says which batches there are": "lvsgen rollout DIR 会说明有哪些批次",
};

/** What is put together of several texts. */
export const rolloutCompositions: Phrases = {
  "{1}: failed {2}": "{1@}：失败 {2!}",
  "what was applied goes back by itself {1} s later, for it was not confirmed; mend the cause, and run this again":
    "所应用的变更没有确认，{1#} s 后自动回退；排除原因后再次执行",
  "what was applied goes back by itself {1} s later, for it was not confirmed; mend the cause, and run this again: it begins with what is there by then":
    "所应用的变更没有确认，{1#} s 后自动回退；排除原因后再次执行：会从当时的状态开始",
  "it answers as {1}": "应答的主机是 {1}",
  "what was applied waits no more: its time was over and it went back, or somebody confirmed it":
    "所应用的变更不再等待确认：时间已过而自动回退，或有人已经确认",
  "run this again: it begins with what is there by now": "再次执行：会从主机现在的状态开始",
  "make room there, and run this again: it asks the hosts how far they are. What was applied and not confirmed goes back by itself":
    "在那里腾出空间后再次执行：会先询问各主机进行到哪一步。已应用而未确认的变更自动回退",
  "no temporary directory can be made there": "那里无法建立临时目录",
  "the script did not arrive as it was sent": "到达的脚本与发送的不同",
  "the run cannot be begun: is the disk full?": "无法开始执行：磁盘满了吗？",
  "its temporary directory has a name that is none of mktemp's": "其临时目录的名称不是 mktemp 所取",
  "its report is longer than 16 MiB": "它的报告超过 16 MiB",
  "{1}: {2}; what was applied goes back by itself {3} s after the apply":
    "{1@}：{2~}；所应用的变更在 apply 之后 {3#} s 自动回退",
  "ssh ended with a signal": "ssh 被信号结束",
  "go on with that, or name another folder: --state DIR": "用那个版本继续，或指定另一个目录：--state DIR",
  "go on with that bundle until nothing is left; or begin this one, whatever is left of that: name another folder: --state DIR":
    "用那个部署包继续，直到没有剩余；或者不管其剩余，开始本部署包：指定另一个目录：--state DIR",
  "go on so, or name another folder: --state DIR": "照此继续，或指定另一个目录：--state DIR",
  "name its directory: --former DIR": "指定其目录：--former DIR",
  "name its directory: --former DIR (its SHA256SUMS has the sum {1})":
    "指定其目录：--former DIR（其 SHA256SUMS 的校验和为 {1!}）",
  "another rollout is at work with this folder: another rollout": "另一次推行正在使用这个目录",
  "another rollout is at work with this folder: process {1} on {2} in another container":
    "另一次推行正在使用这个目录：{2!} 上另一个容器中的进程 {1#}",
  "another rollout is at work with this folder: process {1} on {2}": "另一次推行正在使用这个目录：{2!} 上的进程 {1#}",
};
