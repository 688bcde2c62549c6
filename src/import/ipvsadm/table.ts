/** What the commands of ipvsadm do, one after the other, to a table that is empty at first. */
import { emptyService, type FoundServer, type FoundService } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";
import { type ServiceTable, serviceKey } from "../services.ts";
import type { Word } from "../word.ts";
import { type CommandLine, parseCommandLine } from "./options.ts";
import { longestTime, serverOf, setOptions, subjectOf } from "./service-line.ts";
import type { IpvsTable } from "./table-type.ts";
import { isWrong, readEndpoint, readNumber, unresolved, type Wrong } from "./values.ts";

/** @param tellsLosses whether it tells of lines that a later one takes away, as in a script */
export function ipvsTable(reading: Reading, services: ServiceTable, tellsLosses = false): IpvsTable {
  const { ledger, names, facts } = reading;
  const wrong = (place: Place, { reason, remedy }: Wrong): void => ledger.missed(place, reason, remedy);

  const lose = (places: Iterable<Place>, by: Place): void => {
    if (!tellsLosses) return;
    for (const place of places)
      ledger.missed(
        place,
        `line ${by.line} takes it away again`,
        "where that is only done to stop, import the part of the script that starts",
      );
  };
  const placesOf = (service: FoundService): Place[] => [
    service.place,
    ...Array.from(services.servers(service), ({ place }) => place),
  ];

  const tunnelled = new Set<FoundService>();

  const addOrEditService = (line: CommandLine, place: Place, isEdit: boolean): void => {
    const subject = subjectOf(line, names);
    if (isWrong(subject)) {
      wrong(place, subject);
      return;
    }
    const { frontend, family, name } = subject.value;
    const existing = services.get(serviceKey(frontend));
    if (existing !== undefined && !isEdit) {
      wrong(place, {
        reason: "this service is there already, as ipvsadm would say",
        remedy: "leave one of the two",
      });
      return;
    }
    if (existing === undefined && isEdit) {
      wrong(place, { reason: "it changes a service that is not there", remedy: "see what was meant" });
      return;
    }
    const service = existing ?? emptyService(place, frontend);
    const problems = setOptions(service, line, family);
    if (existing === undefined) services.add(service);
    ledger.taken(place);
    for (const one of [...(name === null ? [] : [unresolved(name)]), ...problems]) {
      wrong(place, one);
      service.notes.push({ place, text: `${one.reason}: ${one.remedy}` });
    }
  };

  const changeServer = (
    line: CommandLine,
    place: Place,
    command: "add-server" | "edit-server" | "delete-server",
  ): void => {
    const subject = subjectOf(line, names);
    if (isWrong(subject)) {
      wrong(place, subject);
      return;
    }
    const service = services.get(serviceKey(subject.value.frontend));
    if (service === undefined) {
      wrong(place, {
        reason: "it is about a service that is not there",
        remedy: "add the service before its real servers",
      });
      return;
    }
    const word = line.options.get("real-server");
    if (word === undefined) {
      wrong(place, { reason: "it names no real server", remedy: "write -r ADDRESS:PORT" });
      return;
    }
    const endpoint = readEndpoint(word.text, names);
    if (isWrong(endpoint)) {
      wrong(word.place, endpoint);
      return;
    }
    const port = endpoint.value.port ?? (service.frontend.kind === "address" ? service.frontend.port : 0);
    const existing = services.server(service, endpoint.value.address, port);
    if (command === "add-server" ? existing !== undefined : existing === undefined) {
      wrong(
        place,
        command === "add-server"
          ? { reason: "this real server is there already, as ipvsadm would say", remedy: "leave one of the two" }
          : { reason: "it is about a real server that is not there", remedy: "see what was meant" },
      );
      return;
    }
    if (command === "delete-server") {
      if (existing !== undefined) lose([existing.place], place);
      services.removeServer(service, endpoint.value.address, port);
      ledger.taken(place);
      return;
    }
    const server = serverOf(endpoint.value, line, service, tunnelled.has(service), place);
    if (isWrong(server)) {
      service.notes.push({
        place,
        text: `the real server ${endpoint.value.address}: ${server.reason}: ${server.remedy}`,
      });
      wrong(place, server);
      return;
    }
    if (existing !== undefined) Object.assign(existing, { ...server.value, place: existing.place });
    else services.addServer(service, server.value);
    if (server.value.mode === "tun") tunnelled.add(service);
    ledger.taken(place);
    if (!endpoint.value.isName) return;
    const problem = unresolved(endpoint.value.address);
    server.value.notes.push({ place, text: `${problem.reason}: ${problem.remedy}` });
    wrong(place, problem);
  };

  const setTimeouts = (line: CommandLine, place: Place): void => {
    const [tcp, tcpfin, udp, more] = line.rest.map((word) => readNumber(word, "the time", 0, longestTime));
    if (tcp === undefined || tcpfin === undefined || udp === undefined || more !== undefined) {
      wrong(place, {
        reason: "--set has three times behind it",
        remedy: "write TCP, TCP after FIN, and UDP in seconds",
      });
      return;
    }
    for (const one of [tcp, tcpfin, udp])
      if (isWrong(one)) {
        wrong(place, one);
        return;
      }
    if (isWrong(tcp) || isWrong(tcpfin) || isWrong(udp)) return;
    facts.timeouts = { place, tcp: tcp.value, tcpfin: tcpfin.value, udp: udp.value };
    ledger.taken(place);
  };

  const run = (words: readonly Word[], place: Place): void => {
    const line = parseCommandLine(words);
    if (line.wrong !== null) {
      wrong(line.wrong.word.place, {
        reason: line.wrong.reason,
        remedy: "correct the line, or say it in the description",
      });
      return;
    }
    switch (line.command?.name) {
      case undefined:
        ledger.ignored(place, "ipvsadm without a command prints the table");
        return;
      case "add-service":
      case "edit-service":
        addOrEditService(line, place, line.command.name === "edit-service");
        return;
      case "add-server":
      case "edit-server":
      case "delete-server":
        changeServer(line, place, line.command.name);
        return;
      case "delete-service": {
        const subject = subjectOf(line, names);
        if (isWrong(subject)) {
          wrong(place, subject);
          return;
        }
        const service = services.get(serviceKey(subject.value.frontend));
        if (service !== undefined) {
          lose(placesOf(service), place);
          services.remove(serviceKey(subject.value.frontend));
          ledger.taken(place);
          return;
        }
        ledger.ignored(place, "it takes away what is not there");
        return;
      }
      case "clear":
        for (const service of services.all()) lose(placesOf(service), place);
        services.clear();
        ledger.isDefault(place, "the director's script makes the table what is described");
        return;
      case "set":
        setTimeouts(line, place);
        return;
      case "start-daemon":
      case "stop-daemon":
        facts.notes.push({ place, text: 'the daemon that synchronises connections: lvsgen\'s "ha" has "sync" for it' });
        wrong(place, {
          reason: "the daemon that synchronises connections belongs to failover",
          remedy: 'say it by "ha": { "sync": … } once lvsgen builds that',
        });
        return;
      case "list":
      case "zero":
      case "save":
      case "restore":
      case "help":
        ledger.ignored(place, "it changes no service");
        return;
    }
  };
  const server = (words: readonly Word[], { text }: Word): FoundServer | undefined => {
    const subject = subjectOf(parseCommandLine(words), names);
    const endpoint = readEndpoint(text, names);
    if (isWrong(subject) || isWrong(endpoint)) return undefined;
    const service = services.get(serviceKey(subject.value.frontend));
    return service && services.server(service, endpoint.value.address, endpoint.value.port ?? 0);
  };
  return { run, server };
}
