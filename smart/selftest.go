package smart

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// Way is how an EPR opens an app. The zero Way is none.
type Way string

// The ways in which this server makes the launch.
const (
	// WayMint: the EPR's back end posts the patient and its user with a token of its own.
	WayMint Way = "mint"
	// WaySigned: the browser brings a launch that the EPR has signed.
	WaySigned Way = "signed"
	// WayPrefill: the browser brings what nobody signed.
	WayPrefill Way = "prefill"
)

// Check is one thing that was tried of a launch. It names neither a patient nor a user, and
// repeats nothing that was sent but what the standard has words for.
type Check struct {
	// Name says what was looked at, OK whether it is well.
	Name string
	OK   bool
	// Found says what is wrong, or what is worth knowing.
	Found string
	// Mend says what to do about it; "" if it is well.
	Mend string
}

// Trial is what is tried of an EPR.
type Trial struct {
	// EPR is its client id.
	EPR string
	Way Way
	// Sent is what it sends, or would: of WaySigned the launch JWT; of WayMint the client
	// assertion of its token request, or the JSON of the launch; "" looks at what is
	// registered alone. Nothing of it is used up or kept.
	Sent string
	// IsLogin reports whether the configuration has a login.
	IsLogin func(id string) bool
}

// checks are those of one trial.
type checks struct{ list []Check }

// note adds a check. If it is not well, it says what is wrong and what to do.
func (c *checks) note(name string, ok bool, wrong, mend string) bool {
	check := Check{Name: name, OK: ok}
	if !ok {
		check.Found, check.Mend = wrong, mend
	}
	c.list = append(c.list, check)
	return ok
}

// found adds a check that is well, with what is worth knowing.
func (c *checks) found(name, what string) {
	c.list = append(c.list, Check{Name: name, OK: true, Found: what})
}

// SelfTest tries what an EPR has registered and sends, for the engineers who connect it. It
// goes on after what is wrong as far as the rest can be judged. No patient is looked up. The
// error is this server's own.
func (s *Server) SelfTest(ctx context.Context, t Trial) ([]Check, error) {
	c := &checks{}
	epr, err := s.tryRegistered(ctx, c, t)
	if err != nil || epr == nil {
		return c.list, err
	}
	if err := s.tryRights(ctx, c, epr, t); err != nil {
		return nil, err
	}
	sent := strings.TrimSpace(t.Sent)
	switch {
	case sent == "" || t.Way == WayPrefill:
	case t.Way == WayMint && strings.HasPrefix(sent, "{"):
		s.tryLaunch(c, epr, []byte(sent))
	default:
		err = s.trySigned(ctx, c, epr, t.Way, sent)
	}
	return c.list, err
}

// tryRegistered gives the EPR; nil if there is nothing to go on with.
func (s *Server) tryRegistered(ctx context.Context, c *checks, t Trial) (*Client, error) {
	epr, err := s.Store.Find(ctx, strings.TrimSpace(t.EPR))
	if err != nil && !errors.Is(err, ErrNoClient) {
		return nil, err
	}
	if !c.note("The client id is registered", err == nil, "No client of this id is registered here",
		"Compare it with the one that the registration page shows; an EPR of another environment has another id there") {
		return nil, nil
	}
	c.note("It is approved", !epr.Approved.IsZero(), "It waits for approval", "Another administrator than the one who proposed it approves it, or `patchwork client approve`")
	c.note("It is switched on", epr.State != Off, "It is switched off", "Administration, Switched off: there stand who did it and why")
	if !c.note("It may open apps", epr.Launching != nil, "It is registered as an app or a service, not as a patient record system", "Register it anew as a patient record system (EPR)") {
		return nil, nil
	}
	return epr, nil
}

