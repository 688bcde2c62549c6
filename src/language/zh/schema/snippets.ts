/** What editors offer to put in. */
import type { Phrases } from "../../phrases.ts";

export const snippetTexts: Phrases = {
  "cluster, direct routing": "集群，直接路由",
  "cluster, masquerading": "集群，地址转换",
  host: "主机",
  "host of another system": "其他系统的主机",
  "service, real servers listed": "服务，逐一列出真实服务器",
  "service, real servers of a pool": "服务，使用服务器池中的真实服务器",
  "pool of real servers": "真实服务器池",
  "real server, a host of the cluster": "真实服务器，集群中的主机",
  "real server, by its address": "真实服务器，以地址给出",
  "check by HTTP": "以 HTTP 检查",
  "check by HTTPS": "以 HTTPS 检查",
  "no check": "不检查",
  "warning that is meant": "有意保留的警告",
};
