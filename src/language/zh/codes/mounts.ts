import type { mountsCodes } from "../../../diagnostics/codes/mounts.ts";
import type { Explanations } from "../../language.ts";

export const mountsCodesInChinese = {
  MOUNT_NOT_ALLOWED: {
    title: "主机不能挂载该导出",
    why: "该导出的客户机中没有这台主机。",
    symptom: "mount.nfs: access denied by server while mounting。",
    fix: "把该主机或它的网络加入该导出的客户机。",
  },
  MOUNT_HIDES_MOUNT: {
    title: "一个挂载遮住了先前的挂载",
    why: "挂载按书写的次序进行；挂载在上级目录上，会遮住挂载在其下的内容。",
    symptom: "内层的挂载存在，却看不到。",
    fix: "先写外层的挂载。",
  },
  MOUNT_TARGET_TOO_LONG: {
    title: "挂载点的单元名称太长",
    why: "systemd 为 /etc/fstab 中的每个挂载生成一个单元，以挂载点命名：斜杠变成短横线，字母、数字、点和下划线不变，其他每个字节变成四个。",
    symptom: "启动时没有挂载共享目录：systemd-fstab-generator 提示名称太长。",
    fix: "挂载到较短、由普通字符组成的路径上。",
  },
  FILE_ON_READ_ONLY_MOUNT: {
    title: "文件位于只读的挂载上",
    why: "文件在挂载之后，通过该挂载写入。",
    symptom: '每次 apply 都出现 "Read-only file system"。',
    fix: '以 "rw" 导出并挂载，或让 NFS 服务器写该文件。',
  },
} as const satisfies Explanations<typeof mountsCodes>;
