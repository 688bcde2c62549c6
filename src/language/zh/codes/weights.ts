import type { weightsCodes } from "../../../diagnostics/codes/weights.ts";
import type { Explanations } from "../../language.ts";

export const weightsCodesInChinese = {
  SINGLE_REAL_SERVER: {
    title: "服务只有一台真实服务器",
    why: "没有可以均衡的对象；它失效时也没有另一台服务器。",
    symptom: "该服务器停机，服务就停止。",
    fix: "增加第二台真实服务器。",
  },
  ALL_WEIGHTS_ZERO: {
    title: "每台真实服务器的权重都为 0",
    why: "权重 0 不接受新建连接。",
    symptom: "到虚拟 IP 的新建连接被拒绝或丢弃。",
    fix: "至少为一台真实服务器写权重。",
  },
  WEIGHTS_IGNORED: {
    title: "调度算法不看权重",
    why: "rr、lc 和 dh 只看权重是否为 0。",
    symptom: "每台真实服务器得到相同的份额。",
    fix: "使用加权的调度算法（wrr、wlc），或去掉权重。",
  },
} as const satisfies Explanations<typeof weightsCodes>;
