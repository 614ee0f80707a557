import { useEffect, useState } from "react";
import { paths } from "../../paths";
import { type Arrived, arrive, goOn } from "../../smart/arrive";
import { inFrame } from "../../smart/frame";
import { RefusalPage } from "./RefusalPage";
import { TroublePage } from "./TroublePage";
import { refusalWords } from "./words";

type Refused = Extract<Arrived, { how: "refused" }>;

/** Where the authorize page sends the browser back to. */
export function CallbackPage({ search }: { readonly search: string }) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);

  useEffect(() => {
    let left = false;
    arrive(search)
      .then((arrived) => {
        if (left) return;
        if (arrived.how === "refused") setRefused(arrived);
        else goOn(arrived);
      })
      .catch((error: unknown) => {
        if (!left) setTrouble(error);
      });
    return () => {
      left = true;
    };
  }, [search]);

  if (trouble !== null) {
    return (
      <TroublePage error={trouble}>
        <Begin framed={inFrame()} to={paths.find} />
      </TroublePage>
    );
  }
  if (refused === null) return <p role="status">Opening the record</p>;
  return (
    <RefusalPage code={refused.code} words={refusalWords(refused.code, refused)} said={refused.description}>
      {refused.launched || inFrame() ? null : <Begin framed={false} to={refused.back} />}
    </RefusalPage>
  );
}

/** A new document, so that everything is asked for anew. */
function Begin({ framed, to }: { readonly framed: boolean; readonly to: string }) {
  return framed ? null : (
    <a className="nhsuk-button" href={to}>
      Try again
    </a>
  );
}
