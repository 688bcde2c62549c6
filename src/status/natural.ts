/** A key by which names sort as people count: web2 before web10. */
export function natural(name: string): string {
  return name.replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, "").padStart(12, "0"));
}
