import { type DraftObject, object, scalar, set } from "../../draft/draft.ts";
import { isBuilt } from "../built.ts";
import type { FoundCheck, FoundService } from "../facts.ts";

/** What lvsgen does without a word (cluster-format: interval, timeout, retries). */
const usual = { interval: 5, timeout: 3, retries: 3 } as const;

/** The check of a service; null where it is what lvsgen would do by itself. */
export function checkDraft({
  check,
  onFailure,
  frontend,
}: FoundService): { draft: DraftObject; later: string[] } | null {
  const draft = object(true);
  const later: string[] = [];
  if (check !== null) {
    set(draft, "type", scalar(check.type));
    const keys = ["path", "status", "body", "name", "verify", "port", "interval", "timeout", "retries"] as const;
    for (const key of keys) {
      const value = check[key];
      if (value === undefined || isUsual(key, value)) continue;
      if (key === "port" && frontend.kind === "address" && frontend.port === value) continue;
      set(draft, key, scalar(value));
    }
  }
  // To set the weight to 0 is the default.
  if (onFailure === "remove") {
    const member = set(draft, "onFailure", scalar("remove"));
    if (!isBuilt("onFailure")) {
      member.off = true;
      later.push("onFailure");
    }
  }
  return draft.members.length === 0 ? null : { draft, later };
}

function isUsual(key: keyof FoundCheck, value: unknown): boolean {
  return Object.hasOwn(usual, key) && usual[key as keyof typeof usual] === value;
}
