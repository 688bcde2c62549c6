import { type LanguageName, languageNames } from "../language/index.ts";

/**
 * What stands in the terminal: the language of `--language`; else Chinese where the environment asks for it in UTF-8 (of `LC_ALL`,
 * `LC_MESSAGES` and `LANG` the first that says something counts, as in POSIX), and English.
 */
export function languageFor(args: readonly string[], env: NodeJS.ProcessEnv): LanguageName {
  const asked = languageNames.find((name) => name === optionIn(args));
  if (asked !== undefined) return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  // Without a charset it is GB 2312, which what is printed here is not.
  return /^zh_CN\.utf-?8\b/i.test(locale) ? "zh" : "en";
}

function optionIn(args: readonly string[]): string | undefined {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  const at = options.lastIndexOf("--language");
  const joined = options.findLast((argument) => argument.startsWith("--language="));
  return joined?.slice("--language=".length) ?? (at === -1 ? undefined : options[at + 1]);
}
