/** Times of reports, by arithmetic alone: the core has no clock. */

/** Seconds of a day. */
export const day = 86_400;

const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Seconds since 1970 in UTC of a time as scripts write it (RFC 3339, without fractions); null where it is none.
 * The days are counted as H. Hinnant does in "chrono-compatible low-level date algorithms".
 */
export function secondsOf(text: string): number | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const leaps = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = [31, leaps ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (date < 1 || date > longest || hour > 23 || minute > 59 || second > 60) return null;
  const years = month <= 2 ? year - 1 : year;
  const era = Math.floor(years / 400);
  const yearOfEra = years - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const offset = (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)) * 60 * (match[7] === "-" ? -1 : 1);
  return days * day + hour * 3600 + minute * 60 + second - offset;
}
