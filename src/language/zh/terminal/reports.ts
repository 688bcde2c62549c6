/** What commands report: what was built, what differs, what is wrong with files. */
import type { Phrases } from "../../phrases.ts";

export const reportTexts: Phrases = {
  "Nothing differs.": "没有差别。",
  "… and {1} more like these: --json has them all": "… 另有 {1#} 项与此相同：--json 列出全部",
  "Run in this order": "按以下次序执行",
  "by hand": "手工操作",
  "… and {1} more": "… 另有 {1#} 个",
  "the system says {1}": "系统返回 {1}",
  "permission denied": "没有权限",
  "there is a file of that name": "已有同名的文件",
  "it is a directory": "它是一个目录",
  "too many symbolic links": "符号链接层数过多",
  "too many open files": "打开的文件过多",
  "the name is too long": "名称太长",
  "no such file or directory": "没有这样的文件或目录",
  "no space is left on the device": "设备上没有剩余空间",
  "a part of the path is a file, not a directory": "路径的一部分是文件，不是目录",
  "the operation is not permitted": "不允许该操作",
  "the file system is read-only": "文件系统是只读的",
  "the disk quota is used up": "磁盘配额已用完",
  "make it replaceable (where lsattr shows i or a: chattr -ia)":
    "使它可以被替换（如果 lsattr 显示 i 或 a：chattr -ia）",
  "make room": "腾出空间",
  "mount the file system for writing": "以可写方式挂载文件系统",
  "exists with other content, and no former build of lvsgen wrote it": "已经存在，内容不同，且不是 lvsgen 以前写的",
  "move it away, choose another directory with -o, or replace it with --force":
    "移走它，用 -o 选择另一个目录，或用 --force 替换它",
  "was changed since lvsgen wrote it, and would be replaced": "在 lvsgen 写入之后被改过，将会被替换",
  "was changed since lvsgen wrote it, and would be removed: the description no longer gives it":
    "在 lvsgen 写入之后被改过，将会被删除：描述文件不再产生它",
  "say the change in the description, or keep a copy elsewhere; then let it be {1} with --force":
    "把改动写进描述文件，或另存一份；然后用 --force 允许它被{1~}",
  "has its line ends converted to CRLF since lvsgen wrote it; nothing else differs":
    "在 lvsgen 写入之后换行被转换为 CRLF；其他没有差别",
  "git converts them on checkout: write a line `* -text` into .gitattributes of the directory; then restore the files with --force":
    "git 在检出时转换了换行：在该目录的 .gitattributes 中写一行 `* -text`；然后用 --force 恢复这些文件",
  "is not a manifest of lvsgen, so the directory belongs to something else":
    "不是 lvsgen 的清单，因此该目录属于别的程序",
  "is not a manifest of lvsgen, which never writes {1}: the directory belongs to something else, or to a later version":
    "不是 lvsgen 的清单，lvsgen 从不写 {1!}：该目录属于别的程序，或属于更新的版本",
  "choose another directory with -o, or replace the file with --force": "用 -o 选择另一个目录，或用 --force 替换该文件",
  "is a symbolic link; lvsgen does not write through links inside its output":
    "是符号链接；lvsgen 不通过输出目录中的链接写入",
  "remove the link, choose another directory with -o, or replace the link itself with --force":
    "删除该链接，用 -o 选择另一个目录，或用 --force 替换链接本身",
  "is a symbolic link to {1}, where nothing is": "是指向 {1!} 的符号链接，而那里没有任何东西",
  "is a symbolic link to {1}, and the link or that directory is not your own":
    "是指向 {1!} 的符号链接，而该链接或那个目录不属于你",
  "make the directory that it leads to, or remove the link": "建立它所指的目录，或删除该链接",
  "name the directory itself with -o: a link is followed only where both are yours":
    "用 -o 写出目录本身：只有两者都属于你时，才会跟随链接",
  "stands where lvsgen has to write something of another kind (a file or a directory)":
    "占用了 lvsgen 要写的另一种内容的位置（文件或目录）",
  "move it away, or choose another directory with -o": "移走它，或用 -o 选择另一个目录",
  "cannot be written: {1}; {2}": "无法写入：{1~}；{2~}",
  "nothing was changed": "没有做任何改动",
  "a part of the files was changed, and the next build sets them right": "一部分文件已经改动，下一次 build 会使其正确",
  "{1}, or choose another one with -o": "{1~}，或用 -o 选择另一个",
  "is written, and others may read it: its mode cannot be changed: {1}":
    "已写入，但其他用户可以读取：无法更改其权限：{1~}",
  "build as the user who owns it, or with -o where modes can be set; docs/per-host.md says what holds until then":
    "以其所有者的身份生成，或用 -o 生成到可以设置权限的地方；在此之前的情形见 docs/per-host.md",
  "make the directory writable": "使该目录可写",
  "{1}: nothing changed, {2}": "{1}：没有变化，{2~}",
  "{1}: {2} written. {3}/RUNBOOK.md says what to run where, in which order.":
    "{1}：已写入 {2~}。{3!}/RUNBOOK.md 说明在哪里、按什么次序执行什么。",
  "the former description": "原来的描述",
  "the bundle whose SHA256SUMS has the SHA-256 {1}": "SHA256SUMS 的 SHA-256 为 {1} 的部署包",
  "which this version cannot compare with this one": "本版本无法将其与这一个比较",
  "nothing has to be run on any host": "没有主机需要执行任何操作",
  "to be run on {1}": "要在 {1+} 上执行",
  "{1}/RUNBOOK.md: the change from {2}: {3}. (From another one: --since)":
    "{1}/RUNBOOK.md：从{2~}的变更：{3~}。（从另一个开始：--since）",
  "{1}/hosts/HOST: what each host gets, to be carried to that host alone; its RUNBOOK.md says what to run there.":
    "{1}/hosts/HOST：每台主机各自所得的内容，只带到这台主机；其中的 RUNBOOK.md 说明在那里执行什么。",
  "SHA-256 of {1}/SHA256SUMS, to be carried another way than the folder: {2}":
    "{1}/SHA256SUMS 的 SHA-256，请通过与目录不同的途径传送：{2}",
  "1 file": "1 个文件",
  "{1} files": "{1#} 个文件",
  "error: standard input cannot be watched": "错误：不能监视标准输入",
  "{1}: up to date with {2}": "{1}：与 {2} 一致",
  "Bring it up to date with: {1}": "用以下命令更新：{1!}",
  "A build stops at the files that are named above; what is not worth keeping of them goes with: {1} --force":
    "build 会停在上面列出的文件；其中不需要保留的，用以下命令去掉：{1!} --force",
  "Watching {1}; interrupt to end.": "正在监视 {1!}；中断以结束。",
  "built into {1}": "已生成到 {1!}",
  "not built: {1} stays as it was": "没有生成：{1!} 保持原样",
  "that is no name of a revision": "那不是版本的名称",
  "git knows no such revision here": "git 在这里没有这个版本",
  "not installed": "没有安装",
  "install git, or compare two files or directories: lvsgen diff OLD NEW":
    "安装 git，或比较两个文件或目录：lvsgen diff OLD NEW",
  "neither a file, a directory nor a revision of git: {1}": "既不是文件、目录，也不是 git 版本：{1~}",
  "name a description, a directory that build made, or a revision (git log --oneline lists them)":
    "写描述文件、由 build 生成的目录或版本（用 git log --oneline 列出）",
  "build it again from its description with this version of lvsgen, or compare the descriptions":
    "用本版本的 lvsgen 从其描述文件重新生成，或直接比较描述文件",
  "cannot be read: {1}": "无法读取：{1~}",
  "name a directory whose files you may read": "写一个其中的文件可以读取的目录",
  "this revision has no such file": "该版本中没有这个文件",
  "name the description that it has: lvsgen diff {1}:PATH": "写该版本中的描述文件：lvsgen diff {1!}:PATH",
  "has no manifest.json: it is no directory that build made": "没有 manifest.json：不是由 build 生成的目录",
  "name the output directory of a build, or a description": "写 build 的输出目录，或描述文件",
  "{1} written.": "{1} 已写入。",
  "the cluster.json, .jsonc, .yaml or .yml that is here": "当前目录中的 cluster.json、.jsonc、.yaml 或 .yml",
  "no such file, and no {1} in its place": "没有这个文件，当前目录中也没有 {1+}",
  "name the description, or write a first one here with: lvsgen init": "写出描述文件，或在这里生成第一个：lvsgen init",
  "{1} are all descriptions of this directory, and none of them is named":
    "{1+} 都是该目录中的描述文件，而没有写明是哪一个",
  "name the one that is meant, or move the others away": "写明是哪一个，或移走其他的",
  "the text is in {1}, not in UTF-8": "文本使用 {1!} 编码，不是 UTF-8",
  "save it as UTF-8 (for example: iconv -f {1} -t UTF-8)": "保存为 UTF-8（例如：iconv -f {1} -t UTF-8）",
  "is no text": "不是文本",
  "is {1}, no text": "是{1~}，不是文本",
  "name the description: text in UTF-8, JSON with comments or YAML": "写出描述文件：UTF-8 文本，带注释的 JSON 或 YAML",
  "NUL bytes stand in the text": "文本中有 NUL 字节",
  "the file was damaged, as by a full disk or a power cut: take another copy of it, or take them out":
    "文件已损坏，例如因磁盘已满或断电：另取一份，或去掉这些字节",
  "the text is not in UTF-8": "文本不是 UTF-8",
  "save it as UTF-8 (for example: iconv -f GB18030 -t UTF-8)": "保存为 UTF-8（例如：iconv -f GB18030 -t UTF-8）",
  "a program": "程序",
  "a gzip archive": "gzip 压缩包",
  "a zip archive or an Office document": "zip 压缩包或 Office 文档",
  "an Office document": "Office 文档",
  "an xz archive": "xz 压缩包",
  "a bzip2 archive": "bzip2 压缩包",
  "a 7z archive": "7z 压缩包",
  "a zstd archive": "zstd 压缩包",
  "a picture": "图片",
  "a PDF document": "PDF 文档",
  "a database": "数据库",
  "an rpm package": "rpm 软件包",
  "is {1}, not a description": "是{1~}，不是描述文件",
  "make a description of it: lvsgen import {1}": "用它生成描述文件：lvsgen import {1!}",
  "no such file": "没有这个文件",
  "name the description, or write a first one with: lvsgen init": "写出描述文件，或生成第一个：lvsgen init",
  "name a file that you may read, or - for standard input": "写一个可以读取的文件，或写 - 表示标准输入",
  "{1}: shellcheck finds nothing in {2}": "{1}：shellcheck 在 {2!} 中没有发现问题",
  "no scripts in this directory": "该目录中没有脚本",
  "build them first (lvsgen build), or name the directory that has them":
    "先生成脚本（lvsgen build），或写出有脚本的目录",
  "install it (apt-get install shellcheck, dnf install ShellCheck; beside an lvsgen that npm installed: npm install shellcheck)":
    "安装它（apt-get install shellcheck、dnf install ShellCheck；若 lvsgen 由 npm 安装，则在其旁执行 npm install shellcheck）",
  "exists already": "已经存在",
  "is a directory": "是目录",
  "name a file in it with -o": "用 -o 写出其中的一个文件",
  "is the root of the file system, where no bundle belongs": "是文件系统的根目录，那里不该有部署包",
  "name a directory of its own, as in -o out": "写一个单独的目录，例如 -o out",
  "lvsgen draws SVG, Mermaid and DOT, and no {1}": "lvsgen 绘制 SVG、Mermaid 和 DOT，不绘制 {1!}",
  "end the name in .svg, .mmd or .dot; what shows SVG can make another kind of it (rsvg-convert, Inkscape, a browser)":
    "让文件名以 .svg、.mmd 或 .dot 结尾；能显示 SVG 的程序可以把它转成别的格式（rsvg-convert、Inkscape、浏览器）",
  "choose another file with -o, or replace it with --force": "用 -o 选择另一个文件，或用 --force 替换它",
  "cannot be written: {1}": "无法写入：{1~}",
  "choose another file with -o": "用 -o 选择另一个文件",
  "no host needs a package": "没有主机需要软件包",
  "For hosts without a network: fetch-packages.sh of the bundle downloads these with all that they depend on, on a connected machine of the same system.":
    "对于没有网络的主机：部署包中的 fetch-packages.sh 在一台能联网、系统相同的机器上下载这些软件包及其全部依赖。",
  "{1}: valid": "{1}：有效",
  'Nothing takes a real server that has died out of rotation: it keeps its share of the clients until someone drains it. "ha": {} adds health checks.':
    '没有机制摘除损坏的真实服务器：它一直占有自己那份客户端，直到有人将其排空。"ha": {} 会增加健康检查。',
};
