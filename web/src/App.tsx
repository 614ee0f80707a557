import { lazy, useEffect, useState } from "react";
import { Later } from "./components/Later";
import { Launched } from "./Launched";
import { useRoute, useSearch } from "./navigation";
import { CallbackPage } from "./pages/launch/CallbackPage";
import { LaunchPage } from "./pages/launch/LaunchPage";
import { Shell } from "./Shell";
import { ready } from "./smart/grant";
import { launchOf } from "./smart/launched";
import { useGrant } from "./smart/useGrant";
import { Viewer } from "./Viewer";

const ApprovePage = lazy(() => import("./pages/approve/ApprovePage").then((m) => ({ default: m.ApprovePage })));

/** The pages on which access is given and taken stand alone; then one patient that an EPR has opened, or the whole viewer. */
export function App() {
  const route = useRoute();
  const search = useSearch();
  const { grant, lost } = useGrant();
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    void ready().then(() => {
      setLoaded(true);
    });
  }, []);

  const arriving = route.page === "callback" && search !== "" && launchOf(search) === "";
  if (route.page === "launch") return shell(<LaunchPage search={search} />);
  if (route.page === "approve") return shell(<Later what="This page"><ApprovePage search={search} /></Later>);
  if (arriving) return shell(<CallbackPage search={search} />);
  if (!loaded) return null;
  if (lost || (grant !== null && grant.patient !== "")) return <Launched grant={grant} />;
  return route.page === "callback" ? shell(<CallbackPage search="" />) : <Viewer grant={grant} />;
}

function shell(page: React.ReactNode) {
  return <Shell>{page}</Shell>;
}
