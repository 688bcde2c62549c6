/** What is said of signatures. */
import type { Phrases } from "../../phrases.ts";

export const signingTexts: Phrases = {
  "sign SHA256SUMS with this key: a private key, or the public one (.pub) of a key that ssh-agent has":
    "用这个密钥对 SHA256SUMS 签名：私钥，或 ssh-agent 中某个密钥的公钥（.pub）",
  "a number that is higher than that of every bundle before (default: the one of the signature in the output directory and 1)":
    "比以前每个部署包都大的编号（默认：输出目录中签名的编号加 1）",
  "It has to be a whole number from 1 to {1}.": "必须是 1 到 {1#} 的整数。",
  "error: option '--serial <number>' counts signatures: it goes with --sign":
    "错误：选项 '--serial <number>' 是签名的编号：与 --sign 一起使用",
  signed: "已签名",
  unsigned: "无签名",
  unverified: "无法验证",
  "serial {1}, {2} {3}. Verify it on the hosts before anything is run: RUNBOOK.md has the commands.":
    "编号 {1#}，{2!} {3!}。在主机上执行任何内容之前先验证：命令见 RUNBOOK.md。",
  "on {1}: OpenSSH there is older than 8.1 and has no ssh-keygen -Y, and only an RSA key gives a signature that openssl there verifies. (ssh-keygen -t rsa -b 3072 makes one.)":
    "在 {1+} 上：那里的 OpenSSH 早于 8.1，没有 ssh-keygen -Y，而只有 RSA 密钥的签名可以由那里的 openssl 验证。（用 ssh-keygen -t rsa -b 3072 生成。）",
  "the signature of serial {1} was not of these sums, and is gone. Sign this bundle with: --sign KEY --serial {2}":
    "编号 {1#} 的签名不属于这些校验和，已经删除。给这个部署包签名：--sign KEY --serial {2}",
  "this bundle has no signature, and hosts on which its trust has been applied refuse what is not signed. Sign it with: --sign KEY --serial N":
    "该部署包没有签名；已应用其 trust 的主机拒绝未签名的内容。请用以下选项签名：--sign KEY --serial N",
  "the signature of serial {1} was not of these sums, and is gone. No serial is higher: give the cluster another name.":
    "编号 {1#} 的签名不属于这些校验和，已经删除。没有更大的编号：给集群改名。",
  "has the largest serial that there is, so that no other bundle can have a higher one":
    "编号已是最大的，其他部署包不可能有更大的编号",
  "give the cluster another name: its serials begin anew, also on the hosts": "给集群改名：编号重新开始，主机上也是",
  "is a certificate, and hosts verify with the key itself": "是证书，而主机用密钥本身验证",
  "name the key that it is of: its .pub without -cert": "写证书所属的密钥：不带 -cert 的 .pub",
  "not installed, and nothing is signed without it": "没有安装，没有它就不能签名",
  "install OpenSSH's client, 8.1 or later (apt-get install openssh-client, dnf install openssh-clients)":
    "安装 OpenSSH 客户端 8.1 或更新的版本（apt-get install openssh-client，dnf install openssh-clients）",
  "is of an OpenSSH before 8.1, which signs no files": "属于早于 8.1 的 OpenSSH，不能给文件签名",
  "sign where there is a later OpenSSH: not on EL7 or EL8": "在 OpenSSH 更新的机器上签名：不是 EL7 或 EL8",
  "name a private key with --sign, or the public one (.pub) of a key that ssh-agent has; ssh-keygen -t ed25519 makes one":
    "用 --sign 写私钥，或 ssh-agent 中某个密钥的公钥（.pub）；用 ssh-keygen -t ed25519 生成",
  "name a key with --sign that you may read": "用 --sign 写一个可以读取的密钥",
  "is neither a private key nor a public one of OpenSSH": "既不是 OpenSSH 的私钥，也不是公钥",
  "is a private key whose public part is neither in it nor beside it": "是私钥，但公钥部分既不在其中，也不在旁边",
  "write it beside: ssh-keygen -y -f {1} > {2}.pub": "写在旁边：ssh-keygen -y -f {1!} > {2!}.pub",
  "is an RSA key of {1} bits, which can be broken": "是 {1#} 位的 RSA 密钥，可以被破解",
  "make one of 3072 bits: ssh-keygen -t rsa -b 3072": "生成 3072 位的：ssh-keygen -t rsa -b 3072",
  "is a public key whose private part is neither in ssh-agent nor beside it":
    "是公钥，但私钥部分既不在 ssh-agent 中，也不在旁边",
  "add it with ssh-add (ssh-add -l lists what is there), or name the private key with --sign":
    "用 ssh-add 加入（ssh-add -l 列出其中已有的），或用 --sign 写私钥",
  "the passphrase is wrong, or nobody could be asked for it": "密钥口令不对，或没有人可以询问",
  "add the key to ssh-agent first (ssh-add), or name a program in SSH_ASKPASS that gives it, with SSH_ASKPASS_REQUIRE=force":
    "先把密钥加入 ssh-agent（ssh-add），或用 SSH_ASKPASS 指定给出口令的程序，并设置 SSH_ASKPASS_REQUIRE=force",
  "can be read by other users, so OpenSSH does not take it as a private key":
    "其他用户可以读取，因此 OpenSSH 不接受它作为私钥",
  "chmod 600 {1}, and ask yourself who has read it": "chmod 600 {1!}，并考虑谁已经读过它",
  "OpenSSH did not sign with it: {1}": "OpenSSH 没有用它签名：{1~}",
  "the agent gives no signature of rsa-sha2-256": "代理没有给出 rsa-sha2-256 签名",
  "ssh-keygen made a signature of another key": "ssh-keygen 用另一个密钥签了名",
  "what it says stands above": "原因见上面它的输出",
  "ssh-agent does not start": "ssh-agent 无法启动",
  "try the same by itself: echo x | ssh-keygen -Y sign -n lvsgen-bundle -f KEY":
    "单独试一下：echo x | ssh-keygen -Y sign -n lvsgen-bundle -f KEY",
  "there is no signature of this cluster here whose serial could be counted on": "这里没有这个集群的签名，编号无从接续",
  "say one that is higher than that of any bundle which hosts have had: --serial 1 for the first":
    "写一个比各主机有过的任何部署包都大的编号：第一个用 --serial 1",
  "has the serial {1} already, and --serial {2} is lower": "已有编号 {1#}，而 --serial {2} 更小",
  "has the serial {1} for another bundle, and --serial {2} is not higher":
    "另一个部署包的编号已是 {1#}，而 --serial {2} 并不更大",
  "hosts refuse a serial that goes back: take --serial {1} or a higher one, or leave it out":
    "主机拒绝变小的编号：用 --serial {1} 或更大的，或不写",
};
