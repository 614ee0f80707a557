import { useId } from "react";
import { Link } from "../../navigation";
import { type AdministrationPart, paths } from "../../paths";
import { usePage } from "../usePage";
import { Clients } from "./clients/Clients";
import { LaunchTest } from "./clients/LaunchTest";
import { Logins } from "./Logins";
import { Organisations } from "./Organisations";
import { Roles } from "./Roles";
import { Sessions } from "./Sessions";
import { SwitchedOff } from "./SwitchedOff";
import { Users } from "./Users";

const parts: readonly { readonly part: AdministrationPart; readonly words: string }[] = [
  { part: "organisations", words: "Organisations" },
  { part: "logins", words: "Logins" },
  { part: "users", words: "Users" },
  { part: "roles", words: "Roles" },
  { part: "sessions", words: "Sessions" },
  { part: "clients", words: "Apps and EPRs" },
  { part: "launch-test", words: "Try a launch" },
  { part: "off", words: "Switched off" },
];

/** Who may sign in, how, and who is signed in now; what is switched off is out at the next request. */
export function AdministrationPage({ part }: { readonly part: AdministrationPart }) {
  const id = useId();
  const words = parts.find((p) => p.part === part)?.words ?? "";
  const heading = usePage<HTMLHeadingElement>(`${words}, administration`);
  return (
    <>
      <h1>Administration</h1>
      <p className="pw-lead">Who may sign in, who is signed in now, and which apps and patient record systems (EPRs) may ask. What you switch off is out on every server at the next request.</p>
      <nav className="pw-admin__parts" aria-label="Administration">
        {parts.map((p) => (
          <Link key={p.part} to={paths.administration(p.part)} aria-current={p.part === part ? "page" : undefined}>
            {p.words}
          </Link>
        ))}
      </nav>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {words}
      </h2>
      <Part part={part} heading={id} />
    </>
  );
}

function Part({ part, heading }: { readonly part: AdministrationPart; readonly heading: string }) {
  switch (part) {
    case "organisations":
      return <Organisations />;
    case "logins":
      return <Logins />;
    case "users":
      return <Users />;
    case "roles":
      return <Roles />;
    case "sessions":
      return <Sessions heading={heading} />;
    case "clients":
      return <Clients />;
    case "launch-test":
      return <LaunchTest />;
    case "off":
      return <SwitchedOff heading={heading} />;
  }
}
