import { type ReactNode, useState } from "react";
import type { CodedFragment, StatementFragment } from "../api/generated/graphql";
import { codeSystem } from "../ui/codeSystems";
import { formatDate, formatInstant, howLongAgo, today } from "../ui/dates";
import { isolated, joined } from "../ui/direction";
import { Expander } from "../ui/Expander";
import { NewMark } from "./fresh/NewMark";
import { type Fact, Facts } from "../ui/Facts";
import { SourceBadge } from "../ui/SourceBadge";
import { Tag, type Tone } from "../ui/Tag";
import { usePrinting } from "../ui/usePrinting";
import { coded, count } from "../ui/words";

export type Statement = Pick<StatementFragment, keyof StatementFragment>;
export type Coded = CodedFragment;

export interface EntryRowProps {
  readonly entry: Statement;
  /** What it is, in the source's words. */
  readonly main: string;
  /** A line under it: dose, reaction, place. */
  readonly under?: ReactNode;
  /** When; as exact as known. Left out, it is the entry's own date. */
  readonly date?: string | null | undefined;
  readonly status?: { readonly text: string; readonly tone: Tone } | null;
  /** Holds without a moment, as an address does: no date column. */
  readonly timeless?: boolean;
  /** Not current: stopped, resolved, refuted, cancelled. */
  readonly past?: boolean;
  /** Everything else the section knows, for the details. */
  readonly facts?: readonly Fact[];
  /** Further coded values by name; their originals are in the details. */
  readonly codes?: Readonly<Record<string, Coded | readonly Coded[] | null | undefined>>;
}

/** http://terminology.hl7.org/CodeSystem/v3-Confidentiality, which sources write as a letter. */
const confidentiality: Readonly<Record<string, string | undefined>> = { R: "Restricted", V: "Very restricted", N: "Normal" };

/** One statement: what, when, how it stands, whose, and behind it everything the source said. */
export function EntryRow({ entry, main, under, date, status, past = false, timeless = false, facts = [], codes = {} }: EntryRowProps) {
  const provenance = entry.provenance;
  const when = date === undefined ? entry.date : date;
  return (
    <li className={`pw-row${past ? " pw-row--past" : ""}${timeless ? " pw-row--timeless" : ""}`}>
      <div className="pw-row__what">
        <span className="pw-row__main">{main}</span>
        {status ? (
          <>
            {" "}
            <Tag tone={status.tone}>{status.text}</Tag>
          </>
        ) : null}
        {(entry.labels ?? []).map((l) => (
          <span key={l.code}>
            {" "}
            <Tag tone="info">{confidentiality[l.code ?? ""] ?? coded(l.display ?? l.code ?? "Labelled")}</Tag>
          </span>
        ))}
        <NewMark of={entry} />
        {under ? <div className="pw-row__under">{under}</div> : null}
      </div>
      {timeless ? null : <When date={when} />}
      <div className="pw-row__source">
        <SourceBadge name={provenance?.source?.name ?? "Source withheld"} careSetting={provenance?.source?.careSetting} asOf={extractTime(provenance)} />
      </div>
      <div className="pw-row__details">
        <Expander summary="Details" about={main}>
          {() => <EntryDetails entry={entry} facts={facts} codes={codes} />}
        </Expander>
      </div>
    </li>
  );
}

/** Everything the source said of a statement, its own words and codes, and where it came from. */
export function EntryDetails({ entry, facts = [], codes = {} }: Pick<EntryRowProps, "entry" | "facts" | "codes">) {
  const provenance = entry.provenance;
  return (
    <Facts
      facts={[
        ...facts,
        ...originals("Coded as", entry.code),
        ...Object.entries(codes).flatMap(([name, concept]) => originals(name, concept)),
        { label: "Note", value: entry.note ? <span className="pw-note">{entry.note}</span> : null },
        { label: "Recorded", value: entry.recorded ? formatDate(entry.recorded) : null },
        { label: "By", value: joined([entry.author?.name, entry.author?.role, entry.author?.organisation?.name], ", ") },
        { label: "Source", value: provenance?.source?.name },
        { label: "Organisation", value: organisation(provenance?.organisation) },
        { label: "Local id", value: provenance?.localId },
        { label: "Read", value: provenance?.retrieved ? formatInstant(provenance.retrieved) : null },
        { label: "As of", value: provenance?.asOf ? formatInstant(provenance.asOf) : null },
      ]}
    />
  );
}

/** The day as exact as known; the time, where there is one, and how long ago that is. */
export function When({ date }: { readonly date: string | null | undefined }) {
  if (!date) return <div className="pw-row__when pw-row__undated">No date</div>;
  const [day, time] = formatDate(date).split(" ");
  const age = howLongAgo(date, today());
  return (
    <div className="pw-row__when">
      {day}
      {time ? <span className="pw-row__time"> {time}</span> : null}
      {age ? <span className="pw-row__age"> {age}</span> : null}
    </div>
  );
}

function organisation(o: { readonly name?: string | null; readonly ods?: string | null } | null | undefined): string {
  if (!o) return "";
  return o.ods ? `${isolated(o.name ?? "Name not known")} (ODS ${isolated(o.ods)})` : (o.name ?? "");
}

/** The time of a nightly extract; null for what was read live. */
export function extractTime(provenance: Statement["provenance"]): string | null {
  if (!provenance?.asOf || !provenance.retrieved) return null;
  const older = new Date(provenance.retrieved).getTime() - new Date(provenance.asOf).getTime();
  return older > 10 * 60_000 ? provenance.asOf : null;
}

/** Every code and wording the source gave. */
function originals(name: string, concept: Coded | readonly Coded[] | null | undefined): Fact[] {
  if (!concept) return [];
  const concepts = "length" in concept ? concept : [concept];
  const lines = concepts.flatMap((c) => [
    ...(c.text ? [{ system: "Source’s words", code: "", display: c.text }] : []),
    ...(c.codings ?? []).map((k) => ({ system: k.system ? codeSystem(k.system) : "Code", code: k.code ?? "", display: k.display ?? "" })),
  ]);
  if (lines.length === 0) return [];
  return [
    {
      label: name,
      value: (
        <ul className="pw-codes">
          {lines.map((l, i) => (
            <li key={i}>
              <bdi className="pw-codes__system">{l.system}</bdi> {l.code ? <code>{l.code}</code> : null} <bdi>{l.display}</bdi>
            </li>
          ))}
        </ul>
      ),
    },
  ];
}

interface RowsProps {
  readonly rows: readonly ReactNode[];
  /** As in "Show all 42 results". */
  readonly things: string;
  /** How many are shown before asking; all of them where danger could hide below. */
  readonly show: number;
}

/** A list that says how long it is; what is folded away is still printed. */
export function Rows({ rows, things, show }: RowsProps) {
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  if (rows.length === 0) return null;
  const folded = rows.length - show;
  return (
    <>
      {all || show > 0 ? <ul className={`pw-rows${all ? "" : " pw-rows--folded"}`}>{all ? rows : rows.slice(0, show)}</ul> : null}
      {folded > 0 && !all && printing ? <ul className="pw-rows pw-rows--print">{rows.slice(show)}</ul> : null}
      {folded > 0 ? (
        <button
          type="button"
          className="pw-more"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? "Show fewer" : show > 0 ? `Show ${count(folded, "more", "more")}` : `Show ${folded}`}
          <span className="nhsuk-u-visually-hidden"> {things}</span>
        </button>
      ) : null}
    </>
  );
}
