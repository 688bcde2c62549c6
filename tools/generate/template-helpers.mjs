/**
 * Every helper that a template may use besides handlebars' own `if` and `each`; precompilation refuses
 * any other name. The render stage registers exactly these.
 *
 * For shell: `words`, quoted; `heredoc`, the text of a `want` as a quoted heredoc, or as an encoded word; `patterns`, names as the
 * patterns of a `case`; `splice`, a piece of the library.
 */
export const shellHelpers = ["words", "heredoc", "patterns", "splice"];

/** For every other format, by its own rules: `src/render/encode/`; `spoken`: Markdown in another language than English. */
export const formatHelpers = {
  systemd: ["unitText", "unitWords", "unitCommand", "unitMount"],
  fstab: ["fstabField"],
  exports: ["exportsPath", "exportsClients"],
  yaml: ["yamlText", "yamlKey"],
  netfilter: ["ruleWord", "ruleComment"],
  interfaces: ["ifaceText", "ifaceName", "ifaceCommand"],
  kernel: ["sysctlComment", "sysctlKey", "sysctlValue", "moduleName"],
  keepalived: ["keepalivedWord", "keepalivedWords", "keepalivedComment", "keepalivedPath", "keepalivedPattern"],
  markdown: ["markdownText", "markdownCode", "markdownLine", "markdownMermaid", "markdownChanges"],
  spoken: ["markdownPhrase", "markdownLead", "markdownList", "markdownAmid", "markdownLineAmid", "markdownCommand"],
};

export const knownHelpers = Object.fromEntries(
  [...shellHelpers, ...Object.values(formatHelpers).flat()].map((name) => [name, true]),
);
