import { useCallback, useState } from "react";

/** A page that was left for the next: where it began, how many stood before it, and who stood last on it. */
interface Turned {
  readonly after: string | null;
  readonly before: number;
  readonly above: readonly string[];
}

const first: Turned = { after: null, before: 0, above: [] };

export interface Pages extends Turned {
  /** Counts from 1. */
  readonly number: number;
  /** Goes on after `next`; `stood` are those of this page, `counted` how many they are with those who are not shown. */
  readonly forward: (next: string, stood: readonly string[], counted: number) => void;
  readonly back: () => void;
  readonly restart: () => void;
}

/** Which page of a list is open. */
export function usePages(): Pages {
  const [turned, setTurned] = useState<readonly Turned[]>([first]);
  const now = turned.at(-1) ?? first;
  const forward = useCallback((next: string, stood: readonly string[], counted: number) => {
    setTurned((was) => [...was, { after: next, before: (was.at(-1)?.before ?? 0) + counted, above: stood.slice(-2) }]);
  }, []);
  const back = useCallback(() => {
    setTurned((was) => (was.length > 1 ? was.slice(0, -1) : was));
  }, []);
  const restart = useCallback(() => {
    setTurned([first]);
  }, []);
  return { ...now, number: turned.length, forward, back, restart };
}
