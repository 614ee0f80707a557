import type { CodegenConfig } from "@graphql-codegen/cli";
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Types for src/*.graphql from the published schema, and the manifest to have registered.
const config: CodegenConfig = {
  schema: at("../api/schema.graphql"),
  documents: [at("src/*.graphql")],
  generates: {
    [at("src/generated/")]: {
      preset: "client",
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: "sha256", hashPropertyName: "id" } },
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
