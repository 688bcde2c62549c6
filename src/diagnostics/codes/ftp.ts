import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/ftp.ts`. */
export const ftpCodes = {
  FTP_WITHOUT_PERSISTENCE: {
    severity: "warning",
    title: "FTP in DR or TUN without persistence",
    why: "FTP opens a second connection for data, which the director sees as a new client unless persistence ties the two together.",
    symptom:
      "Log in works; listings and transfers hang, because the data connection reaches another real server or none.",
    fix: 'Describe a firewall mark for port 21 and the passive ports of the FTP servers, with "persistence", and set that range in the FTP servers. In NAT no mark is needed: the module ip_vs_ftp is loaded.',
  },
  FTP_WITHOUT_DATA_PORTS: {
    severity: "warning",
    title: "FTP in DR or TUN without its data ports",
    why: "In passive mode clients open data connections to another port of the VIP, which the FTP server names. In DR and TUN the director passes packets on as they are: it knows no port that the service does not have, whatever its persistence.",
    symptom: "Log in works; listings and transfers are refused or hang.",
    fix: 'Describe a firewall mark for port 21 and the passive ports of the FTP servers, with "persistence", and set that range in the FTP servers. In NAT no mark is needed: the module ip_vs_ftp is loaded.',
  },
} as const satisfies Record<string, CatalogueEntry>;
