/** What a change has to do with the boxes of a picture. */
import { serviceName } from "../lvs/table.ts";
import type { Host, RealServer, Service } from "../model.ts";
import type { Box, Mark, Marks } from "./picture.ts";

const unmarked: Marks = { services: {}, hosts: {}, gone: [] };
const mostGone = 8;

/** Asks for marks by what they are about; without a change nothing has any. */
export class Marked {
  readonly #marks: Marks;

  constructor(marks: Marks | null) {
    this.#marks = marks ?? unmarked;
  }

  service(service: Service): Mark | undefined {
    return markIn(this.#marks.services, serviceName(service));
  }

  /** Of a machine behind the director. */
  server({ host, address }: Pick<RealServer, "host" | "address">): Mark | undefined {
    return markIn(this.#marks.hosts, host?.name ?? address.text);
  }

  /** A box of hosts, marked where any of them is: as new where all of them are. */
  box(box: Box, hosts: readonly Host[]): Box {
    const marks = hosts.map(({ name }) => markIn(this.#marks.hosts, name));
    return marks.every((mark) => mark === "new")
      ? withMark(box, marks[0])
      : withMark(box, marks.find(Boolean) && "changed");
  }

  /** What is gone, in one box; none where nothing is. */
  gone(): readonly Box[] {
    const { gone } = this.#marks;
    if (gone.length === 0) return [];
    const shown = gone.length > mostGone + 1 ? gone.slice(0, mostGone) : gone;
    const left = gone.length - shown.length;
    const lines = [...shown, ...(left > 0 ? [`… ${left} more`] : [])];
    return [{ title: "no longer there", roles: "", lines, segments: [], kind: "foreign" }];
  }

  /** Whether anything is marked, or gone. */
  get any(): boolean {
    const { services, hosts, gone } = this.#marks;
    return Object.keys(services).length + Object.keys(hosts).length + gone.length > 0;
  }
}

/** The box with the mark in its title, so that it is there without colours too. */
export function withMark(box: Box, mark: Mark | undefined): Box {
  return mark === undefined ? box : { ...box, title: `${box.title} (${mark})`, mark };
}

function markIn(marks: Readonly<Record<string, Mark>>, key: string): Mark | undefined {
  return Object.hasOwn(marks, key) ? marks[key] : undefined;
}
