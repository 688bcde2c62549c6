/** What `secrets` says. */
import type { Phrases } from "../../phrases.ts";

export const secretsTexts: Phrases = {
  "write the secrets of each host into a file of its own": "把每台主机的机密写入各自的文件",
  "Writes the texts of files with secret: true into a directory for its owner alone, a file secrets-HOST for each host that has any. Each goes to its host beside the scripts; build needs none of them.":
    "把带有 secret: true 的文件的文本写入只有属主可读的目录，每台有机密的主机一个 secrets-HOST 文件。每个文件与脚本一起送到该主机；build 不需要它们。",
  "directory for the files": "存放这些文件的目录",
  "Examples:\n  lvsgen secrets\n  lvsgen secrets cluster.yaml -o /media/usb/secrets\n  SITE_KEY=$(pass show site/key) && export SITE_KEY && lvsgen secrets\n  lvsgen secrets --sign ~/.ssh/release --serial 8":
    "示例：\n  lvsgen secrets\n  lvsgen secrets cluster.yaml -o /media/usb/secrets\n  SITE_KEY=$(pass show site/key) && export SITE_KEY && lvsgen secrets\n  lvsgen secrets --sign ~/.ssh/release --serial 8",
  "sign each with this key, as build does: for hosts that run nothing unsigned":
    "用此密钥为每个文件签名，与 build 相同：用于不运行任何未签名内容的主机",
  "with --sign: the serial of the bundle that they go with": "与 --sign 一起使用：它们所属部署包的编号",
  "error: options '--sign <key>' and '--serial <number>' go together":
    "错误：选项 '--sign <key>' 和 '--serial <number>' 要一起使用",
  "no host has a secret": "没有主机有机密",
  FILE: "文件",
  SECRETS: "机密",
  written: "已写入",
  unchanged: "未变",
  removed: "已删除",
  "is a bundle, which is reviewed and committed: no place for secrets": "是部署包，会被评审和提交：不能存放机密",
  "has a .gitignore that does not leave everything out: secrets there would be committed":
    "其中的 .gitignore 没有排除所有文件：那里的机密会被提交",
  "choose a directory of their own with -o": "用 -o 为它们选择单独的目录",
  "choose another directory with -o": "用 -o 选择另一个目录",
  "others may read what was written: modes cannot be set there": "其他人可以读取写入的内容：那里不能设置权限",
  "let nobody else have the medium, and write over the files when the hosts have them":
    "不要让其他人拿到该介质，并在主机得到这些文件后将其覆盖",
};
