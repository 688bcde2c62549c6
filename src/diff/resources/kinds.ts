import type { Resource } from "../../plan/resource.ts";
import { harmless, unknown } from "../verdict.ts";
import { content } from "./content.ts";
import { network } from "./network.ts";
import { protection } from "./protection.ts";
import { type KindRule, told } from "./rule.ts";
import { sysctl } from "./sysctl.ts";

/** Services and real servers tell what their table changes. */
const elsewhere: KindRule = () => [];

const keepalived: KindRule = (difference, { changesPlatform }) => {
  const plain = (one: typeof difference.was): string =>
    (one?.words ?? []).filter((word) => !/^(?:sorry|removes) /.test(word)).join(" ");
  if (difference.was === null || difference.becomes === null || plain(difference.was) === plain(difference.becomes))
    return [];
  const judgement = changesPlatform ? harmless("it is that of the platform") : unknown("no rule knows what it does");
  return [told("keepalived-release", "what its keepalived can do", difference, judgement)];
};

/** By kind of the plan; one without a rule is told as not classified. */
const kinds: Readonly<Partial<Record<Resource["kind"], KindRule>>> = {
  ...content,
  ...network,
  ...protection,
  sysctl,
  table: elsewhere,
  thresholds: elsewhere,
  keepalived,
};

/** What a difference means; of a kind that has no rule, or that only another version of lvsgen knows, that it is not classified. */
export const ruleOf: KindRule = (difference, around) => {
  const rule = Object.hasOwn(kinds, difference.kind) ? kinds[difference.kind as Resource["kind"]] : undefined;
  return (rule ?? otherKind)(difference, around);
};

const otherKind: KindRule = (difference) => [
  told(
    "other-kind",
    `${difference.kind} ${difference.name}`,
    difference,
    unknown("this lvsgen has no rule for such a resource"),
  ),
];
