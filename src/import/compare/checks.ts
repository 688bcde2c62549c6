/** What real servers are asked, and what becomes of one that does not answer. */
import type { Cluster, HealthCheck, Service } from "../../model.ts";
import type { FoundCheck, FoundService } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Teller } from "./difference.ts";
import { frontendText, type Pair } from "./parts.ts";
import { endpoint } from "./servers.ts";

const topic = "health checks";

/** Of each real server where the import says it for each, else of the service. */
export function compareChecks(
  { found, built, isRepeated }: Pair,
  { failover }: Pick<Cluster, "failover">,
  teller: Teller,
): void {
  const said = found.servers.filter(({ checks, off }) => checks !== undefined && off === null);
  const name = frontendText(found.frontend);
  const at = `${built.pointer}/check`;
  if (failover === null) {
    if (found.check !== null && found.check.type !== "none")
      teller.differs(topic, {
        ...{ what: `check of ${name}`, place: found.check.place, was: found.check.type, becomes: null, at: "/ha" },
        remedy: 'add "ha": keepalived asks the real servers then',
      });
    return;
  }
  if (said.length > 0) {
    for (const { checks = [], address, port, place } of said) {
      const what = `${endpoint({ address, port })} of ${name}`;
      const [first, ...more] = checks;
      compareOne(what, first ?? { place, type: "none" }, built, found.place, teller);
      for (const one of more)
        teller.differs(topic, {
          ...{ what: `a further check of ${what}`, place: one.place, was: checkText(one), becomes: null, at },
          remedy: "a service has one check: choose the one that says most",
        });
    }
  } else if (found.check !== null) compareOne(name, found.check, built, found.place, teller);
  else if (built.check.type !== "none" && !isRepeated)
    teller.differs(topic, {
      ...{ what: `check of ${name}`, place: found.place, was: null, becomes: built.check.type, at },
      reason: 'with "ha" every service on a port of TCP is asked, and no input says that this one is',
      remedy: 'add "check": { "type": "none" } to the service where nothing is to be asked',
    });
  compareFailure(found, built, teller);
}

/** Setting by setting; those that the import leaves open are what lvsgen has for them. */
function compareOne(
  of: string,
  found: FoundCheck,
  { check, pointer, frontend }: Service,
  around: Place,
  teller: Teller,
): void {
  const own = frontend.kind === "address" ? frontend.port : null;
  const place = found.place;
  const at = `${pointer}/check`;
  const type = {
    what: `type of the check of ${of}`,
    place,
    was: found.type,
    becomes: check.type,
    at: `${at}/type`,
    around,
  };
  teller.compare(topic, { ...type, remedy: 'say it as "type" of the check; a service has one' });
  // What is asked otherwise is asked something else throughout.
  if (found.type !== check.type || check.type === "none") return;
  for (const [key, was, becomes] of settingsOf(found, check, own)) {
    const what = `${key} of the check of ${of}`;
    teller.compare(topic, {
      ...{ what, place, was: shown(was), becomes: shown(becomes), at: `${at}/${key}`, around },
      remedy: `say it as "${key}" of the check; a service has one check`,
    });
  }
}

type Value = string | number | boolean | null;

function settingsOf(
  found: FoundCheck,
  check: HealthCheck,
  own: number | null,
): readonly (readonly [key: string, was: Value, becomes: Value])[] {
  const isPage = check.type === "http" || check.type === "https";
  const page: [string, Value, Value][] = [
    ["path", found.path ?? "/", check.path],
    ["status", found.status ?? "any 2xx or 3xx", check.status ?? "any 2xx or 3xx"],
    ["body", found.body ?? null, check.body],
    ["name", found.name ?? null, check.name],
  ];
  const times = (["interval", "timeout", "retries"] as const).flatMap((key): [string, Value, Value][] => {
    const was = found[key];
    return was === undefined ? [] : [[key, was, check[key]]];
  });
  return [
    ["port", found.port ?? own, check.port ?? own],
    ...(isPage ? page : []),
    ...(check.type === "https" && found.verify !== undefined
      ? [["verify", found.verify, check.verify ?? true] as const]
      : []),
    ...times,
  ];
}

function shown(value: Value): string | null {
  return value === null ? null : String(value);
}

function checkText({ type, path, port }: FoundCheck): string {
  return `${type}${path === undefined ? "" : ` ${path}`}${port === undefined ? "" : ` on port ${port}`}`;
}

/** A weight of 0, or no entry at all. */
function compareFailure({ onFailure, check, frontend, place }: FoundService, built: Service, teller: Teller): void {
  if (onFailure === null || built.check.type === "none") return;
  const where: Place = check?.place ?? place;
  teller.compare(topic, {
    ...{ what: `what becomes of a real server of ${frontendText(frontend)} that does not answer`, place: where },
    ...{ was: onFailure, becomes: built.check.onFailure, at: `${built.pointer}/check/onFailure` },
    remedy: 'say it as "onFailure" of the check',
  });
}
