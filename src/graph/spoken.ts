/** A picture in another language than English: what is said in it, never the names of a description. */
import type { Say } from "../language/index.ts";
import type { Box, PacketWay, Picture, ServiceRow } from "./picture.ts";

export function spoken(picture: Picture, say: Say): Picture {
  const box = (one: Box): Box => ({
    ...one,
    // A host may be called as anything; who is no host is said in words, and so is a mark.
    title: one.kind === "foreign" || one.mark !== undefined ? say(one.title) : one.title,
    roles: say(one.roles),
    lines: one.lines.map((line) => indented(line, say)),
  });
  const boxes = (all: readonly Box[]): readonly Box[] => all.map(box);
  return {
    ...picture,
    summary: say(picture.summary),
    clients: boxes(picture.clients),
    directors: boxes(picture.directors),
    holder: say(picture.holder),
    vips: picture.vips.map((block) => ({ ...block, services: block.services.map((row) => rowIn(row, say)) })),
    moreVips: picture.moreVips === null ? null : say(picture.moreVips),
    servers: boxes(picture.servers),
    nfs: boxes(picture.nfs),
    gone: boxes(picture.gone),
    ways: picture.ways.map((way) => wayIn(way, say)),
  };
}

function indented(line: string, say: Say): string {
  const text = line.trimStart();
  return line.slice(0, line.length - text.length) + say(text);
}

function rowIn(row: ServiceRow, say: Say): ServiceRow {
  const name = / \((?:new|changed)\)$/.test(row.name) ? say(row.name) : row.name;
  const notes = row.notes.map(say).join(say("; "));
  return { ...row, port: say(row.port), name, methods: say(row.methods), servers: say(row.servers), notes: [notes] };
}

function wayIn({ title, actors, hops }: PacketWay, say: Say): PacketWay {
  const { client, director, server } = actors;
  return {
    title: say(title),
    actors: {
      client: client?.map(say) ?? null,
      // A name is one word, and may be any.
      director: director?.map((line) => (line.includes(" ") ? say(line) : line)) ?? null,
      // The second line of a server is its address, the first its name.
      server,
    },
    hops: hops.map((hop) => ({ ...hop, packet: hop.packet.map(say), note: say(hop.note) })),
  };
}