// tryRights looks at what the way needs to be registered.
func (s *Server) tryRights(ctx context.Context, c *checks, epr *Client, t Trial) error {
	rights := epr.Launching
	if t.Way == WayPrefill {
		c.note("Unsigned launches are allowed for it", rights.Prefill, "They are off", "Register it with unsigned launches allowed. Better: let it sign its launches")
		c.found("Where the browser is sent", "POST "+s.Public+"/smart/open with epr, nhs_number and birth_date (YYYY-MM-DD)")
		return nil
	}
	if t.Way == WayMint {
		c.note("It may ask for launches (scope "+scope.OpenLaunch+")", scope.Permits(epr.Scopes, scope.OpenLaunch), "The scope is not registered for it", "Register it with the scope "+scope.OpenLaunch)
	}
	if c.note("It signs with a key of its own", epr.Method == Key, "It is registered as "+string(epr.Method), "Register it with method private_key_jwt and its public keys") {
		s.tryKeys(ctx, c, epr)
	}
	if err := s.tryApps(ctx, c, rights.Apps); err != nil {
		return err
	}
	c.note("It names organisations", len(rights.Organisations) > 0, "None is registered, so that it can speak of nobody", "Register it with the ODS codes of the organisations whose staff use it")
	if c.note("It names logins", len(rights.Logins) > 0, "None is registered, so that no user can be named", "Register it with the logins by whose accounts it names its users") && t.IsLogin != nil {
		for _, id := range rights.Logins {
			c.note("The login "+id+" is in the configuration", t.IsLogin(id), "There is none of this id any more", "Add it to logins in patchwork.yaml, or register the EPR with another login")
		}
	}
	if len(rights.Origins) > 0 {
		c.found("It opens apps in frames", "Pages of "+strings.Join(rights.Origins, ", ")+" may hold them. The page's own origin must be spelled like that, with its port")
	} else {
		c.found("It opens apps in windows of their own", "No origin is registered: browsers refuse to show an app in a frame of it")
	}
	where := "POST " + s.Public + "/smart/open, field launch_jwt"
	if t.Way == WayMint {
		where = "POST " + s.Public + "/smart/launch with a token of " + s.TokenURL()
	}
	c.found("Where a launch is sent", where)
	return nil
}

// tryKeys looks at the registered keys, or fetches them.
func (s *Server) tryKeys(ctx context.Context, c *checks, epr *Client) {
	if epr.JWKSURL == "" {
		c.found("Its keys are registered", kids(len(epr.keys.Keys)))
		return
	}
	keys, err := s.Clients.Fetcher.renewed(ctx, epr.JWKSURL)
	if err == nil {
		usable := 0
		for _, key := range keys {
			if key.KeyID != "" && strong(key.Key) && !tooLong(key.Key) {
				usable++
			}
		}
		if c.note("Its key set can be fetched", usable > 0, "It is there, but no key in it can be used", "Publish an RSA key of 2048 bits or more, or one of the curve P-384, with a kid") {
			c.list[len(c.list)-1].Found = kids(usable)
		}
		return
	}
	c.note("Its key set can be fetched", false, causeText(err), "Let this server reach "+epr.JWKSURL+" over TLS, without a redirect; it must answer 200 with a JSON Web Key Set")
}

func kids(n int) string {
	if n == 1 {
		return "1 key"
	}
	return fmt.Sprintf("%d keys", n)
}

// causeText is a cause's own sentence; what else went wrong is this server's.
func causeText(err error) string {
	var why cause
	if errors.As(err, &why) {
		return string(why)
	}
	return "It could not be fetched: look at the server's log"
}

// tryApps looks at every app that it may open.
func (s *Server) tryApps(ctx context.Context, c *checks, apps []string) error {
	c.note("It may open an app", len(apps) > 0, "None is registered for it", "Register it with the apps that it opens")
	for _, id := range apps {
		app, err := s.Store.Find(ctx, id)
		name := "The app " + id + " can be opened"
		switch {
		case errors.Is(err, ErrNoClient):
			c.note(name, false, "It is not registered any more", "Register the app, and the EPR with its id")
		case err != nil:
			return err
		case app.State == Proposed:
			c.note(name, false, app.Name+" waits for approval", "Another administrator approves it")
		case app.State == Off:
			c.note(name, false, app.Name+" is switched off", "Administration, Switched off: there stand who did it and why")
		case app.LaunchURL == "":
			c.note(name, false, app.Name+" has no launch address", "Register the app with the address where a launch opens it")
		default:
			c.found(name, app.Name+", at "+app.LaunchURL)
		}
	}
	return nil
}
