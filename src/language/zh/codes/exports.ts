import type { exportsCodes } from "../../../diagnostics/codes/exports.ts";
import type { Explanations } from "../../language.ts";

export const exportsCodesInChinese = {
  DUPLICATE_EXPORT: {
    title: "一个路径导出了两次",
    why: "一个路径只有一组客户机和选项。",
    symptom: "exportfs 提示重复，并采用其中之一。",
    fix: "把全部客户机写在一个导出中。",
  },
  UNEXPORTABLE_PATH: {
    title: "NFS 服务器会把该路径读成另一个",
    why: "nfs-utils 对反斜杠加三位八进制数字解码两次：一次在 exports(5) 中，另一次在它自己的 etab 中，而 exportfs 写入时不做转义。",
    symptom: "导出的是另一个目录，或一个也没有导出。",
    fix: "导出路径中没有反斜杠加三位八进制数字的目录。",
  },
  NESTED_EXPORTS: {
    title: "一个导出位于另一个之内",
    why: "挂载外层的客户机以外层的选项看到内层；如果内层是另一个文件系统，看到的是空目录。",
    symptom: "不允许使用内层导出的客户机，可以通过外层访问其中的文件。",
    fix: "只导出其中一个，或导出互不包含的目录。",
  },
  WORLD_WRITABLE_EXPORT: {
    title: "任何人都可以在导出的目录中写入",
    why: "每台客户机上的每个账号都能修改和删除其他机器提供的内容。",
    symptom: "一台客户机出问题，所有网页都会被破坏。",
    fix: '使用所有者或组，并把权限写为 "0755" 或 "0775" 之类。',
  },
  EXPORT_TO_EVERYONE: {
    title: "任何人都可以挂载导出",
    why: '"*" 允许所有能到达服务器的机器。',
    symptom: "集群以外的机器读取或写入其中的文件。",
    fix: '写真实服务器的网络，例如 "192.168.80.0/24"。',
  },
} as const satisfies Explanations<typeof exportsCodes>;
