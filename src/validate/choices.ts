import type { ErrorObject } from "ajv";
import { listing, remedy, suggest } from "../diagnostics/suggest.ts";
import { arePlatforms, platformMeant } from "../platform/names.ts";
import { valueFor } from "./value-words.ts";

/** The values that an `enum` allows. */
function allowed({ schema }: ErrorObject): string[] {
  return Array.isArray(schema) ? schema.map(String) : [];
}

/** What was meant by a value that is none of those allowed, null where nobody can tell; and what to do. */
export function otherChoice(error: ErrorObject): { readonly meant: string | null; readonly hint: string } {
  const choices = allowed(error);
  const written = String(error.data);
  if (!arePlatforms(choices)) {
    const title: unknown = (error.parentSchema as { readonly title?: unknown } | undefined)?.title;
    const known = valueFor(written, String(title), choices);
    if (known !== null) return { meant: known, hint: `write "${known}", as this is called here` };
    // It rewrites the source as well and needs no gateway at the director: "nat" is another thing.
    if (title === "Forwarding method" && /^full[\s_-]?nat$/i.test(written))
      return { meant: null, hint: `IPVS of the kernel has no FULLNAT; one of: ${listing(choices)}` };
    return { meant: suggest(written, choices), hint: remedy(written, choices) };
  }
  const system = platformMeant(written);
  if (system === null) {
    // A system of another number is another system, however near its name.
    const meant = suggest(
      written,
      choices.filter((choice) => numberIn(choice) === numberIn(written)),
    );
    return { meant, hint: meant === null ? `one of: ${listing(choices)}` : `did you mean ${JSON.stringify(meant)}?` };
  }
  if ("platform" in system)
    return { meant: system.platform, hint: `write "${system.platform}", as this system is called here` };
  if ("versions" in system) return { meant: null, hint: `write its version as well: ${listing(system.versions)}` };
  const { unsupported, others } = system;
  const instead = others.length > 0 ? `of its kind there is ${listing(others)}` : `there is ${listing(choices)}`;
  return { meant: null, hint: `no scripts are made for ${unsupported.slice(0, 40)}; ${instead}` };
}

function numberIn(name: string): string {
  return name.replace(/[^0-9]/g, "");
}
