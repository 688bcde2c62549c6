import type { sorryServersCodes } from "../../../diagnostics/codes/sorry-servers.ts";
import type { Explanations } from "../../language.ts";

export const sorryServersCodesInChinese = {
  HEALTH_CHECKS_WITHOUT_HA: {
    title: "依赖健康检查的内容没有健康检查",
    why: '没有 "ha" 时，调度器的转发表是固定的：没有机制从中摘除损坏的真实服务器，因此也没有机制启用 sorry server。',
    symptom: "损坏的真实服务器一直占有自己那份客户端；sorry server 一个也得不到。",
    fix: '增加 "ha": {}：这样调度器上的 keepalived 会对真实服务器做健康检查。',
  },
  SORRY_IS_REAL_SERVER: {
    title: "sorry server 是本服务的真实服务器",
    why: "它在没有真实服务器可用时应答，而那时它自己就是其中之一。keepalived 把两者保持为一个条目，会失去对它的控制（github.com/acassen/keepalived/issues/490）。",
    symptom: "最后一台真实服务器失效时，它的条目消失；或其他真实服务器恢复之后，它的条目仍与它们并存。",
    fix: "使用不是本服务真实服务器的机器。",
  },
  SORRY_NEVER_USED: {
    title: "sorry server 永远不会启用",
    why: "没有健康检查的真实服务器永远被当作正常。",
    symptom: "所有真实服务器都已损坏，客户端等待它们，而不会访问到 sorry server。",
    fix: '为该服务描述 "check"，写一个可以检查的端口。',
  },
  NO_SORRY_SERVER: {
    title: "所有真实服务器都不可用时没有机器应答",
    why: "健康检查会摘除每台没有按描述应答的服务器：最后一台也不例外；如果检查本身写错了，会同时摘除全部。",
    symptom: "最后一项检查失败的那一刻，客户端的连接被拒绝。",
    fix: '增加 "sorryServer"：一台能显示致歉页面的机器。',
  },
  CLIENTS_STAY_WITH_DEAD_SERVER: {
    title: "客户端停留在已损坏的真实服务器上",
    why: "没有通过健康检查的服务器权重变为 0：没有新的客户端，但转发表已知的客户端仍会去往它：有持久连接时直到到期，UDP 则只要还从同一端口发送。",
    symptom: "尽管其他服务器正常，一部分客户端几分钟内得不到应答。",
    fix: '在 "check" 中写 "onFailure": "remove"，它会移除该条目。对于持久连接，net.ipv4.vs.expire_quiescent_template=1 也有同样的作用，但对整台主机、对排空也生效（注意：这样温和的排空会立即结束）。',
  },
} as const satisfies Explanations<typeof sorryServersCodes>;
