// Mercurius on Fastify; operations are compiled by graphql-jit after their first run.
import DataLoader from "dataloader";
import Fastify from "fastify";
import mercurius from "mercurius";
import { Pool } from "undici";
import { resolvers } from "../common/resolvers.mjs";
import { addresses, ready, typeDefs } from "../common/serve.mjs";
import { openSources } from "../common/sources.mjs";

const open = openSources({ DataLoader, Pool }, addresses);
const app = Fastify();
await app.register(mercurius, { schema: typeDefs, resolvers, jit: 1, context: open });
await app.listen({ host: "127.0.0.1", port: 0 });
ready(app.server.address().port);
