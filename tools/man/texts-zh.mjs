/** What the pages say beside what help and the schema say themselves, in Chinese, by the English texts. */
export const manTexts = {
  name: "名称",
  synopsis: "概述",
  description: "描述",
  commands: "命令",
  options: "选项",
  "exit status": "退出状态",
  environment: "环境变量",
  files: "文件",
  examples: "示例",
  "see also": "参见",
  keys: "键",
  objects: "对象",
  values: "值",
  required: "必需",
  text: "文本",
  word: "词",
  integer: "整数",
  number: "数字",
  object: "对象",
  "true or false": "true 或 false",
  option: "选项",
  // Titles of the schema that no finding has.
  path: "路径",
  package: "软件包",
  unit: "单元",
  network: "网络",
  directory: "目录",
  file: "文件",
  mount: "挂载",
  "real server": "真实服务器",
  "sorry server": "sorry server",
  TCP: "TCP",
  "TCP FIN": "TCP FIN",
  UDP: "UDP",
  "Of every command:": "各命令通用：",
  "A cluster in JSON:": "用 JSON 描述的集群：",
  "The same in YAML:": "同一集群，用 YAML：",
  "LVS cluster description for lvsgen": "lvsgen 的 LVS 集群描述文件",
  "`lvsgen` reads the description of a cluster, lvsgen-cluster(5), and writes a directory: a script for each role of its hosts, every file that these install, a runbook for the change, checksums.":
    "`lvsgen` 读取集群的描述文件（lvsgen-cluster(5)），写出一个目录：每个主机角色一个脚本，脚本安装的全部文件，本次变更的操作手册，以及校验和。",
  "It runs on a workstation or in CI. The hosts of the cluster need nothing of it: what it writes runs with bash 4.2 and what a minimal CentOS 7, RHEL, openEuler, Kylin, Debian or Ubuntu has, without a network.":
    "它在工作站或 CI 中运行。集群的主机不需要它：它写出的内容只需 bash 4.2 以及最小安装的 CentOS 7、RHEL、openEuler、麒麟、Debian 或 Ubuntu 所带的程序，不需要网络。",
  "The same description gives the same bytes on every machine. Results go to standard output, findings and problems to standard error.":
    "同一描述文件在每台机器上得到相同的字节。结果写到标准输出，诊断信息和问题写到标准错误。",
  "The description, where a command is given none. Several of them are an error.":
    "没有给出描述文件时使用的描述文件。同时有多个是错误。",
  "What `build` writes, unless `--output` names another directory.": "`build` 写入的目录，除非用 `--output` 另外指定。",
  "What belongs to it. `build` removes what a former one lists, and nothing else.":
    "其中的内容清单。`build` 只删除以前的清单中列出的文件，不删除其他任何内容。",
  "Checksums of all of it. `build` prints that of this file, to be carried another way.":
    "全部文件的校验和。`build` 打印该文件自己的校验和，请通过另外的途径传送。",
  "What to run where and in which order for this change, and the way back.":
    "本次变更在哪里、按什么次序执行什么，以及如何回退。",
  "No colours, where it is not empty.": "不为空时不使用颜色。",
  "Colours even when the output is not a terminal; `0` and `false` mean none. `NO_COLOR` wins.":
    "输出不是终端时也使用颜色；`0` 和 `false` 表示不使用。以 `NO_COLOR` 为准。",
  "No colours on a terminal called `dumb`.": "终端为 `dumb` 时不使用颜色。",
  "The language, where there is no `--language`: Chinese where it is `zh_CN.UTF-8`.":
    "没有 `--language` 时的语言：为 `zh_CN.UTF-8` 时是中文。",
  "The same, where `LC_ALL` is not set or empty.": "同上，在 `LC_ALL` 没有设置或为空时。",
  "The same, where neither is.": "同上，在前两者都没有时。",
  "Where it is not empty, a bug in lvsgen is reported with its stack.": "不为空时，lvsgen 的缺陷连同调用栈一起报告。",
  "Where `lint` looks for shellcheck, `diff` and `build` `--since` for git, `build` `--sign` and `verify-bundle` for OpenSSH, and `rollout` `--ssh` for ssh.":
    "`lint` 在其中查找 shellcheck，`diff` 和 `build` 的 `--since` 在其中查找 git，`build` 的 `--sign` 和 `verify-bundle` 在其中查找 OpenSSH，`rollout` 的 `--ssh` 在其中查找 ssh。",
  "What `rollout` writes down of how far it is, beside the bundle, with the reports of the hosts.":
    "`rollout` 在部署包旁边记录的进展，以及各主机的报告。",
  "The agent that has the key of `--sign`, if any. OpenSSH itself asks for a passphrase, and reads `SSH_ASKPASS`: see ssh-add(1).":
    "持有 `--sign` 的密钥的代理（如果有）。口令由 OpenSSH 自己询问，它会读取 `SSH_ASKPASS`：见 ssh-add(1)。",
  "What `--sign` signs: the serial, and the sum of `SHA256SUMS`. `SHA256SUMS.sig` is its signature for `ssh-keygen -Y verify`, `SHA256SUMS.rsa` of an RSA key that for `openssl dgst -sha256 -verify`.":
    "`--sign` 签名的内容：编号，以及 `SHA256SUMS` 的校验和。`SHA256SUMS.sig` 是供 `ssh-keygen -Y verify` 验证的签名，`SHA256SUMS.rsa` 是用 RSA 密钥时供 `openssl dgst -sha256 -verify` 验证的签名。",
  "The description of a cluster from which `lvsgen` writes its scripts. It is JSON with comments (`//`, `/* */`) and trailing commas, or YAML where the name ends in `.yaml` or `.yml`, in UTF-8.":
    "集群的描述文件，`lvsgen` 由它写出脚本。它是带注释（`//`、`/* */`）和尾随逗号的 JSON，名称以 `.yaml` 或 `.yml` 结尾时是 YAML，使用 UTF-8。",
  "A key that is unknown or stands twice is an error, and so is a value of another type. Editors complete and check from the JSON Schema that `lvsgen schema` prints; this page is made of the same.":
    "未知或重复的键是错误，类型不符的值也是错误。编辑器根据 `lvsgen schema` 打印的 JSON Schema 补全和检查；本页由同一模式生成。",
  "Types with a name in this page are explained below: those with keys under OBJECTS, the others under VALUES.":
    "本页中有名称的类型在下文说明：有键的在“对象”一节，其他的在“值”一节。",
  "Keys that are required are marked so; any other may be left out.": "必需的键已标出；其他键都可以不写。",
};
