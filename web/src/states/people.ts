import type { Identity, RecordState } from "../api";
import { unread } from "../api/record";
import { access } from "../testing/fixtures";

/* Whose record the states show. */

/** A text that no screen was designed for. */
export const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(60);

export const identity: Identity = {
  id: "p1",
  nhsNumber: "9435000010",
  birthDate: "1948-03-12",
  person: { nhsNumber: "9435000010", nhsNumberStatus: "VERIFIED", name: { text: "EVERARD-HOLLIS, Philomena (Mrs)" }, birthDate: "1948-03-12", deceased: null, deceasedDate: null, gender: "female", provenance: null },
  registrations: [],
  access: access(),
};

/** A record that has been read just now. */
export function read(more: Partial<RecordState>): RecordState {
  return { ...unread("p1"), identity, phase: "settled", read: Date.now(), ...more };
}
