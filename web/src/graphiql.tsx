import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import fullRecord from "../../graph/operations/full-record.graphql?raw";
import search from "../../graph/operations/search.graphql?raw";
import timeline from "../../graph/operations/timeline.graphql?raw";
import worklist from "../../graph/operations/worklist.graphql?raw";
import { currentSession } from "./api";
import "graphiql/graphiql.css";
import "./styles/graphiql.css";

// A person of the demo region; nobody real has a number that begins with 9.
const samplePerson = "9435000010";

/**
 * Nothing that is typed here is kept: variables are NHS numbers and headers are tokens.
 * GraphiQL takes the first tab's variables from its storage, not from the tab.
 */
function forgetful(variables: string): Storage {
  const kept = new Map([["graphiql:variables", variables]]);
  return {
    get length() {
      return kept.size;
    },
    clear: () => {
      kept.clear();
    },
    getItem: (key) => kept.get(key) ?? null,
    key: (i) => [...kept.keys()][i] ?? null,
    removeItem: (key) => {
      kept.delete(key);
    },
    setItem: (key, value) => {
      kept.set(key, value);
    },
  };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The demo's token, as `patchwork demo` prints it: behind #, which no server ever sees. It does not stay there. */
function tokenFromAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}

async function open(root: HTMLElement): Promise<void> {
  const token = tokenFromAddress();
  const session = await currentSession().catch(() => null);
  // Signed in by cookie, no token is needed; otherwise the editor says where it goes.
  const headers = token || !session ? json({ Authorization: `Bearer ${token ?? "PASTE-A-TOKEN-HERE"}` }) : "";
  const fetcher = createGraphiQLFetcher({ url: "/graphql", headers: { "X-Patchwork-Request": "graphiql" } });
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      storage={forgetful(json({ nhsNumber: samplePerson }))}
      shouldPersistHeaders={false}
      isHeadersEditorEnabled
      defaultEditorToolsVisibility={headers ? "headers" : "variables"}
      forcedTheme="light"
      defaultHeaders={headers}
      defaultTabs={[
        { query: fullRecord, variables: json({ nhsNumber: samplePerson }), headers },
        { query: worklist, variables: json({ nhsNumbers: [samplePerson] }), headers },
        { query: search, variables: json({ familyName: "Everard-Hollis", birthDate: "1948-03-12" }), headers },
        { query: timeline, variables: json({ nhsNumber: samplePerson, first: 20 }), headers },
      ]}
    />,
  );
}

const root = document.getElementById("graphiql");
if (root) void open(root);
