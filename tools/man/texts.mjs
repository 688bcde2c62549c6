/** What the pages say beside what help and the schema say themselves. Backquotes mark what stands so in a file or on a command line. */

export const commandTexts = {
  description: [
    "`lvsgen` reads the description of a cluster, lvsgen-cluster(5), and writes a directory: a script for each role of its hosts, every file that these install, a runbook for the change, checksums.",
    "It runs on a workstation or in CI. The hosts of the cluster need nothing of it: what it writes runs with bash 4.2 and what a minimal CentOS 7, RHEL, openEuler, Kylin, Debian or Ubuntu has, without a network.",
    "The same description gives the same bytes on every machine. Results go to standard output, findings and problems to standard error.",
  ],
  defaultFiles: "The description, where a command is given none. Several of them are an error.",
  files: [
    ["out/", "What `build` writes, unless `--output` names another directory."],
    ["out/manifest.json", "What belongs to it. `build` removes what a former one lists, and nothing else."],
    ["out/SHA256SUMS", "Checksums of all of it. `build` prints that of this file, to be carried another way."],
    [
      "out/SHA256SUMS.signed",
      "What `--sign` signs: the serial, and the sum of `SHA256SUMS`. `SHA256SUMS.sig` is its signature for `ssh-keygen -Y verify`, `SHA256SUMS.rsa` of an RSA key that for `openssl dgst -sha256 -verify`.",
    ],
    ["out/RUNBOOK.md", "What to run where and in which order for this change, and the way back."],
    [
      "rollout-state/",
      "What `rollout` writes down of how far it is, beside the bundle, with the reports of the hosts.",
    ],
  ],
  environment: [
    ["NO_COLOR", "No colours, where it is not empty."],
    ["FORCE_COLOR", "Colours even when the output is not a terminal; `0` and `false` mean none. `NO_COLOR` wins."],
    ["TERM", "No colours on a terminal called `dumb`."],
    ["LC_ALL", "The language, where there is no `--language`: Chinese where it is `zh_CN.UTF-8`."],
    ["LC_MESSAGES", "The same, where `LC_ALL` is not set or empty."],
    ["LANG", "The same, where neither is."],
    ["LVSGEN_DEBUG", "Where it is not empty, a bug in lvsgen is reported with its stack."],
    [
      "PATH",
      "Where `lint` looks for shellcheck, `diff` and `build` `--since` for git, `build` `--sign` and `verify-bundle` for OpenSSH, and `rollout` `--ssh` for ssh.",
    ],
    [
      "SSH_AUTH_SOCK",
      "The agent that has the key of `--sign`, if any. OpenSSH itself asks for a passphrase, and reads `SSH_ASKPASS`: see ssh-add(1).",
    ],
  ],
  seeAlso: [
    ["lvsgen-cluster", 5],
    ["ipvsadm", 8],
    ["keepalived.conf", 5],
    ["ldirectord", 8],
    ["shellcheck", 1],
    ["ssh", 1],
    ["ssh_config", 5],
    ["ssh-keygen", 1],
  ],
};

export const clusterTexts = {
  description: [
    "The description of a cluster from which `lvsgen` writes its scripts. It is JSON with comments (`//`, `/* */`) and trailing commas, or YAML where the name ends in `.yaml` or `.yml`, in UTF-8.",
    "A key that is unknown or stands twice is an error, and so is a value of another type. Editors complete and check from the JSON Schema that `lvsgen schema` prints; this page is made of the same.",
    "Types with a name in this page are explained below: those with keys under OBJECTS, the others under VALUES.",
  ],
  objects: "Keys that are required are marked so; any other may be left out.",
  seeAlso: [
    ["lvsgen", 1],
    ["ipvsadm", 8],
    ["keepalived.conf", 5],
    ["exports", 5],
    ["fstab", 5],
    ["sysctl.d", 5],
  ],
};
