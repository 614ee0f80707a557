import { readFileSync } from "node:fs";

/* The demo region as `patchwork demo --ready-file` describes it. */

export interface System {
  readonly id: string;
  readonly kind: string;
  readonly organisation: string;
  readonly url: string;
  readonly control: string;
}

export interface User {
  readonly username: string;
  readonly password: string;
  readonly role: string;
  /** A bearer token, of the demo only. */
  readonly token: string;
  /** ODS code of the organisation acted for. */
  readonly organisation: string;
}

export interface Person {
  readonly id: string;
  readonly nhsNumber: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly systems: readonly string[];
  /** What the person was made for; none for those made by chance. */
  readonly scenario?: string;
}

export interface Region {
  readonly url: string;
  readonly systems: readonly System[];
  readonly users: readonly User[];
  readonly patients: readonly Person[];
}

export function readRegion(): Region {
  const file = process.env.PATCHWORK_READY_FILE;
  if (!file) throw new Error("PATCHWORK_READY_FILE must name the ready file of a running `patchwork demo`");
  return JSON.parse(readFileSync(file, "utf8")) as Region;
}

export function only<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the region has no ${what}`);
  return found;
}

/** Makes a system fail as the assurance plan names it. */
export async function fail(system: System, fault: string, more: object = {}): Promise<void> {
  const answer = await fetch(system.control, { method: "PUT", body: JSON.stringify({ fault, ...more }) });
  if (!answer.ok) throw new Error(`${system.id}: ${fault}: ${answer.status} ${await answer.text()}`);
}

export async function heal(system: System): Promise<void> {
  await fetch(system.control, { method: "DELETE" });
}
