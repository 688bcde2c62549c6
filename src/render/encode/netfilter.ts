import { only } from "./only.ts";

/** An IPv6 address may begin with `::`. */
const word = /^(?:::|[A-Za-z0-9_])[A-Za-z0-9_.:/-]*$/;

/**
 * Rules of nft(8) and iptables-restore(8). A quoted text of nft has no escapes at all, one of iptables-restore takes `\"`: neither
 * holds a quote or a `\` here. A comment has at most 128 bytes in nft (NFTNL_UDATA_COMMENT_MAXLEN), 255 in iptables.
 */
export const netfilter = {
  ruleWord: (value: unknown): string => only("a rule of netfilter", word, value),
  ruleComment: (value: unknown): string =>
    `"${only("a comment of a netfilter rule", /^[A-Za-z0-9_.:/ -]{1,127}$/, value)}"`,
};
