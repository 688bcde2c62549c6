/** What help says. */
import type { Phrases } from "../../phrases.ts";

export const helpTexts: Phrases = {
  "say what a change does to connections": "说明一项变更对连接的影响",
  "Compares two descriptions, bundles or revisions of git: what changes, service by service and host by host, what it does to the connections of clients and why, and in which order the scripts are to run. Ends with 2 where something differs.":
    "比较两个描述文件、部署包或 git 版本：逐个服务、逐台主机列出变更的内容，对客户端连接的影响及原因，以及脚本的执行次序。有差别时以 2 结束。",
  "a description, a directory that build made, a revision of git, or REVISION:PATH (default: HEAD)":
    "描述文件、由 build 生成的目录、git 版本或 REVISION:PATH（默认：HEAD）",
  "the same; default: the description that is here now": "同上；默认：现在这里的描述文件",
  "print one JSON object for tools": "打印一个 JSON 对象，供程序使用",
  "print Markdown for a merge request": "打印 Markdown，供合并请求使用",
  "draw the cluster": "画出集群",
  "Draws the cluster: networks, hosts, virtual addresses, services, and the way of a packet there and back. Prints it, or writes it to a file.":
    "画出集群：网络、主机、虚拟 IP、服务，以及报文往返的路径。打印出来，或写入文件。",
  "the description (JSONC or YAML), - for standard input (default: {1})":
    "描述文件（JSONC 或 YAML），- 表示标准输入（默认：{1~}）",
  "svg for people, mermaid for Markdown, dot for Graphviz (default: by the end of the output file, else svg)":
    "svg 供人看，mermaid 用于 Markdown，dot 用于 Graphviz（默认：由输出文件的扩展名决定，否则为 svg）",
  "file to write, - for standard output": "要写入的文件，- 表示标准输出",
  "replace the file if it exists": "文件已存在时替换它",
  "compile a description into scripts": "把描述文件编译成脚本",
  "Compiles a description into scripts. Writes only what differs, removes what a former build wrote and this one does not, and touches nothing else.":
    "把描述文件编译成脚本。只写有差别的文件，删除以前生成而这次没有的文件，不碰其他任何内容。",
  "directory to write to": "要写入的目录",
  "make RUNBOOK.md for the change from this bundle: a directory, a revision of git, or REVISION:PATH (default: what stands in the output directory)":
    "RUNBOOK.md 写从这个部署包开始的变更：目录、git 版本或 REVISION:PATH（默认：输出目录中现有的）",
  "make RUNBOOK.md as if nothing had been there before": "RUNBOOK.md 按首次安装来写，不看以前有什么",
  "also make hosts/HOST/ for each host: what this host needs, and no file of another one":
    "另为每台主机生成 hosts/HOST/：这台主机所需的内容，没有其他主机的文件",
  "compare without writing; exit 1 when the output is stale": "只比较，不写入；输出过期时以 1 结束",
  "build again whenever the description changes": "描述文件每次变化后重新生成",
  "replace and remove also what no build of lvsgen wrote, or what was changed since":
    "不是由 lvsgen 写的、以及写入之后被改过的文件，也替换和删除",
  "stop at warnings too, but for those that the description acknowledges": "遇到警告也停止，描述文件中确认过的除外",
  "print errors only": "只打印错误",
  "check descriptions without building": "检查描述文件，不生成",
  "Checks descriptions and reports every error and warning at once.": "检查描述文件，一次报告全部错误和警告。",
  "descriptions, - for standard input (default: {1})": "描述文件，- 表示标准输入（默认：{1~}）",
  "list the packages that the hosts need": "列出各主机需要的软件包",
  "Lists the packages that the hosts need. The bundle's fetch-packages.sh downloads them with all that they depend on.":
    "列出各主机需要的软件包。部署包中的 fetch-packages.sh 会下载它们及其全部依赖。",
  "say what a finding means and how to fix it": "说明诊断信息的含义和处理方法",
  "Says why a finding matters, what it looks like on the wire, and how to fix it.":
    "说明一条诊断信息为什么重要、在网络上有什么现象、怎样处理。",
  "the code of the finding; without it, all codes are listed": "诊断信息的代码；不写则列出所有代码",
  "print the JSON Schema of the description": "打印描述文件的 JSON Schema",
  "Prints the JSON Schema (draft 2020-12) of the description; editors complete and check from it.":
    "打印描述文件的 JSON Schema（draft 2020-12）；编辑器据此补全和检查。",
  "write a first description": "生成第一个描述文件",
  "Writes a commented description that builds, and the schema for editors beside it. Run in a terminal it asks for all that is not given, unless nothing that is needed is missing: Enter takes what is shown, < goes back, and after Ctrl-C a command is printed that goes on from there.":
    "生成一个带注释、可以直接使用的描述文件，并在旁边写上供编辑器使用的 JSON Schema。在终端中运行时询问没有给出的内容，除非所需的都已给出：回车采用显示的值，< 返回上一步；按 Ctrl-C 之后打印可以从那里继续的命令。",
  "name of the cluster, a DNS label": "集群的名称，一个 DNS 标签",
  "platform of the hosts, such as el7 or debian12": "各主机的平台，例如 el7 或 debian12",
  "network interface of the hosts": "各主机的网络接口",
  "the director, such as lvs1=192.168.80.10/24": "调度器，例如 lvs1=192.168.80.10/24",
  "the virtual IP address of the service": "服务的虚拟 IP",
  "tcp, udp or sctp": "tcp、udp 或 sctp",
  "port of the service": "服务的端口",
  "forwarding method: dr, tun or nat": "转发方式：dr、tun 或 nat",
  "scheduler, such as rr or wlc": "调度算法，例如 rr 或 wlc",
  "a real server; give it once for each": "一台真实服务器；每台写一次",
  "makes the check HTTP, on any port of tcp: the path that it asks for, such as /health":
    "健康检查改用 HTTP（适用于 tcp 的任何端口）：它请求的路径，例如 /health",
  "a package of the real servers; give it once for each, or none": "真实服务器的一个软件包；每个写一次，或写 none",
  "a unit that the real servers start; give it once for each, or none":
    "真实服务器要启动的一个单元；每个写一次，或写 none",
  "a host that runs client-test.sh; give it once for each, or none":
    "执行 client-test.sh 的一台主机；每台写一次，或写 none",
  "ask for further real servers": "继续询问其他真实服务器",
  "ask for further test clients": "继续询问其他测试客户端",
  "ask for all that is not given, though nothing that is needed is missing":
    "询问所有没有给出的内容，即使所需的都已给出",
  "file to write, YAML where it ends in .yaml; - for standard output":
    "要写入的文件，以 .yaml 结尾时为 YAML；- 表示标准输出",
  "run shellcheck over the scripts": "对脚本运行 shellcheck",
  "Runs shellcheck over the generated scripts: the one on PATH, else the npm package beside lvsgen's own.":
    "对生成的脚本运行 shellcheck：先用 PATH 中的，否则用与 lvsgen 一起安装的 npm 包。",
  "the output directory of build": "build 的输出目录",
  "print a completion script for a shell": "打印 shell 的补全脚本",
  "Prints a completion script for bash or zsh.": "打印 bash 或 zsh 的补全脚本。",
  "Compiles one description of a Linux Virtual Server cluster into idempotent bash scripts, one per role.":
    "把一个 Linux Virtual Server 集群的描述文件编译成幂等的 bash 脚本，每个角色一个。",
  "print the version": "打印版本",
  "print this help": "打印本帮助",
  "use colours even when the output is not a terminal": "输出不是终端时也使用颜色",
  "use no colours (also: a non-empty NO_COLOR)": "不使用颜色（或：NO_COLOR 不为空）",
  "language of findings, explain, help, what commands print, and comments that init and import write (default: that of LC_ALL, LC_MESSAGES or LANG where it is zh_CN.UTF-8, else en)":
    "诊断信息、explain、帮助、各命令打印的内容以及 init 和 import 写入的注释的语言（默认：LC_ALL、LC_MESSAGES 或 LANG 为 zh_CN.UTF-8 时为 zh，否则为 en）",
  'Run "{1} --help" for usage.': '用 "{1} --help" 查看用法。',
  "write a description of what is there already": "根据现有配置生成描述文件",
  "Writes the description of what rules of ipvsadm-save, listings of ipvsadm -L -n, keepalived.conf, ldirectord.cf, scripts that call ipvsadm and a host's own files say. Every line of them is accounted for.":
    "根据 ipvsadm-save 的规则、ipvsadm -L -n 的列表、keepalived.conf、ldirectord.cf、调用 ipvsadm 的脚本以及主机自己的文件，生成描述文件。其中每一行都有交代。",
  "files, folders with a host's own files, - for standard input; what they are is seen by their content":
    "文件、含有主机自己文件的目录，- 表示标准输入；按内容识别它们是什么",
  "file to write, YAML where it ends in .yaml, - for standard output (default: cluster.json)":
    "要写入的文件，以 .yaml 结尾时为 YAML，- 表示标准输出（默认：cluster.json）",
  "write nothing: compare what the description builds with all that was read, from rules to exports; exit 1 when anything differs that is not on purpose, or when it does not build":
    "不写入：把描述文件所生成的与读取的全部内容比较，从规则到导出；有并非有意的差别或无法生成时，以 1 结束",
  "name of the cluster, a DNS label (default: imported)": "集群的名称，一个 DNS 标签（默认：imported）",
  "a director, such as lvs1=192.168.80.10/24": "一台调度器，例如 lvs1=192.168.80.10/24",
  "a real server that is to be a host; give it once for each, or for several web[1-9]=…":
    "要作为主机的一台真实服务器；每台写一次，多台写 web[1-9]=…",
  "what a name in the files stands for; give it once for each": "文件中的名称所代表的地址；每个写一次",
  "the traffic that gets a mark, such as 1=192.0.2.1:80/tcp": "得到标记的流量，例如 1=192.0.2.1:80/tcp",
  "which @ lines of keepalived.conf hold, as keepalived -i": "keepalived.conf 中哪些 @ 行有效，与 keepalived -i 相同",
  "print one JSON object for tools: every line of the inputs with what became of it":
    "打印一个 JSON 对象，供程序使用：输入的每一行及其结果",
  "Examples:\n  lvsgen diff                          what is not committed yet\n  lvsgen diff HEAD~1                   the last commit, and that\n  lvsgen diff v1.2 clusters/shop.json  from a tag, of another description\n  lvsgen diff out                      what a build would change in out/\n  lvsgen diff old.json new.json\n  lvsgen diff --markdown origin/main > comment.md":
    "示例：\n  lvsgen diff                          尚未提交的内容\n  lvsgen diff HEAD~1                   最近一次提交，以及尚未提交的\n  lvsgen diff v1.2 clusters/shop.json  从某个标签开始，另一个描述文件\n  lvsgen diff out                      build 会在 out/ 中改动的内容\n  lvsgen diff old.json new.json\n  lvsgen diff --markdown origin/main > comment.md",
  "Examples:\n  lvsgen graph > topology.svg\n  lvsgen graph examples/nat.json -o nat.svg\n  lvsgen graph --format mermaid\n  lvsgen graph --format dot | dot -Tpdf > topology.pdf":
    "示例：\n  lvsgen graph > topology.svg\n  lvsgen graph examples/nat.json -o nat.svg\n  lvsgen graph --format mermaid\n  lvsgen graph --format dot | dot -Tpdf > topology.pdf",
  'Examples:\n  lvsgen build\n  lvsgen build examples/kgc.json -o out\n  lvsgen build --sign ~/.ssh/release  then hosts can prove who made it\n  lvsgen build --since HEAD           the change since the last commit\n  lvsgen build --per-host             then carry out/hosts/web1 to web1 alone\n  lvsgen build --check || echo "run lvsgen build and commit out/"\n  generate-cluster | lvsgen build - -o /srv/lvs':
    '示例：\n  lvsgen build\n  lvsgen build examples/kgc.json -o out\n  lvsgen build --sign ~/.ssh/release  主机由此可以证明是谁生成的\n  lvsgen build --since HEAD           自最近一次提交以来的变更\n  lvsgen build --per-host             然后只把 out/hosts/web1 带到 web1\n  lvsgen build --check || echo "run lvsgen build and commit out/"\n  generate-cluster | lvsgen build - -o /srv/lvs',
  "Examples:\n  lvsgen validate\n  lvsgen validate clusters/*.json\n  lvsgen validate --json | jq .diagnostics":
    "示例：\n  lvsgen validate\n  lvsgen validate clusters/*.json\n  lvsgen validate --json | jq .diagnostics",
  "Examples:\n  lvsgen packages\n  lvsgen packages --json | jq '.platforms[].packages[]'":
    "示例：\n  lvsgen packages\n  lvsgen packages --json | jq '.platforms[].packages[]'",
  "Examples:\n  lvsgen explain\n  lvsgen explain VIP_IS_HOST_ADDRESS":
    "示例：\n  lvsgen explain\n  lvsgen explain VIP_IS_HOST_ADDRESS",
  'Example:\n  lvsgen schema > cluster.schema.json\n  and in cluster.json: "$schema": "./cluster.schema.json"':
    '示例：\n  lvsgen schema > cluster.schema.json\n  然后在 cluster.json 中写 "$schema": "./cluster.schema.json"',
  "Examples:\n  lvsgen init\n  lvsgen init -o cluster.yaml\n  lvsgen init --name kgc --platform el7 --interface ens33 \\\n    --director lvs1=192.168.80.10/24 --vip 192.168.80.188 --port 80 \\\n    --realserver web1=192.168.80.12/24 --realserver web2=192.168.80.13/24":
    "示例：\n  lvsgen init\n  lvsgen init -o cluster.yaml\n  lvsgen init --name kgc --platform el7 --interface ens33 \\\n    --director lvs1=192.168.80.10/24 --vip 192.168.80.188 --port 80 \\\n    --realserver web1=192.168.80.12/24 --realserver web2=192.168.80.13/24",
  "Example:\n  lvsgen build && lvsgen lint": "示例：\n  lvsgen build && lvsgen lint",
  'Examples:\n  source <(lvsgen completion bash)           # this shell, or in ~/.bashrc\n  lvsgen completion bash > /etc/bash_completion.d/lvsgen\n  lvsgen completion zsh > "${fpath[1]}/_lvsgen"': `示例：\n  source <(lvsgen completion bash)           # 当前 shell，或 ~/.bashrc\n  lvsgen completion bash > /etc/bash_completion.d/lvsgen\n  lvsgen completion zsh > "\${fpath[1]}/_lvsgen"`,
  "Examples:\n  lvsgen init                          ask, and write a first cluster.json\n  lvsgen build                         compile cluster.json into out/\n  lvsgen build web.yaml -o out/web     another description, another directory\n  lvsgen build --check                 does cluster.json still give this out/?\n  lvsgen graph > topology.svg          a picture of the cluster\n  lvsgen diff HEAD~1                   what a change does, and what to run where\n  lvsgen explain VIP_IS_HOST_ADDRESS   what a finding means and how to fix it":
    "示例：\n  lvsgen init                          询问并生成第一个 cluster.json\n  lvsgen build                         把 cluster.json 编译到 out/\n  lvsgen build web.yaml -o out/web     另一个描述文件，另一个目录\n  lvsgen build --check                 cluster.json 是否仍然产生这个 out/？\n  lvsgen graph > topology.svg          集群的图\n  lvsgen diff HEAD~1                   一项变更的影响，以及在哪里执行什么\n  lvsgen explain VIP_IS_HOST_ADDRESS   诊断信息的含义和处理方法",
  "Exit codes:": "退出码：",
  done: "完成",
  "errors in the description; a check found something; rollout: not done":
    "描述文件有错误，或检查发现问题；rollout：尚未完成",
  "diff: it differs; verify-bundle: unproven; status, rollout: failed":
    "diff：有差别；verify-bundle：未能证明；status、rollout：失败",
  "another rollout is at work with the same folder": "另一次推行正在使用同一个目录",
  "status: nothing is known": "status：一无所知",
  "wrong usage": "用法错误",
  "no such file, or it cannot be read": "没有这个文件，或无法读取",
  "a needed program is missing, or Node is too old": "缺少所需的程序，或 Node 版本太旧",
  "a bug in lvsgen; LVSGEN_DEBUG=1 shows where": "lvsgen 的缺陷；LVSGEN_DEBUG=1 会显示位置",
  "the output cannot be written, or something of someone else is in its way":
    "无法写入输出，或有不属于 lvsgen 的内容占用其位置",
  "Examples:\n  ipvsadm-save -n | lvsgen import -\n  lvsgen import keepalived.conf --director lvs1=192.168.80.10/24 --platform el9\n  lvsgen import rules.txt --check\n  lvsgen import collected/lvs* --check --json | jq .comparison.differences\n  lvsgen import collected/lvs1 collected/web1 -o cluster.yaml":
    "示例：\n  ipvsadm-save -n | lvsgen import -\n  lvsgen import keepalived.conf --director lvs1=192.168.80.10/24 --platform el9\n  lvsgen import rules.txt --check\n  lvsgen import collected/lvs* --check --json | jq .comparison.differences\n  lvsgen import collected/lvs1 collected/web1 -o cluster.yaml",
};
