import type { securityCodes } from "../../../diagnostics/codes/security.ts";
import type { Explanations } from "../../language.ts";

export const securityCodesInChinese = {
  FIREWALL_OFF: {
    title: "防火墙被关闭",
    why: '"disable" 开放主机的所有端口，现在如此，重启之后也如此。',
    symptom: "本应只在本机使用的服务，可以从网络访问。",
    fix: '使用 "open"，它只开放该角色需要的端口。',
  },
  SELINUX_OFF: {
    title: "SELinux 被设为 permissive",
    why: '"permissive" 关闭整台主机的强制执行，现在如此，重启之后也如此。',
    symptom: "通过 Web 服务器的入侵不再受到限制。",
    fix: '使用 "keep"，它只设置该角色需要的布尔值和上下文。',
  },
} as const satisfies Explanations<typeof securityCodes>;
