import type { hashingCodes } from "../../../diagnostics/codes/hashing.ts";
import type { Explanations } from "../../language.ts";

export const hashingCodesInChinese = {
  HASH_TABLE_TOO_SMALL: {
    title: "散列类调度算法的表容不下这些权重",
    why: "sh 和 dh 有 256 个位置供客户端使用。sh 中，每台真实服务器连续得到与权重相同个数的位置，从列表的最后一台开始，直到用完；dh 中，每台轮流得到一个。",
    symptom:
      "权重为 200 和 200 时，第一台真实服务器得到 56 个位置，第二台得到 200 个；权重为 300 和 300 时，第一台一个客户端也得不到。",
    fix: "使用较小的权重，例如 1 和 3；总和应远小于 256。或使用 mh，它会按比例换算权重（Linux 4.18）。",
  },
  HASH_TABLE_FULL: {
    title: "mh 的表的位置比真实服务器还少",
    why: "在各系统提供的内核中，它的表有 4,093 个位置，内核不接受更多的真实服务器。",
    symptom: "ipvsadm 在其中一台处报错结束，其后的真实服务器缺失。",
    fix: "使用另一种调度算法，或拆成真实服务器较少的多个服务。",
  },
  HASH_WITHOUT_FALLBACK: {
    title: "被排空的真实服务器的客户端会被拒绝",
    why: "使用 sh、mh 和 dh 时，客户端在表中有一个位置。权重为 0 的真实服务器（被排空，或因 onFailure 为 quiesce 的健康检查而停用）保留其位置；除非有 sh-fallback 或 mh-fallback，内核不会另选一台。",
    symptom: "两台权重为 1 的真实服务器之一被排空期间，大约一半的客户端被拒绝。",
    fix: '在 "schedulerFlags" 中增加 "sh-fallback" 或 "mh-fallback"。',
  },
} as const satisfies Explanations<typeof hashingCodes>;
