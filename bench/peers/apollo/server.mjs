// Apollo Server on its own standalone server.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";
import { Pool } from "undici";
import { resolvers } from "../common/resolvers.mjs";
import { addresses, ready, typeDefs } from "../common/serve.mjs";
import { openSources } from "../common/sources.mjs";

const open = openSources({ DataLoader, Pool }, addresses);
const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { host: "127.0.0.1", port: 0 }, context: async () => open(),
});
ready(new URL(url).port);
