import { addressesFrom, isNameRange, namesOf } from "../../expand/ranges.ts";
import { type ImportOptions, type NamedCidr, type NamedMark, noOptions } from "../../import/index.ts";
import { parseAddress, parseCidr } from "../../net.ts";
import type { ImportCommandOptions } from "./options.ts";

export type Arguments =
  | { readonly kind: "read"; readonly options: ImportOptions }
  | { readonly kind: "wrong"; readonly message: string };

/** The options of the command line as the import takes them. */
export function readArguments(given: ImportCommandOptions): Arguments {
  const wrong: string[] = [];
  const each = <T>(
    texts: readonly string[] | undefined,
    read: (text: string) => T | null,
    option: string,
    form: string,
  ): T[] =>
    (texts ?? []).flatMap((text) => {
      const value = read(text);
      if (value !== null) return [value];
      wrong.push(`${option} ${text} is not ${form}`);
      return [];
    });
  const form = "NAME=ADDRESS/PREFIX, or for several web[1-9]=ADDRESS/PREFIX with the address of the first";
  const directors = each(given.director, namedCidrs, "--director", form).flat();
  const realServers = each(given.realserver, namedCidrs, "--realserver", form).flat();
  const resolved = each(given.resolve, namedAddress, "--resolve", "NAME=ADDRESS");
  const marks = each(
    given.mark,
    namedMark,
    "--mark",
    "MARK=VIP:PORT/tcp, such as 1=192.0.2.1:80/tcp or 1=[2001:db8::1]:8000-8010/udp, 1=192.0.2.1/tcp for every port, 1=192.0.2.1 for every packet",
  );
  const [first] = wrong;
  if (first !== undefined) return { kind: "wrong", message: first };
  const isYaml = /\.ya?ml$/.test(given.output ?? "");
  return {
    kind: "read",
    options: {
      name: given.name ?? null,
      platform: given.platform ?? null,
      interface: given.interface ?? null,
      directors,
      realServers,
      resolve: new Map(resolved),
      marks,
      id: given.id ?? null,
      language: isYaml ? "yaml" : "jsonc",
      spoken: noOptions.spoken,
    },
  };
}

function split(text: string): readonly [name: string, value: string] | null {
  const equals = text.indexOf("=");
  return equals < 1 ? null : [text.slice(0, equals), text.slice(equals + 1)];
}

/** One, or by a range of names several whose addresses are counted along. */
function namedCidrs(text: string): readonly NamedCidr[] | null {
  const [name, cidr = ""] = split(text) ?? [];
  const first = parseCidr(cidr);
  if (name === undefined || first === null) return null;
  if (!isNameRange(name)) return [{ name, cidr }];
  const names = namesOf(name);
  const addresses = "problem" in names ? null : addressesFrom(first.address, names.items.length);
  if ("problem" in names || addresses === null) return null;
  return names.items.map((one, index) => ({ name: one, cidr: `${addresses[index] ?? ""}/${first.prefix}` }));
}

function namedAddress(text: string): readonly [string, string] | null {
  const [name, address = ""] = split(text) ?? [];
  return name === undefined || parseAddress(address) === null ? null : [name, address];
}

function namedMark(text: string): NamedMark | null {
  const match =
    /^([0-9]{1,10})=(?:\[([^\]]+)\]|([^:/]+))(?::([0-9]{1,5})(?:-([0-9]{1,5}))?)?(?:\/(tcp|udp|sctp))?$/.exec(text);
  if (match === null) return null;
  const vip = parseAddress(match[2] ?? match[3] ?? "");
  if (vip === null) return null;
  const port = match[5] === undefined ? Number(match[4] ?? 0) : `${match[4]}-${match[5]}`;
  const protocol = match[6] ?? (port === 0 ? null : "tcp");
  return { mark: Number(match[1]), vip: vip.text, protocol: protocol as NamedMark["protocol"], port };
}
