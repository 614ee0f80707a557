import { forget, present } from "./grant";
import { revoke } from "./oauth";

/** Gives the tokens of this page back to the server. One that it does not hear of ends with the sign-in. */
export async function giveBack(): Promise<void> {
  const { grant } = present();
  if (grant === null) return;
  forget();
  try {
    await revoke(grant.refresh || grant.access);
  } catch {
    // What was not revoked is of no use once the sign-in has ended.
  }
}
