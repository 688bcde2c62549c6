import { platforms } from "./index.ts";
import type { PlatformName } from "./platform.ts";

/** What someone meant who wrote the name of a system in other words than a description takes. */
export type Meant =
  /** The platform of that name. */
  | { readonly platform: PlatformName }
  /** A system named without its version; those of it that there are. */
  | { readonly versions: readonly PlatformName[] }
  /** A system that is known, and that no scripts are compiled for; `others` are what there is of its family. */
  | { readonly unsupported: string; readonly others: readonly PlatformName[] };

/** Names of a system, in lower case without blanks, and what its platforms are called here before the number. */
const families: readonly { readonly names: readonly string[]; readonly prefix: string }[] = [
  {
    names: ["el", "centos", "centosstream", "centoslinux", "rhel", "redhat", "redhatenterpriselinux"],
    prefix: "el",
  },
  { names: ["rocky", "rockylinux", "alma", "almalinux", "scientific", "scientificlinux"], prefix: "el" },
  { names: ["ol", "oracle", "oraclelinux", "oel"], prefix: "el" },
  { names: ["anolis", "anolisos", "openanolis", "an", "\u9f99\u8725"], prefix: "anolis" },
  { names: ["openeuler", "euler", "\u6b27\u62c9"], prefix: "openeuler" },
  {
    names: ["kylin", "kylinv", "kylinos", "kylinserver", "kylinlinuxadvancedserver", "kylinlinuxadvancedserverv", "ky"],
    prefix: "kylin",
  },
  {
    names: ["\u9e92\u9e9f", "\u9e92\u9e9fv", "\u94f6\u6cb3\u9e92\u9e9f", "\u94f6\u6cb3\u9e92\u9e9fv"],
    prefix: "kylin",
  },
  {
    names: ["uos", "uosserver", "uniontech", "uniontechos", "uniontechosserver", "\u7edf\u4fe1"],
    prefix: "uos",
  },
  { names: ["debian", "debiangnulinux"], prefix: "debian" },
  { names: ["ubuntu", "ubuntuserver"], prefix: "ubuntu" },
];

const codeNames: Readonly<Record<string, PlatformName>> = {
  maipo: "el7",
  ootpa: "el8",
  plow: "el9",
  bullseye: "debian11",
  bookworm: "debian12",
  trixie: "debian13",
  jammy: "ubuntu22",
  noble: "ubuntu24",
  fuyu: "uos20",
};

/** Systems that people run and that no platform is of. */
const strangers =
  /^(sles|suse|opensuse|fedora|alpine|arch|amzn|amazon|amazonlinux|alinux|euleros|tencentos|opencloudos|deepin|gentoo|slackware|freebsd|openbsd|windows|macos|linuxmint|raspbian|neokylin|bclinux|ctyunos|photon|coreos|flatcar|mageia|nixos|devuan|kali|proxmox|esxi|solaris|aix|openwrt)/;

/**
 * What is meant by the name of a system as people say it: `centos7`, `Rocky Linux 9.4`, `openEuler-22.03-LTS`, `bookworm`.
 * Null where it is the name of no system that is known.
 */
export function platformMeant(text: string): Meant | null {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, "");
  const [, name = "", version = ""] = /^([^0-9]*)([0-9]*)/u.exec(plain) ?? [];
  const byCodeName = Object.keys(codeNames).find((known) => plain.endsWith(known));
  if (byCodeName !== undefined && version === "") return { platform: codeNames[byCodeName] as PlatformName };
  const family = families.find(({ names }) => names.includes(name));
  if (family === undefined) return strangers.test(plain) ? { unsupported: text, others: [] } : null;
  const others = platformNames.filter((known) => known.replace(/[0-9]+$/, "") === family.prefix);
  const platform = others.find((known) => known === `${family.prefix}${version}`);
  if (platform !== undefined) return { platform };
  return version === "" ? { versions: others } : { unsupported: text, others };
}

/** Whether a list of words is the list of the platforms. */
export function arePlatforms(words: readonly string[]): boolean {
  return words.length === platformNames.length && words.every((word) => Object.hasOwn(platforms, word));
}

const platformNames = Object.keys(platforms) as PlatformName[];
