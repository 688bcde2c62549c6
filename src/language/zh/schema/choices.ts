/** What values mean: shown beside them by `init`, and in the manual page. */
import type { Phrases } from "../../phrases.ts";

export const choiceTexts: Phrases = {
  "replies straight to the client; same segment": "应答直接发给客户端；同一网段",
  "replies straight to the client; any network": "应答直接发给客户端；任意网络",
  "replies go through the director": "应答经过调度器",
  "connections, such as of the web": "连接，例如 Web",
  "datagrams, such as of DNS or syslog": "数据报，例如 DNS 或 syslog",
  "associations, such as of telephony": "偶联，例如电信信令",
  "each real server in turn": "各真实服务器轮流",
  "in turn, by weight": "按权重轮流",
  "the one with the fewest connections": "连接数最少的一台",
  "the fewest connections for its weight": "连接数与权重之比最小的一台",
  "one for each address asked (caches)": "每个目的地址一台（用于缓存）",
  "several for each address asked (caches)": "每个目的地址若干台（用于缓存）",
  "by a hash of the address asked for": "按目的地址的哈希",
  "by a hash of the client's address": "按客户端地址的哈希",
  "the shortest expected delay": "预期延迟最短",
  "one that is idle, else as sed": "空闲的一台，否则同 sed",
  "the highest weight alone, until it is gone": "只用权重最高的一台，直到它被去掉",
  "the highest weight until it is full": "先用权重最高的一台，满后再用下一台",
  "by a hash that hardly moves (Maglev)": "按变动很小的哈希（Maglev）",
  "the better of two picked at random": "随机取两台中较好的一台",
};
