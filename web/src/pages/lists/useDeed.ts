import { useCallback, useState } from "react";
import { ApiError } from "../../api";
import { sentenceOf } from "../../components/problems";
import type { Wrong } from "../../ui/ErrorSummary";

export interface Deed {
  readonly busy: boolean;
  readonly wrong: readonly Wrong[];
  readonly setWrong: (wrong: readonly Wrong[]) => void;
  /** Does it, once at a time; what comes to nothing is said, and `caught` may know better what to say. */
  readonly act: (work: () => Promise<void>, caught?: (error: unknown) => Promise<boolean> | boolean) => Promise<void>;
}

/** Something that the user does to a list. `id` is what the ids of the form's fields begin with. */
export function useDeed(id = ""): Deed {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const act = useCallback<Deed["act"]>(
    async (work, caught) => {
      if (busy) return;
      setBusy(true);
      setWrong([]);
      try {
        await work();
      } catch (error) {
        const known = caught === undefined ? false : await Promise.resolve(caught(error)).catch(() => false);
        if (!known) setWrong([{ text: sentenceOf(error), ...(error instanceof ApiError && error.field !== "" && id !== "" ? { field: `${id}-${error.field}` } : {}) }]);
      }
      setBusy(false);
    },
    [busy, id],
  );
  return { busy, wrong, setWrong, act };
}
