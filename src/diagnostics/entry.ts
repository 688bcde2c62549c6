/** What a code stands for: the texts of `lvsgen explain CODE`. */
export interface CatalogueEntry {
  readonly severity: "error" | "warning";
  /** One line, without a final dot. */
  readonly title: string;
  /** Why it matters to LVS. */
  readonly why: string;
  /** What someone would see on the wire or on the host if it were built all the same. */
  readonly symptom: string;
  /** What to change in the description. */
  readonly fix: string;
  /** What stands there is secret: logs of CI keep what is printed, so the line is not shown. */
  readonly hidden?: boolean;
}
