import type { healthChecksCodes } from "../../../diagnostics/codes/health-checks.ts";
import type { Explanations } from "../../language.ts";

export const healthChecksCodesInChinese = {
  CHECK_WITHOUT_PORT: {
    title: "健康检查没有可检查的端口",
    why: "该服务针对所有端口，因此健康检查必须写明一个端口。",
    symptom: "健康检查访问端口 0，没有程序应答。",
    fix: '在健康检查中增加 "port"，或把类型改为 "none"。',
  },
  CHECK_OTHER_PROTOCOL: {
    title: "健康检查的协议与服务不同",
    why: "TCP 连接不能说明该端口上的 UDP 服务是否正常，反过来也一样。",
    symptom: "服务停止时检查仍然通过，或服务正常时检查不通过。",
    fix: '使用相同协议的健康检查，或用 "check.port" 写明它检查的端口。',
  },
  CERTIFICATE_OF_ADDRESS: {
    title: "https 健康检查没有可供证书匹配的名称",
    why: "client-test.sh 会验证证书。没有名称时，它以虚拟 IP 本身请求，而几乎没有证书是为地址签发的：公共机构不为私有地址签发证书。",
    symptom: '测试以 "no alternative certificate subject name matches" 失败，尽管服务正常。',
    fix: '把客户端使用的名称写为 "check.name"；如果测试机器不认识颁发机构，把其证书写为 "check.ca"；如果证书就是为虚拟 IP 签发的，写 "verify": true；如果任何证书都可以，写 "verify": false。',
  },
  CERTIFICATE_NOT_VERIFIED: {
    title: "https 健康检查接受任何证书",
    why: "测试与服务之间沿途的任何人都可以冒充它应答，返回任意页面。",
    symptom: "测试通过，而验证证书的客户端得到错误，或访问到别处。",
    fix: '写上 "check.name" 和 "check.ca"，并去掉 "verify": false。',
  },
  BAD_CERTIFICATE: {
    title: "证书无法读取",
    why: "它会原样嵌入 client-test.sh；损坏的证书会使每个 https 检查失败。",
    symptom: 'curl 以 77 结束："error setting certificate verify locations"。',
    fix: "完整复制颁发机构的证书文件（PEM），从 BEGIN 到 END，换行写成 \\n。",
  },
} as const satisfies Explanations<typeof healthChecksCodes>;
