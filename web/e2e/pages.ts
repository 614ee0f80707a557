import * as addresses from "../src/paths";

/* Every page of the viewer, from the viewer's own list of addresses: a page that is added there is walked, pictured and checked by itself. */

export interface PlaceIds {
  readonly patient: string;
  readonly list?: string;
  readonly client?: string;
  readonly view?: string;
  readonly viewRun?: string;
}

export interface Place {
  /** For pictures and messages. */
  readonly name: string;
  readonly path: string;
  /** Who has it, by the demo's user name. */
  readonly user: string;
  /** About one person. */
  readonly about: "patient" | "no one";
}

const administration: Readonly<Record<addresses.AdministrationPart, true>> = {
  organisations: true,
  logins: true,
  users: true,
  roles: true,
  sessions: true,
  clients: true,
  "launch-test": true,
  off: true,
};

/** Pages whose reader is not the GP. */
const readers: Readonly<Record<string, string | undefined>> = {
  reviews: "privacy-officer",
  looks: "privacy-officer",
  linking: "data-quality",
  links: "data-quality",
  policies: "administrator",
  usage: "administrator",
  administration: "administrator",
  newClient: "administrator",
  client: "administrator",
  source: "administrator",
};

/** Steps of a sign-in or a launch, which nobody opens by their address. */
const steps: readonly string[] = ["signIn", "confirmed", "launch", "callback", "approve", "role"];

/** The parts of one person's record; before there were any, the record was one page. */
export const parts: readonly string[] = "patientParts" in addresses && Array.isArray(addresses.patientParts) ? (addresses.patientParts as string[]) : ["summary"];

/** A part of one person's record. */
export function partOf(patient: string, part: string): string {
  const summary = addresses.paths.patient(patient);
  return part === "summary" ? summary : `${summary}/${part}`;
}

/** Every page that somebody can open by its address. */
export function places(ids: PlaceIds): Place[] {
  return Object.entries(addresses.paths).flatMap(([name, at]): Place[] => {
    const user = readers[name] ?? "gp";
    if (steps.includes(name)) return [];
    if (typeof at === "string") return [{ name, path: at, user, about: "no one" }];
    switch (name) {
      case "patient":
        return parts.map((part) => ({ name: part, path: partOf(ids.patient, part), user, about: "patient" }));
      case "administration":
        return Object.keys(administration).map((part) => ({ name: `administration-${part}`, path: addresses.paths.administration(part as addresses.AdministrationPart), user, about: "no one" }));
      case "source":
        return [{ name, path: addresses.paths.source("gp"), user, about: "no one" }];
      case "client":
        return ids.client === undefined ? [] : [{ name, path: addresses.paths.client(ids.client), user, about: "no one" }];
      case "list":
      case "addToList":
        return ids.list === undefined ? [] : [{ name, path: addresses.paths[name](ids.list), user, about: "no one" }];
      case "view":
      case "editView":
        return ids.view === undefined ? [] : [{ name, path: addresses.paths[name](ids.view), user, about: "no one" }];
      case "viewRun":
      case "viewChanges":
        return ids.viewRun === undefined ? [] : [{ name, path: addresses.paths[name](ids.viewRun), user, about: "no one" }];
      default: // about one person, as those that come will be
        return [{ name, path: (at as (id: string) => string)(ids.patient), user, about: "patient" }];
    }
  });
}
