import type { Opening } from "./opening.ts";
import type { Phase } from "./phases.ts";
import type { Resource } from "./resource.ts";
import type { Site } from "./site.ts";

/** A kernel setting with the reason for it, which stands above it in the file. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly why: string;
  /** Where the description asks for it by name; left out: a setting of lvsgen's own. */
  readonly pointer?: string;
}

/** What has to be done at every boot and no file of the system's own brings about. */
export interface BootSteps {
  /** Units that have to be through with their work before. */
  readonly after?: readonly string[];
  /** Command lines as systemd.service(5) takes them: an absolute path, words, no shell. */
  readonly commands: readonly string[];
  /** Units that take away what the commands brought about when they start or reload: then it is done again. */
  readonly flushedBy?: readonly string[];
}

/**
 * What one feature gives a host. Packages, modules, settings, openings, booleans and boot steps of all features are put
 * together and become one list, file or unit of the role; resources stand in the phase that they are given for.
 */
export interface Contribution {
  /** What in the description brings it about, for the resources that do not say it themselves; else what gives the role. */
  readonly pointer?: string;
  readonly packages?: readonly string[];
  readonly modules?: readonly string[];
  readonly settings?: readonly Setting[];
  /** What the firewall lets through. */
  readonly openings?: readonly Opening[];
  /** SELinux booleans. */
  readonly booleans?: readonly string[];
  readonly resources?: Partial<Readonly<Record<Phase, readonly Resource[]>>>;
  readonly boot?: BootSteps;
}

/** One thing that a role brings about: run once for each host of the role. */
export type Feature = (at: Site) => Contribution;
