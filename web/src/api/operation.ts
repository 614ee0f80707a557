import type { TypedDocumentString } from "./generated/graphql";

/*
 * How an operation is named to the server: by its id. It is registered with the server that
 * the page came from, which may run no other; and the texts need not come with the page.
 */

/** What a request says of the operation. */
export type Asked = { readonly documentId: string } | { readonly query: string };

export function asked<Data, Variables>(operation: TypedDocumentString<Data, Variables>): { readonly documentId: string } {
  const id: unknown = operation.__meta__?.id;
  if (typeof id !== "string") throw new Error("the operation has no id: npm run codegen");
  return { documentId: id };
}

/** The text, for a server that does not know the id: one of another version, while they are being replaced. */
export async function whole<Data, Variables>(operation: TypedDocumentString<Data, Variables>): Promise<Asked> {
  const said = asked(operation);
  const texts: Readonly<Record<string, string>> = (await import("./generated/persisted-documents.json")).default;
  const query = texts[said.documentId];
  return query === undefined ? said : { query };
}

/** Whether the server does not know the operation by its id. */
export function unknownThere(code: string | undefined): boolean {
  return code === "PERSISTED_QUERY_NOT_FOUND";
}
