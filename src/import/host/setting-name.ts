/** One name for each setting of the kernel, as the compiler has it: with dots, or with slashes where a word has a dot in it. */
export function settingKey(written: string): string {
  return written.includes(".") ? written : written.replaceAll("/", ".");
}
