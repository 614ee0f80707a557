import { formatDate } from "../../../ui/dates";

/** A day as exact as known, its time under it. */
export function When({ date }: { readonly date: string | null }) {
  if (date === null) return <span className="pw-row__undated">No date</span>;
  const [day, time] = formatDate(date).split(" ");
  return (
    <>
      {day}
      {time ? <span className="pw-row__time"> {time}</span> : null}
    </>
  );
}
