import { type RefObject, useState } from "react";
import type { SearchQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { formatDate } from "../../ui/dates";
import { Message } from "../../ui/Message";
import { Tag } from "../../ui/Tag";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { coded, count, list } from "../../ui/words";
import { AddToList } from "../lists/add/AddToList";
import { lookup } from "./lookup";
import { missingSentences } from "./outcomes";

type Found = SearchQuery["searchPatients"];
type Hit = Found["hits"][number];

interface ChoiceProps {
  readonly button: string;
  readonly onFound: (id: string) => Promise<void> | void;
  /** Offers to put whoever was found onto a list. */
  readonly listing?: boolean;
}

interface HitsProps extends ChoiceProps {
  readonly found: Found;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** How deep the heading stands on the page. */
  readonly level?: 2 | 3;
}

/** Who was found, whether they fit exactly, and which systems could not say. */
export function Hits({ found, heading, level = 3, ...choice }: HitsProps) {
  const missing = missingSentences(found.outcomes);
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="pw-hits">
      <Heading ref={heading} tabIndex={-1}>
        {headingOf(found, missing.length > 0)}
      </Heading>
      {found.similar ? <Message tone="conflict">Check who it is: the name or something else is not as you wrote it.</Message> : null}
      {missing.map((sentence) => (
        <Message tone="missing" key={sentence}>
          {sentence}
        </Message>
      ))}
      {found.more ? <Message tone="missing">There are more than can be shown. Say more about the person, or search by NHS number.</Message> : null}
      <ul className="pw-hits__list">
        {found.hits.map((hit, i) => (
          <HitRow hit={hit} {...choice} key={`${hit.id ?? hit.nhsNumber ?? ""}#${i}`} />
        ))}
      </ul>
    </div>
  );
}

function headingOf(found: Found, incomplete: boolean): string {
  const n = found.hits.length;
  if (found.similar) return `Nobody fits exactly${incomplete ? " in the systems that answered" : ""}. ${count(n, "person is", "people are")} similar`;
  if (n > 0) return `${count(n, "person", "people")} found`;
  return incomplete ? "Nobody found by the systems that answered" : "Nobody found";
}

function HitRow({ hit, button, onFound, listing = false }: { readonly hit: Hit } & ChoiceProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const number = hit.nhsNumber;
  const known = hit.id ?? number;

  const open = async () => {
    if (busy) return;
    setBusy(true);
    setError("");
    try {
      // Who is known here is opened by the id; anybody else is looked up first.
      await onFound(hit.id ?? (await lookup(number ?? "")));
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
        {" "}
        {hit.match === "SIMILAR" ? <Tag tone="warning">Similar</Tag> : null}
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
      {known && listing ? <AddToList who={async () => hit.id ?? (await lookup(number ?? ""))} about={hit.name?.text ?? "this person"} /> : null}
      {known ? (
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small"
          aria-disabled={busy}
          onClick={() => {
            void open();
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
