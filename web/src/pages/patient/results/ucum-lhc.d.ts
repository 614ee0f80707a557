// The library comes without types; these are the parts that are used.
declare module "@lhncbc/ucum-lhc" {
  export const UcumLhcUtils: { readonly getInstance: () => import("./ucum").UcumLibrary };
}
