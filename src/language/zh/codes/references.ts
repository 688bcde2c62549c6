import type { referenceCodes } from "../../../diagnostics/codes/references.ts";
import type { Explanations } from "../../language.ts";

export const referenceCodesInChinese = {
  UNKNOWN_HOST: {
    title: "名称不是任何主机",
    why: '调度器、真实服务器、客户端和 NFS 服务器都是 "hosts" 中的名称。',
    symptom: "该角色没有可运行的机器。",
    fix: '按 "hosts" 中的写法书写名称，或增加该主机。由他人管理的机器用 "address" 写成真实服务器。',
  },
  UNKNOWN_EXPORT: {
    title: "挂载所写的导出没有主机提供",
    why: '"export" 是 "nfs.exports" 中的一个路径。',
    symptom: "mount.nfs: access denied by server while mounting；Web 服务器显示空目录。",
    fix: '写 "nfs.exports" 中的路径，或增加该导出，或用 "source" 写明来自别处的共享目录。',
  },
  EITHER_OR: {
    title: "两个键必须且只能写一个",
    why: "两个键用两种方式说同一件事（虚拟 IP 或防火墙标记、主机或地址、导出或来源）：都写则互相矛盾，都不写则什么也没说。",
    symptom: "不清楚应该生成什么。",
    fix: "保留所要的那一个。",
  },
  CONTRADICTING_KEYS: {
    title: "一个键与另一个键矛盾",
    why: "在另一个键旁边，该键没有含义，会被忽略。",
    symptom: "所要求的设置永远不起作用。",
    fix: "去掉其中一个。",
  },
  BAD_PORT_RANGE: {
    title: "端口范围颠倒或过大",
    why: "端口最大为 65535，范围从小到大。",
    symptom: "防火墙会拒绝设置标记的规则。",
    fix: '先写较小的端口，例如 "8000-8099"。',
  },
  HOST_WITHOUT_ADDRESS: {
    title: "主机没有地址",
    why: "主机通过地址识别：脚本靠地址认出所在的机器，转发表也需要地址。",
    symptom: "在每台机器上都以退出码 78 结束。",
    fix: '增加带前缀长度的 "address" 或 "address6"。',
  },
  HOST_WITHOUT_INTERFACE: {
    title: "主机没有接口",
    why: "地址、ARP 设置和文件都需要接口的名称。",
    symptom: "无法配置虚拟 IP。",
    fix: '在该主机中增加 "interface"，或在 "defaults" 中为所有主机增加。',
  },
  HOST_WITHOUT_PLATFORM: {
    title: "主机没有平台",
    why: "各平台的软件包、单元和文件名称不同。",
    symptom: "脚本无法安装任何内容。",
    fix: '在该主机中增加 "platform"，或在 "defaults" 中为所有主机增加。',
  },
  HOST_WITHOUT_ROLE: {
    title: "主机没有角色",
    why: "没有任何地方用到该主机，因此它得不到脚本。",
    symptom: "新的真实服务器一直没有流量，因为没有服务列出它。",
    fix: '把该主机加入某个服务、"directors" 或 "clients"，或去掉它。',
  },
  AMBIGUOUS_HOST_NAME: {
    title: "两个主机名只有字母大小写不同",
    why: "DNS 不区分大小写，Windows 和 macOS 的文件系统也不区分，两者的文件会互相覆盖。",
    symptom: "两台主机之一得到另一台的文件。",
    fix: "为其中一个改名。",
  },
  DIRECTORS_WITHOUT_HA: {
    title: "有多台调度器而没有主备切换",
    why: "两台调度器都持有虚拟 IP 就是地址冲突：两台都会应答对它的 ARP。",
    symptom: "客户端时而访问这一台，时而访问另一台；ARP 缓存变化时连接中断。",
    fix: '增加带有 "routerId" 的 "ha"，由 keepalived 协商谁持有虚拟 IP；或只保留一台调度器。',
  },
} as const satisfies Explanations<typeof referenceCodes>;
