package smart

import (
	"context"
	"errors"
	"net/http"

	"github.com/patchworkcare/patchwork/auth"
)

// launcherPrefix sets the ids of EPRs that are SMART servers themselves (auth/smartlogin)
// apart from those of clients.
const launcherPrefix = "launcher:"

// Arrived is a user whom an EPR that is a SMART server itself has sent here, with the
// patient on its screen.
type Arrived struct {
	// Launcher is the id of its stanza, Name what people call it.
	Launcher, Name string
	// Session is the one that the user is to have; it has taken a position.
	Session auth.Session
	// NHSNumber and BirthDate (YYYY-MM-DD) are the EPR's own of its patient.
	NHSNumber, BirthDate string
	Encounter, Intent    string
	// NeedBanner is false where the EPR shows the patient's banner itself; nil is true.
	NeedBanner *bool
}

// Arrive makes a launch of one of our own apps for somebody who has just proved who they are
// to their EPR, and gives the address to which their browser goes on. Its errors are a
// *Refusal, as of every launch.
func (s *Server) Arrive(ctx context.Context, app string, a Arrived) (location string, err error) {
	var said LaunchRequest
	said.Patient.System, said.Patient.Value, said.Patient.BirthDate = NHSNumberSystem, a.NHSNumber, a.BirthDate
	ctx = auth.WithSession(ctx, &a.Session)
	patient, err := s.patientOf(ctx, &said)
	if err != nil {
		return "", err
	}
	found, err := s.Store.GetClient(ctx, app)
	client, ok := found.(*Client)
	if err != nil || !ok {
		return "", errors.Join(errors.New("smart: the app of a launch is not there"), err)
	}
	c := &LaunchContext{
		EPR: launcherPrefix + a.Launcher, EPRName: a.Name, App: app, Patient: patient, Organisation: a.Session.Organisation.ODS,
		Trusted: &a.Session, Encounter: a.Encounter, Intent: a.Intent, NeedBanner: a.NeedBanner,
	}
	as := a.Session
	as.ID, as.Launch = "launch", c.pin()
	open, err := s.People.MayOpen(auth.WithSession(ctx, &as), patient)
	switch {
	case err != nil:
		return "", err
	case !open:
		return "", refusalWith(http.StatusForbidden, "access_denied", "The user may not open this person's record")
	}
	id, err := s.keepLaunch(ctx, c)
	if err != nil {
		return "", err
	}
	return s.launchURL(client, id), nil
}
