import { useCallback, useEffect, useState } from "react";
import { ask, sectionNames } from "../../api";
import { RecordDocument, type RecordQueryVariables } from "../../api/generated/graphql";
import { paths } from "../../paths";
import { depart } from "../../smart/depart";
import { useGrant } from "../../smart/useGrant";
import { formatDate } from "../../ui/dates";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { NumberForm } from "../find/NumberForm";
import { SearchForm } from "../find/SearchForm";
import { TroublePage } from "../launch/TroublePage";
import { usePage } from "../usePage";
import { RefuseButton } from "./RefuseButton";

interface PatientChoiceProps {
  readonly app: string;
  readonly onChosen: (patient: { readonly id: string; readonly words: string }) => void;
  readonly onRefuse: () => Promise<void>;
}

/**
 * The ordinary search, for the one person whom an app is to see. The graph is asked with
 * the viewer's own token, as everywhere: the page goes and fetches it.
 */
export function PatientChoice({ app, onChosen, onRefuse }: PatientChoiceProps) {
  const { grant } = useGrant();
  const heading = usePage<HTMLHeadingElement>("Choose a patient");
  const [trouble, setTrouble] = useState<unknown>(null);
  const needed = grant === null;
  useEffect(() => {
    if (needed) depart({ back: paths.approve }).catch(setTrouble);
  }, [needed]);
  const found = useCallback(
    async (id: string) => {
      onChosen({ id, words: await whoIs(id) });
    },
    [onChosen],
  );
  if (trouble !== null) {
    return (
      <TroublePage error={trouble}>
        <a className="nhsuk-button" href={paths.approve}>
          Try again
        </a>
      </TroublePage>
    );
  }
  if (needed) return <p role="status">Opening the search</p>;
  return (
    <div data-standing="patient">
      <h1 ref={heading} tabIndex={-1}>
        Whose record is {app} to see?
      </h1>
      <p>It will see this one person and nobody else.</p>
      <div className="pw-find">
        <NumberForm button="Choose this person" onFound={found} />
        <SearchForm button="Choose" onFound={found} />
      </div>
      <RefuseButton words="Give it nobody" onRefuse={onRefuse} />
    </div>
  );
}

/** The person of an id, so that the user sees before they allow it that it is the right one. */
async function whoIs(id: string): Promise<string> {
  const none = Object.fromEntries(sectionNames.map((name) => [name, false])) as Omit<RecordQueryVariables, "id" | "wait">;
  const found = await ask(RecordDocument, { id, wait: 2000, ...none }, (data) => data.patient);
  const born = found.person?.birthDate ?? found.birthDate;
  const number = found.person?.nhsNumber ?? found.nhsNumber;
  return [found.person?.name?.text ?? "Name not known", born ? `born ${formatDate(born)}` : "", number ? `NHS No. ${formatNHSNumber(number)}` : ""].filter(Boolean).join(", ");
}
