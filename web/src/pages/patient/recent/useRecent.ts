import { useCallback, useEffect, useState } from "react";
import { ask, run, wasAborted } from "../../../api";
import { ForgetPatientsDocument, RecentPatientsDocument, type RecentPatientsQuery } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";

export type RecentPerson = RecentPatientsQuery["recentPatients"][number];

export interface RecentPeople {
  /** Null until they have been read. */
  readonly people: readonly RecentPerson[] | null;
  readonly problem: string;
  /** Forgets one, or everybody; false if it was not done. */
  readonly forget: (patient: string | null) => Promise<boolean>;
}

/** Whom this reader opened lately; read when it is wanted. */
export function useRecent(wanted: boolean): RecentPeople {
  const [people, setPeople] = useState<readonly RecentPerson[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    ask(RecentPatientsDocument, { first: 10 }, (data) => data.recentPatients, controller.signal).then(
      (found) => {
        if (controller.signal.aborted) return;
        setPeople(found);
        setProblem("");
      },
      (error: unknown) => {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem(`Whom you opened lately could not be read. ${sentenceOf(error)}`);
      },
    );
    return () => {
      controller.abort();
    };
  }, [wanted]);

  const forget = useCallback(async (patient: string | null) => {
    const answer = await run(ForgetPatientsDocument, { patient }).catch((error: unknown) => {
      setProblem(`Nothing was forgotten. ${sentenceOf(error)}`);
      return null;
    });
    if (answer === null) return false;
    if (answer.data?.forgetPatients !== true) {
      setProblem(`Nothing was forgotten. ${answer.problems[0]?.message ?? ""}`.trim());
      return false;
    }
    setProblem("");
    setPeople((before) => (before ?? []).filter((p) => patient !== null && p.patient.id !== patient));
    return true;
  }, []);
  return { people, problem, forget };
}
