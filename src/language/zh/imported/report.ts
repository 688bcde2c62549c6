/** What is reported of it all. */
import type { Phrases } from "../../phrases.ts";

export const importedReportTexts: Phrases = {
  "{1} {2} is not {3}": "{1} {2!} 不是 {3*} 的形式",
  "NAME=ADDRESS/PREFIX, or for several web[1-9]=ADDRESS/PREFIX with the address of the first":
    "NAME=ADDRESS/PREFIX，或多台的 web[1-9]=ADDRESS/PREFIX（写第一台的地址）",
  "MARK=VIP:PORT/tcp, such as 1=192.0.2.1:80/tcp or 1=[2001:db8::1]:8000-8010/udp, 1=192.0.2.1/tcp for every port, 1=192.0.2.1 for every packet":
    "MARK=VIP:PORT/tcp，例如 1=192.0.2.1:80/tcp 或 1=[2001:db8::1]:8000-8010/udp，1=192.0.2.1/tcp 表示所有端口，1=192.0.2.1 表示所有报文",
  "it lies outside of the folder of the file that is imported": "它在所导入文件的目录之外",
  "an include reads {1} files at most": "一个 include 最多读取 {1#} 个文件",
  "-o - and --json would both print: with --json the text stands in it":
    "-o - 和 --json 都会打印：使用 --json 时文本在其中",
  "the description": "描述文件",
  "It builds as it is: lvsgen build {1}": "可以直接生成：lvsgen build {1!}",
  "It does not build yet: the errors above say what is missing.": "还不能生成：上面的错误说明缺少什么。",
  "{1} written. {2}": "{1!} 已写入。{2~}",
  "is larger than what an import reads ({1} MiB for all files together)":
    "超过 import 能读取的大小（所有文件合计 {1#} MiB）",
  "import the part that has the services: a table of three hundred thousand rules is smaller":
    "导入有服务的部分：三十万条规则的转发表也比它小",
  "has more than {1} files": "文件超过 {1#} 个",
  "name a folder with the host's own configuration alone, as doctor.sh collects it":
    "写只含该主机自己配置的目录，如 doctor.sh 收集的那样",
  "is {1} folders below the one that was named, and is not looked into": "在所写目录下 {1#} 层，不再查看",
  "name it, or its files, where it has something of the host": "如果其中有该主机的内容，写出它或其中的文件",
  "no such file": "没有这个文件",
  "cannot be read: {1}": "无法读取：{1*}",
  "name a file or folder that you may read, or - for standard input": "写可以读取的文件或目录，或写 - 表示标准输入",
  "Assumed, since no input says it:": "输入中没有写明，因此假定：",
  "Not read, for they are backups, or nothing that import knows: {1}":
    "没有读取，因为是备份或 import 不认识的内容：{1+}",
  "Not carried over as it was:": "没有按原样转入：",
  "… and {1} more: --json has them all": "… 另有 {1#} 个：--json 列出全部",
  "{1} the same": "{1#} 项相同",
  "{1} in other words": "{1#} 项写法不同",
  "{1} missing": "缺少 {1#} 项",
  "{1} added": "新增 {1#} 项",
  "{1} on purpose": "{1#} 项有意不同",
  "The description does not build: its errors say what is missing. What stands above was compared without it.":
    "描述文件无法生成：其错误说明缺少什么。上面的比较不包括缺少的内容。",
  "becomes {1}": "变为 {1!}",
  "was {1}, becomes {2}  ({3} of the description)": "原为 {1~}，变为 {2~}  （描述文件中 {3~}）",
};
