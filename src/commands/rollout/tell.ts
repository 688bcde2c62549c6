/** What happens while a rollout runs, for people and for tools. */
export type Happening =
  | {
      readonly event: "batch";
      readonly batch: number;
      readonly batches: number;
      readonly step: number;
      readonly canary: boolean;
      readonly hosts: readonly string[];
    }
  /** A run has ended on a host; `code` null: it was killed there. */
  | {
      readonly event: "run";
      readonly host: string;
      readonly role: string;
      readonly step: number;
      readonly command: string;
      readonly code: number | null;
      readonly changed: number;
    }
  | {
      readonly event: "host";
      readonly host: string;
      readonly role: string;
      readonly step: number;
      readonly state: "done" | "failed" | "unknown";
      readonly reason: string | null;
      readonly hint: string | null;
    };

export type Tell = (happening: Happening) => void;
