import type { SectionName } from "../api";
import { aboutMe } from "./aboutMe/aboutMe";
import { admissions } from "./admissions/admissions";
import { alerts } from "./alerts/alerts";
import { allergies } from "./allergies/allergies";
import { appointments } from "./appointments/appointments";
import { carePlans } from "./carePlans/carePlans";
import { consents } from "./consents/consents";
import { contacts } from "./contacts/contacts";
import { demographics } from "./demographics/demographics";
import { discharges } from "./discharges/discharges";
import { documents } from "./documents/documents";
import { endOfLife } from "./endOfLife/endOfLife";
import { medications } from "./medications/medications";
import { observations } from "./observations/observations";
import { personalContacts } from "./personalContacts/personalContacts";
import { practice } from "./practice/practice";
import { problems } from "./problems/problems";
import { procedures } from "./procedures/procedures";
import { professionalContacts } from "./professionalContacts/professionalContacts";
import { results } from "./results/results";
import type { SectionView } from "./section";
import { vaccinations } from "./vaccinations/vaccinations";
import { fieldWords, sentence } from "../ui/words";

export type { SectionView } from "./section";

/** What is dangerous, what is wrong, what is being done and what was found: the left column, read first. */
export const clinical: readonly SectionView[] = [
  allergies,
  alerts,
  endOfLife,
  medications,
  problems,
  observations,
  results,
  procedures,
  vaccinations,
  documents,
];

/** Who the person is, who is involved and where: the right column, read after it. */
export const care: readonly SectionView[] = [
  demographics,
  practice,
  aboutMe,
  appointments,
  admissions,
  discharges,
  contacts,
  personalContacts,
  professionalContacts,
  consents,
  carePlans,
];

const views = new Map<string, SectionView>([...clinical, ...care].map((view) => [view.name, view]));

/** The view of a section. */
export function sectionView(name: SectionName): SectionView {
  const view = views.get(name);
  if (view === undefined) throw new Error(`section ${name} has no view`);
  return view;
}

/** What readers call a section, from its field name of Patient; an unknown one by that name. */
export function sectionTitle(name: string): string {
  return views.get(name)?.title ?? sentence(fieldWords(name));
}

/** What a section holds, as in "No known allergies". */
export function sectionThings(name: string): string {
  return views.get(name)?.things ?? fieldWords(name);
}
