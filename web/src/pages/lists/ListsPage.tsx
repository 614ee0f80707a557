import { useState } from "react";
import type { ListFacts } from "../../api";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import { useLists } from "./useLists";
import { newsWords, permissions, rosterWords, sizeWords, userWords } from "./words";

/** The lists of the reader: their own, those shared with them, and those put away. */
export function ListsPage() {
  const heading = usePage<HTMLHeadingElement>("Lists");
  const [archived, setArchived] = useState(false);
  const { lists, problem, news } = useLists(archived);
  const own = (lists ?? []).filter((list) => list.may === "OWN");
  const shared = (lists ?? []).filter((list) => list.may !== "OWN");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Lists
      </h1>
      <p className="pw-lead">People you look after, alone or together. A list has no notes: what is to be said of a person belongs into their record.</p>
      <div className="pw-buttons">
        <Link to={paths.newList} className="nhsuk-button nhsuk-button--small">
          Make a list
        </Link>
        <Link to={paths.teams} className="nhsuk-button nhsuk-button--secondary nhsuk-button--small">
          Teams
        </Link>
        <button
          type="button"
          className="pw-more"
          aria-pressed={archived}
          onClick={() => {
            setArchived(!archived);
          }}
        >
          Archived lists
        </button>
      </div>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status" className="pw-admin__news">
        {news}
      </p>
      {lists === null ? (
        <p role="status">{problem ? "" : "Reading your lists"}</p>
      ) : archived ? (
        <Section title="Archived" lists={lists} none="No list is archived." />
      ) : (
        <>
          <Section title="My lists" lists={own} none="You have no list of your own yet." />
          <Section title="Shared with me" lists={shared} none="No list is shared with you." />
        </>
      )}
    </>
  );
}

function Section({ title, lists, none }: { readonly title: string; readonly lists: readonly ListFacts[]; readonly none: string }) {
  const id = `lists-${title.toLowerCase().replaceAll(" ", "-")}`;
  return (
    <section aria-labelledby={id} className="pw-lists">
      <h2 id={id}>{title}</h2>
      {lists.length === 0 ? <p>{none}</p> : null}
      <ul className="pw-lists__items">
        {lists.map((list) => (
          <ListLine list={list} key={list.id} />
        ))}
      </ul>
    </section>
  );
}

function ListLine({ list }: { readonly list: ListFacts }) {
  const facts = [
    sizeWords(list),
    list.roster ? `${rosterWords(list.roster)}, ${list.roster.source.name ?? "a system"}` : "",
    list.may === "OWN" ? "" : `${userWords(list.owner)} · ${permissions[list.may]}`,
    list.changed ? `changed ${formatInstant(list.changed)}${list.changedBy ? ` by ${list.changedBy}` : ""}` : "",
  ];
  return (
    <li className="pw-lists__item" data-list={list.id}>
      <h3>
        <Link to={paths.list(list.id)}>{list.title}</Link> {list.news > 0 ? <Tag tone="info">{newsWords(list.news)}</Tag> : null}
      </h3>
      {list.description ? <p>{list.description}</p> : null}
      <p className="pw-small">{facts.filter(Boolean).join(" · ")}</p>
    </li>
  );
}
