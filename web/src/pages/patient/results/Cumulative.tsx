import { useMemo, useState } from "react";
import { found } from "../../../components/values";
import { Icon } from "../../../ui/Icon";
import { flagsOf } from "./flags";
import { gridOf } from "./grid";
import { isWithdrawn, type Reading } from "./readings";
import type { Test } from "./series";
import { When } from "./When";

/** What fits a screen and a sheet of paper. */
const width = 8;

interface CumulativeProps {
  readonly title: string;
  readonly tests: readonly Test[];
  readonly onOpen: (test: Test) => void;
}

/** Tests against dates, newest first; eight dates at a time. */
export function Cumulative({ title, tests, onOpen }: CumulativeProps) {
  const [from, setFrom] = useState(0);
  const grid = useMemo(() => gridOf(tests, from, width), [tests, from]);
  const shown = grid.dates.slice(from, from + width);
  if (grid.dates.length === 0) return null;
  return (
    <>
      {grid.dates.length > width ? (
        <p className="pw-grid__steps">
          <span>
            Dates {from + 1} to {Math.min(from + width, grid.dates.length)} of {grid.dates.length}, newest first
          </span>{" "}
          <button
            type="button"
            className="pw-more"
            disabled={from === 0}
            onClick={() => {
              setFrom(Math.max(0, from - width));
            }}
          >
            Later<span className="nhsuk-u-visually-hidden"> dates of {title}</span>
          </button>{" "}
          <button
            type="button"
            className="pw-more"
            disabled={from + width >= grid.dates.length}
            onClick={() => {
              setFrom(from + width);
            }}
          >
            Earlier<span className="nhsuk-u-visually-hidden"> dates of {title}</span>
          </button>
        </p>
      ) : null}
      {/* Wider than a narrow screen: it scrolls by itself, also by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <div className="pw-grid" role="region" aria-label={`${title}, cumulative`} tabIndex={0}>
        <table>
          <caption className="nhsuk-u-visually-hidden">{title}: tests against dates, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Test</th>
              {shown.map((date) => (
                <th scope="col" key={date}>
                  <When date={date} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.lines.map(({ test, unit, cells }) => (
              <tr key={test.key}>
                <th scope="row">
                  <button
                    type="button"
                    className="pw-tests__open"
                    onClick={() => {
                      onOpen(test);
                    }}
                  >
                    {test.name}
                  </button>
                  {unit ? <span className="pw-grid__unit"> {unit}</span> : null}
                </th>
                {cells.map((cell, i) => (
                  <td key={shown[i]}>
                    {cell.map((row) => (
                      <CellValue key={row.shown.key} of={row.shown} unit={unit === null} />
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** One value with its flags as signs that are read out in words. */
function CellValue({ of, unit }: { readonly of: Reading; readonly unit: boolean }) {
  const amount = of.original.value?.quantity;
  const words = amount?.value && !unit ? `${amount.comparator ?? ""}${amount.value}` : found(of.original.value, of.original.absent) || "No value";
  if (isWithdrawn(of)) return <s className="pw-grid__value">{words}</s>;
  const flags = flagsOf(of.original).filter((f) => f.tone === "warning" || f.tone === "danger");
  const worst = flags.some((f) => f.tone === "danger") ? "danger" : flags.length > 0 ? "warning" : null;
  return (
    <span className="pw-grid__value" data-flag={worst}>
      {words}
      {flags.map((f) => (
        <span key={f.text} title={f.text}>
          {f.arrow === null ? <Icon name="warning" /> : <Icon name={f.arrow} />}
          <span className="nhsuk-u-visually-hidden"> {f.text}</span>
        </span>
      ))}
      {of.status !== null && of.status !== "final" ? <span className="pw-grid__status"> {of.status}</span> : null}
    </span>
  );
}
