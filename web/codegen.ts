import type { CodegenConfig } from "@graphql-codegen/cli";

type Output = CodegenConfig["generates"][string];

/** Types for the operations of some documents, from the server's own schema. */
function typesOf(documents: string[], more: object = {}): Output {
  return {
    documents,
    preset: "client",
    presetConfig: { fragmentMasking: false },
    config: {
      documentMode: "string",
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      strictScalars: true,
      scalars: { Date: "string", Instant: "string", NHSNumber: "string" },
      ...more,
    },
  };
}

// Types for every operation and fragment. Those of custom views are by themselves, so that the first page does not carry them.
const views = "src/api/documents/views.graphql";
const config: CodegenConfig = {
  schema: "../graph/*.graphqls",
  ignoreNoDocuments: false,
  generates: {
<<<<<<< HEAD
    "src/api/generated/": {
      preset: "client",
      // The viewer sends ids, so that it runs where only registered operations do
      // (web.Operations); the texts are in the manifest alone.
      presetConfig: { fragmentMasking: false, persistedDocuments: { mode: "replaceDocumentWithHash", hashAlgorithm: "sha256", hashPropertyName: "id" } },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        strictScalars: true,
        scalars: { Date: "string", Instant: "string", NHSNumber: "string" },
      },
    },
=======
    "src/api/generated/": typesOf(["src/**/*.graphql", `!${views}`]),
    "src/api/generated/views/": typesOf([views], { onlyOperationTypes: true }),
>>>>>>> 283d723 (perf(viewer): the operations of views come with their pages, not with the first one)
  },
};

export default config;
