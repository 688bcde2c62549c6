import type { trustCodes } from "../../../diagnostics/codes/trust.ts";
import type { Explanations } from "../../language.ts";

export const trustCodesInChinese = {
  TRUST_PRIVATE_KEY: {
    title: "描述中有私钥",
    why: "主机只需要公钥。从现在起，凡是读到这份描述或其历史的人都可以用该私钥签名。",
    symptom: "信任该密钥的每台主机都会接受并非由你们制作的部署包。",
    fix: "生成新密钥（ssh-keygen -t ed25519），在这里写入它的 .pub 文件，并且不再让任何主机信任旧密钥，即使这份描述没有外传。",
  },
  TRUST_KEY_UNUSABLE: {
    title: "允许签名者的某个密钥无法用于验证",
    why: "lvsgen-run 把它原样交给 ssh-keygen 和 openssl；如果它们不接受该密钥，每个部署包都会被拒绝。",
    symptom: 'lvsgen-run 以 65 结束，提示 "is signed by none of the keys of this host"。',
    fix: "写入 Ed25519、ECDSA 或至少 2048 位 RSA 密钥的 .pub 文件中的那一行，必须完整并且在一行内；前面可以有一个名称。",
  },
  TRUST_KEY_TWICE: {
    title: "允许签名者的某个密钥出现了两次",
    why: "密钥丢失后只会删掉一行，另一行仍然受信任。",
    symptom: "用已删除的密钥签名的部署包仍会被运行。",
    fix: "两者只保留一个。",
  },
  TRUST_WITHOUT_RSA: {
    title: "某台主机无法用其中任何密钥验证",
    why: "8.1 之前的 OpenSSH（EL7、EL8）不能验证文件签名，那里的 openssl 只能验证 RSA 密钥的签名。如果装上 lvsgen-run，它会拒绝每个部署包，因此不安装。",
    symptom: "在那里脚本仍然无需签名即可运行。",
    fix: "用每台主机都能验证的 RSA 密钥签名（ssh-keygen -t rsa -b 3072），并在这里写入它的 .pub 文件。",
  },
} as const satisfies Explanations<typeof trustCodes>;
