import type { TypedDocumentString } from "./generated/graphql";

/* How an operation is named to the server. */

/** What a request says of the operation. */
export type Asked = { readonly documentId: string } | { readonly query: string };

/**
 * By its id: it is registered with the server that this page came from, which may run no
 * other. `whole` is the text, for a server that does not know it: one that was replaced
 * since the page was opened.
 */
export function asked<Data, Variables>(operation: TypedDocumentString<Data, Variables>, how: "by-id" | "whole" = "by-id"): Asked {
  const id: unknown = operation.__meta__?.id;
  return how === "by-id" && typeof id === "string" ? { documentId: id } : { query: operation.toString() };
}

/** Whether the server does not know the operation by its id. */
export function unknownThere(code: string | undefined): boolean {
  return code === "PERSISTED_QUERY_NOT_FOUND";
}
