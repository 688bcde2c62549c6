/** What a change does to the connections of clients, and how that is said. */

/** From harmless to grave; `not-classified` stands last, for nothing is known of it. */
export const verdicts = [
  "none",
  "new-connections-elsewhere",
  "connections-end",
  "service-interrupted",
  "host-reached-otherwise",
  "not-classified",
] as const;

export type Verdict = (typeof verdicts)[number];

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  none: "none",
  "new-connections-elsewhere": "new connections go elsewhere",
  "connections-end": "connections end",
  "service-interrupted": "service interrupted",
  "host-reached-otherwise": "host must be reached otherwise",
  "not-classified": "not classified",
};

/** A verdict with its reason, as a rule gives it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

export const harmless = (why: string): Judgement => ({ verdict: "none", why });
export const elsewhere = (why: string): Judgement => ({ verdict: "new-connections-elsewhere", why });
export const ends = (why: string): Judgement => ({ verdict: "connections-end", why });
export const interrupts = (why: string): Judgement => ({ verdict: "service-interrupted", why });
export const reached = (why: string): Judgement => ({ verdict: "host-reached-otherwise", why });
export const unknown = (why: string): Judgement => ({ verdict: "not-classified", why });
