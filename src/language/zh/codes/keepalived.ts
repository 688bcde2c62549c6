import type { keepalivedCodes } from "../../../diagnostics/codes/keepalived.ts";
import type { Explanations } from "../../language.ts";

export const keepalivedCodesInChinese = {
  CHECK_NOT_ON_PLATFORM: {
    title: "调度器的 keepalived 不能做这种检查",
    why: "健康检查能检查什么，取决于系统提供的 keepalived 版本及其编译选项：1.3.5（EL7）只比较一个状态码，没有 UDP 检查；只有 Debian 和 Ubuntu 编译时包含对应答正文的检查。",
    symptom: "keepalived 拒绝其文件，或者不论服务器应答什么都认为它正常。",
    fix: "检查得少一些，或让调度器运行 keepalived 支持它的系统。client-test.sh 用 curl 检查，没有这些限制。",
  },
  CHECK_TOO_LONG: {
    title: "健康检查在 keepalived 的文件中一行写不下",
    why: "keepalived 每行最多读取 1023 字节。对它有特殊含义的字符在其中要编码：路径中一个字节变三个，文本中一个字节变五个。",
    symptom: "检查的内容与所写的不同，所有真实服务器都被摘除。",
    fix: "检查较短的路径，或应答中较短的一部分。",
  },
  CHECK_WITHOUT_SNI: {
    title: "https 健康检查在 TLS 开始时不提供主机名",
    why: "EL7 的 keepalived 1.3.5 没有 SNI（RFC 6066）：名称只写在请求中，而这时证书已经选定。它不验证证书，因此任何证书都可以，但必须有一个。",
    symptom: "坚持要求名称的服务器会断开连接，全部被摘除。",
    fix: "让真实服务器有默认站点，或用 http 或 tcp 检查。",
  },
  KEEPALIVED_TOO_OLD: {
    title: "调度器的 keepalived 不支持转发表要有的内容",
    why: "使用健康检查时，keepalived 持有与转发表相同的服务。它的版本无法表达的内容，会在下次重新加载时被改成别的：1.3.5（EL7）一个服务只有一种转发方式，不接受 IPv4 客户端掩码；twos 从 2.2.5 起支持。",
    symptom: "apply 之后转发表与描述一致，重新加载之后则不一致。",
    fix: "只用该版本支持的内容，或为调度器使用另一种系统。",
  },
  SLOW_RELOADS: {
    title: "这么多真实服务器的变更需要 keepalived 处理很久",
    why: "在 2.3.0 之前，重新加载的时间按真实服务器数量的平方增长（github.com/acassen/keepalived/issues/2318）：12,000 台用了 45 秒。",
    symptom: "apply 要等待；其间没有服务器被检查。",
    fix: "把服务分到多个集群，或让调度器运行带有 keepalived 2.3 的系统。",
  },
} as const satisfies Explanations<typeof keepalivedCodes>;
