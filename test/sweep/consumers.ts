/** The programs that read these files on a host, asked what they read: everything distinct that the sweep made, in batches. */
import { isMonitor, pathOfMount, statementsOf } from "./formats.ts";
import { Guest } from "./guest.ts";
import type { Fault, Reading } from "./judge.ts";
import { netplanGenerate, nftCheck } from "./tools.ts";

export interface Seen {
  readonly faults: readonly Fault[];
  readonly figures: readonly string[];
  readonly names: readonly string[];
}

type Read = (readings: readonly Reading[], guest: Guest, fault: (message: string) => void) => string;

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
const of = (readings: readonly Reading[], part: RegExp): string[] =>
  unique(readings.filter(({ path }) => part.test(path)).map(({ text }) => text));

/** What stands in an encoded line, and what it has to be read as. */
function mountLines(readings: readonly Reading[]): { line: string; fields: readonly string[] }[] {
  const lines = unique(of(readings, /^\/etc\/fstab$/).flatMap((text) => text.split("\n"))).filter((line) =>
    /^[^#]/.test(line),
  );
  return lines.map((line) => ({ line, fields: (statementsOf("/etc/fstab", `${line}\n`)[0] ?? []).slice(1) }));
}

/** libmount, as mount(8) and findmnt(8) use it. */
const findmnt: Read = (readings, guest, fault) => {
  const lines = mountLines(readings);
  guest.put({ fstab: lines.map(({ line }) => `${line}\n`).join("") });
  const out = guest.run("findmnt --tab-file /sweep/fstab --json -o SOURCE,TARGET,FSTYPE,OPTIONS");
  const found = (JSON.parse(out) as { filesystems: Record<string, string>[] }).filesystems;
  if (found.length !== lines.length) fault(`${found.length} of ${lines.length} lines read`);
  for (const [index, { line, fields }] of lines.entries()) {
    const { source, target, fstype, options } = found[index] ?? {};
    if (JSON.stringify([source, target, fstype, options]) !== JSON.stringify(fields.slice(0, 4)))
      fault(`${line} is read as ${JSON.stringify(found[index])}`);
  }
  if (/[1-9][0-9]* parse error/i.test(guest.run("findmnt --verify --tab-file /sweep/fstab 2>&1 || :")))
    fault("findmnt --verify: parse error");
  return `${lines.length} lines by findmnt and findmnt --verify`;
};

/** systemd-fstab-generator, and systemd's own reading of the mount units that it makes. */
const fstabGenerator: Read = (readings, guest, fault) => {
  const byTarget = new Map(mountLines(readings).map((one) => [one.fields[1] ?? "", one]));
  // Of many lines the target is the same: those stand on one of their own here, with their source and options as they are.
  const others = mountLines(readings)
    .filter((one) => byTarget.get(one.fields[1] ?? "") !== one && one.line !== byTarget.get(one.fields[1] ?? "")?.line)
    .map(({ line, fields }, index) => {
      const [source, , ...rest] = line.split(" ");
      return {
        line: [source, `/sweep-${index}`, ...rest].join(" "),
        fields: [fields[0] ?? "", `/sweep-${index}`, ...fields.slice(2)],
      };
    });
  const lines = [...byTarget.values(), ...others];
  guest.put({ fstab: lines.map(({ line }) => `${line}\n`).join("") });
  const shown = guest.run(`mkdir -p /tmp/made /run/systemd/system
SYSTEMD_FSTAB=/sweep/fstab /lib/systemd/system-generators/systemd-fstab-generator /tmp/made /tmp/made /tmp/made 2>&1
cp /tmp/made/*.mount /run/systemd/system/ && systemctl daemon-reload
cd /tmp/made && printf '%s\\0' *.mount | xargs -0 systemctl show -p What,Where --`);
  const read = new Map<string, string>();
  for (const block of shown.split("\n\n")) {
    const values = new Map(
      block.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    read.set(values.get("Where") ?? "", values.get("What") ?? "");
  }
  for (const { line, fields } of lines) {
    const [source = "", target = ""] = fields;
    if (read.get(target) !== source) fault(`${line}: ${target} of systemd is of ${read.get(target)}`);
  }
  return `${lines.length} lines by systemd-fstab-generator and systemctl show`;
};

/** Elements of a list, which systemctl quotes where a shell would need it (shell_maybe_quote). */
function elements(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? bare ?? "",
  );
}

/** Drop-ins and units, as the manager loads them. */
const units: Read = (readings, guest, fault) => {
  const texts = of(readings, /^\/etc\/systemd\/system\/.*\.service\.d\//).map((text) => ({ text, whole: false }));
  const whole = of(readings, /^\/etc\/systemd\/system\/[^/]*\.service$/).map((text) => ({ text, whole: true }));
  const all = [...texts, ...whole];
  const files: Record<string, string> = {};
  for (const [index, one] of all.entries()) {
    if (one.whole) files[`units/sweep-${index}.service`] = one.text;
    else {
      files[`units/sweep-${index}.service`] = "[Service]\nExecStart=/bin/true\n";
      files[`units/sweep-${index}.service.d/lvsgen.conf`] = one.text;
    }
  }
  guest.put(files);
  const shown =
    guest.run(`mkdir -p /run/systemd/system && cp -r /sweep/units/. /run/systemd/system/ && systemctl daemon-reload
cd /sweep/units && ls -d *.service | xargs systemctl show -p Id,LoadState,RequiresMountsFor,Requires,Before,After,ExecStartPre,ExecStop`);
  const loaded = new Map(
    shown.split("\n\n").map((block) => {
      const values = new Map(
        block
          .trim()
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      );
      return [values.get("Id") ?? "", values];
    }),
  );
  for (const [index, { text }] of all.entries()) {
    const unit = loaded.get(`sweep-${index}.service`);
    const words = (key: string): string[] => elements(unit?.get(key) ?? "");
    if (unit?.get("LoadState") !== "loaded") fault(`not loaded: ${JSON.stringify(text)}`);
    // Programs of lvsgen's own.
    for (const key of ["ExecStartPre", "ExecStop"])
      if (
        unit?.get(key) &&
        !/^\{ path=\/etc\/lvsgen\/[^ /]+\/(?:keep-services|load-table|await-addresses) ; argv\[\]=\S+ ;/.test(
          unit.get(key) ?? "",
        )
      )
        fault(`${key}=${unit.get(key)} in ${JSON.stringify(text)}`);
    const statements = statementsOf("/etc/systemd/x", text);
    const waited = new Set([
      ...words("RequiresMountsFor"),
      ...words("Requires")
        .filter((name) => name.endsWith(".mount"))
        .map(pathOfMount),
    ]);
    for (const [kind, path = "", name = ""] of statements) {
      if (kind === "waits for" && !waited.has(path)) fault(`does not wait for ${path}: ${JSON.stringify(text)}`);
      if (kind === "Unit" && path === "Before")
        for (const one of elements(name)) if (!words("Before").includes(one)) fault(`is not before ${one}`);
    }
  }
  const said = guest.run(
    "cd /run/systemd/system && systemd-analyze verify --man=no sweep-*.service 2>&1 | grep -a -E 'sweep-[0-9]+\\.service(\\.d/lvsgen\\.conf)?:[0-9]+' | head -5 || :",
  );
  if (said !== "") fault(`systemd-analyze verify: ${said}`);
  return `${all.length} units and drop-ins by systemctl show and systemd-analyze verify`;
};

/** exportfs(8), by what it writes to etab. */
const exportfs: Read = (readings, guest, fault) => {
  const lines = unique(of(readings, /^\/etc\/exports\.d\//).flatMap((text) => text.split("\n")))
    .filter((line) => line !== "")
    .map((line) => line.split(" ")[0] ?? "");
  const encoded = unique(lines);
  const paths = encoded.map((path) => statementsOf("/etc/exports.d/x", `${path} *\n`)[0]?.[1] ?? "");
  guest.put({
    // Other clients than one that needs no name server would not be resolved here.
    exports: encoded.map((path) => `${path} 192.168.80.0/24(ro)\n`).join(""),
    paths: paths.map((path) => `${path}\0`).join(""),
  });
  const etab =
    guest.run(`xargs -0 mkdir -p -- </sweep/paths; mkdir -p /etc/exports.d; cp /sweep/exports /etc/exports.d/sweep.exports
exportfs -r >/tmp/said 2>&1; cat /var/lib/nfs/etab`);
  // Bytes, of which etab has some as they are and others in octal.
  const decoded = (text: string): string => {
    const bytes = Buffer.from(text, "utf8").toString("latin1");
    const plain = bytes.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
    return Buffer.from(plain, "latin1").toString("utf8");
  };
  const exported = new Set(etab.split("\n").map((line) => decoded(line.split("\t")[0] ?? "")));
  for (const [index, path] of paths.entries())
    if (!exported.has(path)) fault(`${encoded[index]} does not export ${path}`);
  if (exported.size > paths.length + 1) fault(`${exported.size} paths of ${paths.length} are exported`);
  return `${paths.length} paths by exportfs`;
};

/** ifquery of ifupdown: every command where it belongs. */
const ifquery: Read = (readings, guest, fault) => {
  const texts = of(readings, /^\/etc\/network\/interfaces\.d\//);
  const files = Object.fromEntries(texts.map((text, index) => [`interfaces/${index}`, text]));
  guest.put(files);
  for (const [index, text] of texts.entries()) {
    const devices = [...text.matchAll(/^iface (\S+) /gm)].map(([, device = ""]) => device);
    const listed = guest
      .run(`ifquery --interfaces /sweep/interfaces/${index} --list -a`)
      .trim()
      .split("\n")
      .filter((device) => device !== "lo" && device !== "");
    // When an interface comes up, and in which order, is the site's.
    if (listed.length > 0) fault(`ifquery brings up ${listed.join(" ")}`);
    const said = devices
      .map((device) => guest.run(`ifquery --interfaces /sweep/interfaces/${index} '${device}'`))
      .join("");
    const commands = text
      .split("\n")
      .filter((line) => line.startsWith("    up "))
      .map((line) => line.trim().slice(3));
    const read = said
      .split("\n")
      .filter((line) => line.startsWith("up: "))
      .map((line) => line.slice(4));
    if (JSON.stringify(read) !== JSON.stringify(commands)) fault(`ifquery reads ${read.join("; ")}`);
  }
  return `${texts.length} files by ifquery`;
};

const rules: Read = (readings, _guest, fault) => {
  const texts = of(readings, /\.nft$/);
  for (const text of texts) nftCheck(text, fault);
  return `${texts.length} rule files by nft -c`;
};

const netplan: Read = (readings, _guest, fault) => {
  const texts = of(readings, /^\/etc\/netplan\//);
  for (const text of texts) netplanGenerate(text, fault);
  return `${texts.length} files by netplan's generate`;
};

/** What bash makes of the variables of a program, and whether it reads the whole of it. */
const monitors: Read = (readings, guest, fault) => {
  const found = readings.filter(({ path }) => isMonitor(path));
  const texts = unique(found.map(({ text }) => text));
  guest.put(Object.fromEntries(texts.map((text, index) => [`monitors/${index}`, text])));
  for (const [index, text] of texts.entries()) {
    const [given = ""] = text.split(/^labels=/m);
    const set = statementsOf("/etc/lvsgen/x/monitor-x", given).flatMap(([kind, ...words]) =>
      kind === "set" ? words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]) : [],
    );
    const names = unique(set.map(([name = ""]) => name));
    const said = guest.run(`cd /sweep/monitors && bash -n ${index} && eval "$(sed '/^labels=/,$d' ${index})" &&
printf '%s\\0' ${names.map((name) => `"$${name}"`).join(" ")}`);
    const values = Object.fromEntries(set);
    const wanted = names.map((name) => `${values[name]}\0`).join("");
    if (said !== wanted) fault(`${JSON.stringify(said)} instead of ${JSON.stringify(wanted)}`);
  }
  return `${texts.length} programs of monitoring by bash`;
};

const readers: Readonly<Record<string, Read>> = {
  "fstab, by libmount": findmnt,
  "fstab, by systemd": fstabGenerator,
  "units, by systemd": units,
  "exports, by exportfs": exportfs,
  "interfaces, by ifquery": ifquery,
  "nftables, by nft": rules,
  "netplan, by its generator": netplan,
  "programs of monitoring, by bash": monitors,
};

export function consumers(readings: readonly Reading[]): Seen {
  const faults: Fault[] = [];
  const figures: string[] = [];
  const guest = new Guest();
  for (const [kind, read] of Object.entries(readers)) {
    try {
      figures.push(read(readings, guest, (message) => void faults.push({ kind, message })));
    } catch (error) {
      faults.push({ kind, message: String(error) });
    }
  }
  guest.end();
  return { faults, figures, names: Object.keys(readers) };
}
