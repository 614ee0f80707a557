import { useCallback } from "react";
import { run } from "../../api";
import { RegionDocument } from "../../api/generated/graphql";
import { sectionTitle } from "../../sections";
import { useAsked } from "./useAsked";

async function sources(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { data } = await run(RegionDocument, {}, signal, "passive");
  return new Map((data?.sources ?? []).map((s) => [s.id, s.name ?? s.id]));
}

/** What a source is called; its id until that is known, or where it may not be. */
export function useSourceNames(): (id: string) => string {
  const { value } = useAsked(sources);
  return useCallback((id: string) => value?.get(id) ?? id, [value]);
}

/** What a section is called. */
export function titleOf(section: string): string {
  return section === "patient" ? "The person" : sectionTitle(section);
}
