import type { schemaCodes } from "../../../diagnostics/codes/schema.ts";
import type { Explanations } from "../../language.ts";

export const schemaCodesInChinese = {
  UNKNOWN_KEY: {
    title: "格式中没有这个键",
    why: "拼错的键会成为一个不声不响、不起作用的设置。",
    symptom: "集群会以默认值运行，而不是所要求的值。",
    fix: "按 JSON Schema 中的写法书写该键；编辑器可以根据 `$schema` 补全。",
  },
  MISSING_KEY: {
    title: "缺少必需的键",
    why: "没有适合它的默认值。",
    symptom: "无法生成任何内容。",
    fix: "增加消息中指出的键。",
  },
  WRONG_TYPE: {
    title: "值的类型不对",
    why: "端口是数字，文件权限是文本：0644 作为数字会是另一种权限。",
    symptom: "无法生成任何内容。",
    fix: "按消息所说书写，加引号或不加引号。",
  },
  NOT_ONE_OF: {
    title: "值不在允许的范围内",
    why: "调度算法、转发方式、协议和平台都是固定的集合：内核和 lvsgen 认识的那些。",
    symptom: 'ipvsadm 会在调度器上拒绝它："Scheduler or persistence engine not found"。',
    fix: "从消息列出的值中选择一个。",
  },
  OUT_OF_RANGE: {
    title: "数字超出范围",
    why: "内核用 16 位存储端口；lvsgen 与 ipvsadm 一样把权重限制为 65535；超时时间最长 31 天。",
    symptom: "ipvsadm 会在调度器上拒绝该规则，而此前的规则已经改动。",
    fix: "写消息所示范围内的数字。",
  },
  BAD_FORMAT: {
    title: "文本不符合要求的形式",
    why: "名称会成为文件名、单元名和 shell 数据；各有一种安全且被系统接受的形式。",
    symptom: "会找不到文件、单元或软件包，或者找到另一个。",
    fix: "按消息所说的形式书写。",
  },
  BAD_ADDRESS: {
    title: "文本不是有效的 IP 地址",
    why: "主机的地址带所在网络的前缀长度，虚拟 IP 和网关不带。不接受前面带零的数字，因为有的工具把它当作八进制。",
    symptom: "规则或接口上的地址不是所要的地址。",
    fix: "主机写 192.168.80.10/24，虚拟 IP 写 192.168.80.188，网络写 10.0.0.0/24；IPv6 写在以 6 结尾的键中。",
  },
  EMPTY_LIST: {
    title: "列表或对象是空的",
    why: "没有主机、调度器或服务的集群，以及没有真实服务器的服务，什么也均衡不了。",
    symptom: "到虚拟 IP 的连接会被拒绝。",
    fix: "至少增加一项；如果该键可以省略，则去掉它。",
  },
  REPEATED_ITEM: {
    title: "一项在列表中出现了两次",
    why: "第二次不起作用，很可能本来要写别的。",
    symptom: "缺少一台主机、一个单元或一个选项。",
    fix: "去掉第二个，或写成本来要写的内容。",
  },
  UNSUPPORTED_VERSION: {
    title: "不认识格式的版本",
    why: "键的含义按版本固定；较新的版本可能有不同的含义。",
    symptom: "无法生成任何内容。",
    fix: '写 "version": 1，或使用认识该版本的 lvsgen。',
  },
} as const satisfies Explanations<typeof schemaCodes>;
