// Hive Gateway's runtime on Node's own server: it federates the parts of the sources, and
// composes them when it starts.
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { assertCompositionSuccess, composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { ready } from "../common/serve.mjs";

const parts = JSON.parse(process.env.BENCH_PARTS); // name, url, typeDefs
const composed = composeServices(parts.map((part) => ({ ...part, typeDefs: parse(part.typeDefs) })));
assertCompositionSuccess(composed);
const gateway = createGatewayRuntime({
  supergraph: composed.supergraphSdl, logging: false, landingPage: false, graphiql: false, maskedErrors: false, cors: false, productName: "bench",
});
const server = createServer(gateway).listen(0, "127.0.0.1", () => ready(server.address().port));
