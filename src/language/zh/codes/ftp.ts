import type { ftpCodes } from "../../../diagnostics/codes/ftp.ts";
import type { Explanations } from "../../language.ts";

export const ftpCodesInChinese = {
  FTP_WITHOUT_PERSISTENCE: {
    title: "DR 或 TUN 方式的 FTP 没有持久连接",
    why: "FTP 会为数据打开第二个连接；没有持久连接把两者联系起来，调度器会把它当作新的客户端。",
    symptom: "能够登录；列目录和传输卡住，因为数据连接到了另一台真实服务器，或没有到达任何一台。",
    fix: '为端口 21 和 FTP 服务器的被动端口描述一个防火墙标记，写上 "persistence"，并在 FTP 服务器中设置该范围。NAT 方式不需要标记：会加载模块 ip_vs_ftp。',
  },
  FTP_WITHOUT_DATA_PORTS: {
    title: "DR 或 TUN 方式的 FTP 没有数据端口",
    why: "被动模式下，客户端会连接虚拟 IP 的另一个端口，由 FTP 服务器指定。DR 和 TUN 方式下，调度器原样转发报文：不属于该服务的端口它不认识，不论有没有持久连接。",
    symptom: "能够登录；列目录和传输被拒绝或卡住。",
    fix: '为端口 21 和 FTP 服务器的被动端口描述一个防火墙标记，写上 "persistence"，并在 FTP 服务器中设置该范围。NAT 方式不需要标记：会加载模块 ip_vs_ftp。',
  },
} as const satisfies Explanations<typeof ftpCodes>;
