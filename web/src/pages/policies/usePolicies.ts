import { useCallback, useEffect, useRef, useState } from "react";
import { ask, wasAborted } from "../../api";
import { PoliciesDocument, type PolicySetFactsFragment, PolicyVersionsDocument, type PolicyVersionsQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";

interface Held {
  /** The policies in force. */
  readonly current: PolicySetFactsFragment;
  readonly versions: PolicyVersionsQuery["policyVersions"];
  /** An earlier version that is being read; null for the one in force. */
  readonly earlier: PolicySetFactsFragment | null;
}

interface Policies {
  readonly held: Held | null;
  readonly problem: string;
  /** Shows another version. */
  readonly show: (version: number) => void;
  /** A change was made: this is in force now. */
  readonly changed: (current: PolicySetFactsFragment) => void;
}

/** The policies in force and their history. */
export function usePolicies(): Policies {
  const [held, setHeld] = useState<Held | null>(null);
  const [problem, setProblem] = useState("");
  const asked = useRef<AbortController | null>(null);

  const doing = useCallback(async (work: (signal: AbortSignal) => Promise<void>) => {
    asked.current?.abort();
    const controller = new AbortController();
    asked.current = controller;
    setProblem("");
    try {
      await work(controller.signal);
    } catch (error) {
      if (!wasAborted(error) && !controller.signal.aborted) setProblem(sentenceOf(error));
    }
  }, []);

  const history = (signal: AbortSignal) => ask(PolicyVersionsDocument, {}, (data) => data.policyVersions, signal);

  useEffect(() => {
    void doing(async (signal) => {
      const [current, versions] = await Promise.all([ask(PoliciesDocument, { version: null }, (data) => data.policies, signal), history(signal)]);
      if (!signal.aborted) setHeld({ current, versions, earlier: null });
    });
    return () => {
      asked.current?.abort();
    };
  }, [doing]);

  const show = (version: number) => {
    if (held === null) return;
    if (version === held.current.version) {
      setHeld({ ...held, earlier: null });
      return;
    }
    void doing(async (signal) => {
      const earlier = await ask(PoliciesDocument, { version }, (data) => data.policies, signal);
      if (!signal.aborted) setHeld((was) => (was === null ? was : { ...was, earlier }));
    });
  };

  const changed = (current: PolicySetFactsFragment) => {
    setHeld((was) => (was === null ? was : { ...was, current, earlier: null }));
    void doing(async (signal) => {
      const versions = await history(signal);
      if (!signal.aborted) setHeld((was) => (was === null ? was : { ...was, versions }));
    });
  };

  return { held, problem, show, changed };
}
