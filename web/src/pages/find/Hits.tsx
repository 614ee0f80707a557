import { type RefObject, useState } from "react";
import type { SearchQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { formatDate } from "../../ui/dates";
import { Message } from "../../ui/Message";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { coded, count, list } from "../../ui/words";
import { AddToList } from "../lists/add/AddToList";
import { lookup } from "./lookup";

type Found = SearchQuery["searchPatients"];
type Hit = Found["hits"][number];

const silent = ["TIMED_OUT", "UNAVAILABLE", "PENDING", "UNKNOWN", "PARTIAL"];

interface ChoiceProps {
  readonly button: string;
  readonly onFound: (id: string) => Promise<void> | void;
  /** Offers to put whoever was found onto a list. */
  readonly listing?: boolean;
}

interface HitsProps extends ChoiceProps {
  readonly found: Found;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** Who was found, and which systems could not say. */
export function Hits({ found, heading, ...choice }: HitsProps) {
  const missing = found.outcomes.filter((o) => silent.includes(o.status)).map((o) => o.source?.name ?? "A system");
  return (
    <div className="pw-hits">
      <h3 ref={heading} tabIndex={-1}>
        {found.hits.length === 0 ? (missing.length === 0 ? "Nobody found" : "Nobody found by the systems that answered") : `${count(found.hits.length, "person", "people")} found`}
      </h3>
      {missing.length > 0 ? <Message tone="missing">{`${list(missing)} did not answer. People known only there are missing.`}</Message> : null}
      {found.more ? <Message tone="missing">There are more than can be shown. Search by NHS number instead.</Message> : null}
      <ul className="pw-hits__list">
        {found.hits.map((hit, i) => (
          <HitRow hit={hit} {...choice} key={`${hit.nhsNumber ?? ""}#${i}`} />
        ))}
      </ul>
    </div>
  );
}

function HitRow({ hit, button, onFound, listing = false }: { readonly hit: Hit } & ChoiceProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const number = hit.nhsNumber;

  const open = async (nhsNumber: string) => {
    if (busy) return;
    setBusy(true);
    setError("");
    try {
      await onFound(await lookup(nhsNumber));
      setBusy(false);
    } catch (problem) {
      setBusy(false);
      setError(sentenceOf(problem));
    }
  };

  return (
    <li className="pw-hit">
      <div>
        <strong>{hit.name?.text ?? "Name not known"}</strong>
        <div>
          Born {hit.birthDate ? formatDate(hit.birthDate) : "Not known"} · {hit.gender ? coded(hit.gender) : "Gender not known"} · NHS No.{" "}
          {number ? formatNHSNumber(number) : "Not known"}
          {hit.postcode ? ` · ${hit.postcode}` : ""}
        </div>
        <div className="pw-small">Known to {list(hit.sources.map((s) => s.name ?? "a system"))}</div>
        {error ? (
          <p className="nhsuk-error-message" role="alert">
            {error}
          </p>
        ) : null}
      </div>
      {number && listing ? <AddToList who={() => lookup(number)} about={hit.name?.text ?? "this person"} /> : null}
      {number ? (
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small"
          aria-disabled={busy}
          onClick={() => {
            void open(number);
          }}
        >
          {button}
          <span className="nhsuk-u-visually-hidden"> the record of {hit.name?.text ?? "this person"}</span>
        </button>
      ) : (
        <span className="pw-small">Without an NHS number the record cannot be opened here.</span>
      )}
    </li>
  );
}
