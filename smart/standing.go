package smart

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// standing is what a request still waits for.
type standing string

const (
	signIn        standing = "sign-in"
	chooseRole    standing = "role"
	otherUser     standing = "other-user"
	choosePatient standing = "patient"
	ready         standing = "ready"
	// approval is ready, of an app that is not trusted.
	approval standing = "approve"
)

// userOf gives who asks: the user of the browser's session; of a launch whose EPR answers
// for its user, that one, whose session begins when the app gets its code. nil for nobody.
func (s *Server) userOf(r *http.Request, a *asked) (*auth.Session, error) {
	if a.launch != nil && a.launch.Trusted != nil {
		return s.answeredFor(r.Context(), a.launch)
	}
	session, _, err := s.Auth.Current(r)
	if err != nil || session == nil || session.Locked {
		return nil, err
	}
	return session, nil
}

// answeredFor gives the session of a launch whose EPR answers for its user, if they are still
// welcome. Whom an EPR with a SMART server of its own sends need have no account here.
func (s *Server) answeredFor(ctx context.Context, launch *LaunchContext) (*auth.Session, error) {
	if !strings.HasPrefix(launch.EPR, launcherPrefix) {
		now, err := s.Users.Again(ctx, *launch.Trusted)
		if errors.Is(err, auth.ErrNoSession) {
			return nil, notWelcome()
		}
		if err != nil {
			return nil, err
		}
		launch.Trusted = &now
	}
	return launch.session(s.Now()), nil
}

func notWelcome() *Refusal {
	return refusal("access_denied", "The user for whom the app was opened is no longer welcome here")
}

// trustedLasts is how long the session is that an EPR's word makes.
const trustedLasts = time.Hour

// session is the one that the EPR's word makes: of this user, for this patient, for an hour.
func (l *LaunchContext) session(now time.Time) *auth.Session {
	session := *l.Trusted
	session.ID, session.Expires = "", now.Add(trustedLasts)
	if !l.Until.IsZero() && l.Until.Before(session.Expires) {
		session.Expires = l.Until
	}
	session.Launch = l.pin()
	return &session
}

// pin is what binds a session or a token to the launch's patient.
func (l *LaunchContext) pin() *auth.Launch {
	return &auth.Launch{Patient: l.Patient, Client: l.EPR, Encounter: l.Encounter, Intent: l.Intent, Topic: l.Topic}
}

// standing says what the request waits for.
func (s *Server) standing(_ context.Context, a *asked, session *auth.Session) (standing, error) {
	switch {
	case session == nil:
		return signIn, nil
	case a.launch != nil && !a.launch.is(session):
		return otherUser, nil
	case a.launch != nil && !slices.ContainsFunc(session.Positions, a.launch.at) && !a.launch.at(session.ActsAs()):
		return "", refusal("access_denied", "The user has no position at the organisation for which the app was opened")
	case session.Role == "", a.launch != nil && !a.launch.at(session.ActsAs()):
		return chooseRole, nil
	case a.needsPatient():
		return choosePatient, nil
	}
	return ready, nil
}

// at reports whether a position is one of the launch's organisation.
func (l *LaunchContext) at(p auth.Position) bool { return p.Organisation.ODS == l.Organisation }
