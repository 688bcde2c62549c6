/** What OPERATIONS.md says beside its template. */
import type { Phrases } from "../../phrases.ts";

export const operationsTexts: Phrases = {
  "{1} more services, likewise": "另有 {1#} 个服务，与上面相同",
  "{1}/{2}, from the director on as {3}": "{1}/{2}，出调度器后的源地址为 {3+}",
  "wherever they connect to": "它们要访问的任何地址",
  "source NAT: what their machines begin themselves": "源地址转换：其中的机器主动发起的连接",
  "requests of {1}": "{1} 的请求",
  "{1}: the same packets for the VIP, to the real server's hardware address, in one segment with the director":
    "{1}：发往虚拟 IP 的同一报文，目的 MAC 地址改为真实服务器的，与调度器在同一网段内",
  "{1}: requests in a tunnel": "{1}：隧道中的请求",
  "clients, by way of the director": "客户端，经调度器",
  "{1}: requests that the director has rewritten, with the clients' own addresses":
    "{1}：调度器改写过目的地址的请求，源地址仍是客户端的",
  "{1}: replies, which do not pass the director: what is in between sees one direction alone, and must not drop it for that (state, reverse path)":
    "{1}：应答，不经过调度器：沿途设备只能看到一个方向，不得因此丢弃（状态检测、反向路径检查）",
  "{1}, as VIP {2}": "{1+}，源地址为虚拟 IP {2+}",
  "from {1}": "源端口 {1+}",
  "{1}: replies": "{1}：应答",
  "{1}, every port": "{1}，所有端口",
  "every port": "所有端口",
  "{1} and {2} more ports": "{1+} 及另外 {2#} 个端口",
  "IP protocol 47 (GRE)": "IP 协议 47（GRE）",
  "IP protocol {1}": "IP 协议 {1+}",
  "{1}, its ports": "{1}，该服务的端口",
  "{1}: health checks ({2})": "{1}：健康检查（{2}）",
  "each other": "彼此之间",
  "IP protocol 112 (VRRP)": "IP 协议 112（VRRP）",
  "who has the virtual addresses of IPv{1}; router id {2}, which nobody else on the segment may have":
    "IPv{1} 的虚拟 IP 由谁持有；router id 为 {2}，该网段中其他设备不得使用",
  "a group of their link": "其链路上的组播组",
  "what connections there are, by multicast in one segment (sync id {1})": "连接同步，在同一网段内组播（sync id {1}）",
  "shares; NFS 3 also needs {1}": "共享目录；NFS 3 还需要 {1+}",
};
