import type { CodegenConfig } from "@graphql-codegen/cli";

// Types for every operation and fragment, from the server's own schema.
const config: CodegenConfig = {
  schema: "../graph/*.graphqls",
  documents: ["src/**/*.graphql"],
  ignoreNoDocuments: false,
  generates: {
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
  },
};

export default config;
