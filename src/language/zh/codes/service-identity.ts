import type { serviceIdentityCodes } from "../../../diagnostics/codes/service-identity.ts";
import type { Explanations } from "../../language.ts";

export const serviceIdentityCodesInChinese = {
  DUPLICATE_SERVICE: {
    title: "两个服务的协议、虚拟 IP 和端口相同",
    why: "转发表中每组只有一个条目。",
    symptom: 'ipvsadm："Service already exists"；第二个服务的真实服务器什么也得不到。',
    fix: "把全部真实服务器放在一个服务中，或改变第二个的虚拟 IP 或端口。",
  },
  DUPLICATE_SERVICE_NAME: {
    title: "两个服务的名称相同",
    why: "报告和 `client-test.sh --service` 靠名称区分服务。",
    symptom: "报告中的服务名称可能指任何一个。",
    fix: "为第二个另起名称。",
  },
  DUPLICATE_FWMARK: {
    title: "两个服务的防火墙标记相同",
    why: "转发表中每个标记只有一个条目。",
    symptom: 'ipvsadm："Service already exists"。',
    fix: "为第二个使用另一个标记。",
  },
} as const satisfies Explanations<typeof serviceIdentityCodes>;
