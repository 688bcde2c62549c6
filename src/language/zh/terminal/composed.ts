/** What is put together of several pieces, and what the reader of the command line says. */
import type { Phrases } from "../../phrases.ts";

export const terminalCompositions: Phrases = {
  "(lvsgen explain {1} says more)": "（用 lvsgen explain {1} 查看详情）",
  "(lvsgen explain {1} says more, and so of each code in brackets)":
    "（用 lvsgen explain {1} 查看详情，方括号中的其他代码也一样）",
  "error: standard input can be one of the two only": "错误：标准输入只能是两者之一",
  ": ": "：",
  ", ": "，",
  "; ": "；",
  "help: ": "处理：",
  "1 error": "1 个错误",
  "{1} errors": "{1#} 个错误",
  "1 warning": "1 个警告",
  "{1} warnings": "{1#} 个警告",
  "1 acknowledged warning": "1 个已确认的警告",
  "{1} acknowledged warnings": "{1#} 个已确认的警告",
  "Usage:": "用法：",
  "Options:": "选项：",
  "Global Options:": "全局选项：",
  "Commands:": "命令：",
  "Arguments:": "参数：",
  "display help for command": "显示某个命令的帮助",
  "{1} (choices: {2})": "{1~}（可选：{2!}）",
  "{1} (default: {2})": "{1~}（默认：{2!}）",
  "error: unknown option '{1}'": "错误：未知的选项 '{1}'",
  "error: unknown command '{1}'": "错误：未知的命令 '{1}'",
  "(Did you mean {1}?)": "（是不是指 {1!}？）",
  "error: option '{1}' argument missing": "错误：选项 '{1}' 缺少参数",
  "error: missing required argument '{1}'": "错误：缺少必需的参数 '{1}'",
  "error: option '{1}' argument '{2}' is invalid. Allowed choices are {3}.":
    "错误：选项 '{1}' 的参数 '{2}' 无效。可选：{3+}。",
  "error: option '{1}' cannot be used with option '{2}'": "错误：选项 '{1}' 不能与选项 '{2}' 一起使用",
  "error: command-argument value '{1}' is invalid for argument '{2}'. Allowed choices are {3}.":
    "错误：参数 '{2}' 的值 '{1}' 无效。可选：{3+}。",
  "error: too many arguments for '{1}'. Expected {2} argument but got {3}.":
    "错误：'{1}' 的参数过多。应为 {2} 个，实际为 {3} 个。",
  "error: too many arguments for '{1}'. Expected {2} arguments but got {3}.":
    "错误：'{1}' 的参数过多。应为 {2} 个，实际为 {3} 个。",
  "{1} on {2}": "{2+} 上的 {1~}",
  SCRIPT: "脚本",
  HOST: "主机",
  PLATFORM: "平台",
  FILES: "文件数",
  ROLE: "角色",
  HOSTS: "主机",
  PACKAGES: "软件包",
  none: "无",
  replaced: "替换",
  removed: "删除",
  "(the script of the former bundle)": "（旧部署包中的脚本）",
  "and {1} more": "另有 {1#} 台",
  unwatched: "无监视",
  left: "已离开",
  gone: "已去掉",
  "renamed?": "改名？",
  "{1} {2} held the cluster {3}. On the hosts both stand side by side. To move without dropping a connection, of what is":
    "{1~}：{2} 中原来是集群 {3}。在各主机上两者并存。要在不中断连接的情况下迁移（除名称外",
  "described as before but for the name (change the rest afterwards, in a build of its own):":
    "描述不变；其余改动以后另行生成）：",
  "1. keep the former folder (git has it), and apply the new scripts on each host":
    "1. 保留旧目录（git 中有），在每台主机上应用新脚本",
  "2. then the former scripts' uninstall on each host: what both describe stays in force":
    "2. 然后在每台主机上执行旧脚本的 uninstall：两者都描述的内容始终有效",
  "on {1}: bash {2} uninstall": "在 {1} 上：bash {2} uninstall",
  "on {1}: bash {2} uninstall   ({3} of the former folder: this one has none)":
    "在 {1} 上：bash {2} uninstall   （旧目录中的 {3}：本目录中没有）",
  "{1} what these hosts have of it is taken off by": "{1~}：用以下命令去掉这些主机上的内容",
  "{1} no script has put anything on {2}: nothing is to be done there":
    "{1~}：没有任何脚本在 {2+} 上放置过内容：那里无事可做",
  "{1} with the next run of its script a host loses": "{1~}：主机下次执行脚本时会失去",
  "on {1}": "在 {1} 上",
  "{1}: stale ({2})": "{1}：已过期（{2~}）",
  "{1} differ": "{1#} 个不同",
  "{1} missing": "缺少 {1#} 个",
  "{1} no longer wanted": "{1#} 个不再需要",
  "{1} added": "新增 {1#} 个",
  "{1} changed": "变更 {1#} 个",
  "{1} removed": "删除 {1#} 个",
  "{1} unchanged": "{1#} 个不变",
  "{1}, {2}": "{1*}，{2*}",
  "{1}: {2}": "{1}：{2*}",
};
