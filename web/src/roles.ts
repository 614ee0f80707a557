import { paths } from "./paths";

/*
 * What the viewer does differently for a role. It only chooses what is offered: what
 * somebody may do is the server's to decide, whatever is offered here.
 */

/** Reads the ledger and keeps the review queue. */
export function reviews(role: string): boolean {
  return role === "privacy-officer";
}

/** Keeps the policies. */
export function administers(role: string): boolean {
  return role === "administrator";
}

/** Sees how much the record is used. */
export function seesUsage(role: string): boolean {
  return reviews(role) || administers(role);
}

/** Keeps lists of the people they look after: everybody in health and care, and those who work for them. */
export function keepsLists(role: string): boolean {
  return careStaff.includes(role);
}

const careStaff: readonly string[] = [
  "gp",
  "practice-nurse",
  "hospital-doctor",
  "hospital-nurse",
  "mental-health-clinician",
  "pharmacist",
  "paramedic",
  "social-worker",
  "care-home-nurse",
  "receptionist",
];

/** Who designs custom views and runs them: who treats or cares for people, and who plans for many. */
export const viewRoles: readonly string[] = [...careStaff.filter((role) => role !== "receptionist"), "analyst"];

export function usesViews(role: string): boolean {
  return viewRoles.includes(role);
}

/** Approves views, and takes them out of use. */
export function approvesViews(role: string): boolean {
  return role === "privacy-officer";
}

/** Says whose a record is where matching cannot. */
export function keepsLinks(role: string): boolean {
  return role === "data-quality";
}

/** Where somebody begins after signing in: those do not look for patients. */
export function home(role: string): string {
  if (reviews(role)) return paths.reviews;
  if (administers(role)) return paths.policies;
  if (keepsLinks(role)) return paths.linking;
  if (role === "analyst") return paths.views;
  return paths.find;
}

/** Opens people's records: everybody in health and care, and who sees to whose they are or who has looked. */
export function opens(role: string): boolean {
  return careStaff.includes(role) || reviews(role) || keepsLinks(role);
}
