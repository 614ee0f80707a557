import type { CodegenConfig } from "@graphql-codegen/cli";

// Types for every operation and fragment, from the server's own schema.
const config: CodegenConfig = {
  schema: "../graph/*.graphqls",
  documents: ["src/**/*.graphql"],
  ignoreNoDocuments: false,
  generates: {
    "src/api/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
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
