import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { formatDate } from "../../../ui/dates";
import { counted } from "./describe";
import { LineRow } from "./LineRow";
import type { Counted, Edge } from "./useTimeline";

interface LineListProps {
  readonly total: number;
  readonly groups: Counted;
  readonly rows: ReadonlyMap<number, Edge>;
  readonly busy: boolean;
  readonly need: (first: number, last: number) => void;
}

const usual = 58;
const heading = 34;
const aPage = 10;

/**
 * The line as long as it is, of which only what is in sight stands on the page. Where the
 * months begin is known from the counts before any row is read, so that nothing moves when
 * one is. What has the focus stays, however far it is scrolled away.
 */
export function LineList({ total, groups, rows, busy, need }: LineListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState(-1);
  const wanted = useRef(-1);
  const heads = useMemo(() => headsOf(groups), [groups]);
  const clearance = useClearance();

  useLayoutEffect(() => {
    const place = () => {
      const at = list.current ? Math.round(list.current.getBoundingClientRect().top + window.scrollY) : 0;
      setMargin((was) => (Math.abs(was - at) < 1 ? was : at));
    };
    place();
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(place);
    observer?.observe(document.body);
    return () => {
      observer?.disconnect();
    };
  }, []);

  const virtualizer = useWindowVirtualizer({
    count: total,
    estimateSize: (i) => usual + (heads.has(i) ? heading : 0),
    overscan: 6,
    useFlushSync: false,
    scrollMargin: margin,
    scrollPaddingStart: clearance + heading,
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return active < 0 || active >= range.count || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });
  const items = virtualizer.getVirtualItems();
  const range = virtualizer.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;
  useEffect(() => {
    if (total > 0) need(first - aPage, last + aPage);
  }, [need, first, last, total]);

  useEffect(() => {
    if (wanted.current < 0) return;
    const button = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] .pw-line__open`);
    if (!button) return;
    if (rows.has(wanted.current)) wanted.current = -1; // else it is a place that is still being read
    button.focus({ preventScroll: true });
  });

  const walk = useCallback(
    (i: number, event: KeyboardEvent) => {
      const to = { ArrowDown: i + 1, ArrowUp: i - 1, PageDown: i + aPage, PageUp: i - aPage, Home: 0, End: total - 1 }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const place = Math.min(Math.max(to, 0), total - 1);
      wanted.current = place;
      setActive(place);
      virtualizer.scrollToIndex(place, { align: "auto" });
    },
    [total, virtualizer],
  );
  // A place that is still being read hands the focus on to the row that comes.
  const focus = useCallback((i: number, coming: boolean) => {
    setActive(i);
    if (coming) wanted.current = i;
  }, []);
  const left = useCallback(() => {
    wanted.current = -1;
  }, []);
  const toggle = useCallback((i: number) => {
    setOpen((was) => {
      const now = new Set(was);
      if (!now.delete(i)) now.add(i);
      return now;
    });
  }, []);

  const top = items.find((v) => v.end > (virtualizer.scrollOffset ?? 0) + clearance + heading);
  const now = top ? headAt(groups, top.index) : undefined;
  return (
    <div className="pw-line" aria-busy={busy}>
      <p className="pw-line__now" aria-hidden="true" data-above={(virtualizer.scrollOffset ?? 0) + clearance < margin}>
        {now ? monthWords(now.date) : "Without a date"}
      </p>
      <ul className="pw-line__list" ref={list} aria-label={`${counted(total)} entries, newest first`} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          <Item
            key={item.key}
            measure={virtualizer.measureElement}
            index={item.index}
            start={item.start - margin}
            total={total}
            edge={rows.get(item.index)}
            head={heads.get(item.index)}
            open={open.has(item.index)}
            onToggle={toggle}
            onKey={walk}
            onFocus={focus}
            onLeft={left}
          />
        ))}
      </ul>
    </div>
  );
}

interface ItemProps {
  readonly measure: (element: Element | null) => void;
  readonly index: number;
  readonly start: number;
  readonly total: number;
  readonly edge: Edge | undefined;
  readonly head: Bucket | undefined;
  readonly open: boolean;
  readonly onToggle: (index: number) => void;
  readonly onKey: (index: number, event: KeyboardEvent) => void;
  readonly onFocus: (index: number, coming: boolean) => void;
  readonly onLeft: () => void;
}

/** One place of the line. What does not change while one scrolls is not made again. */
const Item = memo(function Item({ measure, index, start, total, edge, head, open, onToggle, onKey, onFocus, onLeft }: ItemProps) {
  return (
    <li
      ref={measure}
      data-index={index}
      aria-setsize={total}
      aria-posinset={index + 1}
      className="pw-line__item"
      style={{ transform: `translateY(${start}px)` }}
    >
      {head ? (
        <h3 className="pw-line__month">
          {monthWords(head.date)} <span className="pw-small">{counted(head.count)}</span>
        </h3>
      ) : null}
      {edge ? (
        <LineRow
          edge={edge}
          open={open}
          onToggle={() => {
            onToggle(index);
          }}
          onKeyDown={(event) => {
            onKey(index, event);
          }}
          onFocus={() => {
            onFocus(index, false);
          }}
        />
      ) : (
        <div className="pw-line__row pw-line__row--coming">
          <button
            type="button"
            className="pw-line__open"
            onKeyDown={(event) => {
              onKey(index, event);
            }}
            onFocus={() => {
              onFocus(index, true);
            }}
            onBlur={(event) => {
              if (event.relatedTarget !== null) onLeft();
            }}
          >
            Reading entry {counted(index + 1)}
          </button>
        </div>
      )}
    </li>
  );
});

type Bucket = Counted["list"][number];

/** The places at which a month begins. */
function headsOf(groups: Counted): ReadonlyMap<number, Bucket> {
  const heads = new Map<number, Bucket>();
  let at = 0;
  for (const bucket of groups.list) {
    heads.set(at, bucket);
    at += bucket.count;
  }
  return heads;
}

/** The month in which a place lies. */
function headAt(groups: Counted, place: number): Bucket | undefined {
  let at = 0;
  return groups.list.find((bucket) => (at += bucket.count) > place);
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** `2024-03` as a heading: March 2024. */
export function monthWords(date: string): string {
  const [year, month] = date.split("-");
  const name = months[Number(month) - 1];
  return month === undefined ? date : name === undefined ? formatDate(date) : `${name} ${year ?? ""}`;
}

/** How high the fixed banner is, below which the line begins. */
function useClearance(): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const read = () => {
      setHeight(Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--pw-clearance")) || 0);
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
    return () => {
      observer.disconnect();
    };
  }, []);
  return height;
}
