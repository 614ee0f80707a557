// GraphQL Yoga on Node's own server; with "jit", operations are compiled by graphql-jit.
import { createServer } from "node:http";
import { useGraphQlJit } from "@envelop/graphql-jit";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import { Pool } from "undici";
import { resolvers } from "../common/resolvers.mjs";
import { addresses, ready, typeDefs } from "../common/serve.mjs";
import { openSources } from "../common/sources.mjs";

const open = openSources({ DataLoader, Pool }, addresses);
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }), context: open, plugins: process.argv.includes("jit") ? [useGraphQlJit()] : [],
  logging: false, graphiql: false, maskedErrors: false, cors: false, landingPage: false,
});
const server = createServer(yoga).listen(0, "127.0.0.1", () => ready(server.address().port));
