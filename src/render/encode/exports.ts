import { type Allowed, only } from "./only.ts";

/** What exports(5) reads as syntax somewhere in a line. */
const special = /[ \\#"]/g;

const exportedPath: Allowed = [/^\/[ -~]+$/, /^\/[^\p{Cc}\u2028\u2029\ud800-\udfff]+$/u];

/** exports(5): a path with octal escapes, then `CLIENT(OPTION,…)` for each client, no blank before `(`, which would export to the world. */
export const exportsFile = {
  exportsPath: (path: unknown): string =>
    only("a path of exports", exportedPath, path).replaceAll(
      special,
      (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
    ),

  exportsClients: (clients: unknown): string =>
    (clients as readonly { readonly client: string; readonly options: readonly string[] }[])
      .map(({ client, options }) => {
        const name = only("a client of exports", /^(?!-)(?:(?![()#"'\\,=])[!-~])+$/, client);
        const list = options.map((option) => only("an option of exports", /^(?!-)(?:(?![()#"'\\,])[!-~])+$/, option));
        return list.length > 0 ? `${name}(${list.join(",")})` : name;
      })
      .join(" "),
};
