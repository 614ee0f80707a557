import { useEffect, useState } from "react";
import { loadUnits, noUnits, type Units } from "./ucum";

/** The arithmetic of units: until it is there, and if it cannot be had, only equal codes share an axis. */
export function useUnits(): { readonly units: Units; readonly missing: boolean } {
  const [held, setHeld] = useState<{ readonly units: Units; readonly missing: boolean }>({ units: noUnits, missing: false });
  useEffect(() => {
    let current = true;
    loadUnits().then(
      (units) => {
        if (current) setHeld({ units, missing: false });
      },
      () => {
        if (current) setHeld({ units: noUnits, missing: true });
      },
    );
    return () => {
      current = false;
    };
  }, []);
  return held;
}
