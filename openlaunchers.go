package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
	"github.com/patchworkcare/patchwork/smart"
)

// openLaunchers opens the EPRs that are SMART servers themselves. One that is down does not
// keep the server from starting; a stanza whose files are wrong does.
func (s *server) openLaunchers() error {
	public := s.config.publicURL()
	h := &smartlogin.Handler{
		Public: public, Own: s.smart.Base(), Auth: s.auth, Ledger: s.ledger, Log: s.log, Now: time.Now,
	}
	names := map[string]string{}
	h.Opener = arrivals{accounts: s.accounts, smart: s.smart, names: names}
	s.launchers = h
	for i := range s.config.Launchers {
		stanza := &s.config.Launchers[i]
		epr, err := stanza.connector.Open(auth.Env{
			ID: stanza.ID, Name: stanza.Name, Base: stanza.base(public), Log: s.log.With("launcher", stanza.ID), Now: time.Now,
		})
		if err != nil {
			return fmt.Errorf("launcher %s cannot be opened: %w", stanza.ID, err)
		}
		h.Launchers = append(h.Launchers, &smartlogin.Launcher{
			ID: stanza.ID, Name: stanza.Name, Organisations: stanza.Organisations, Frames: stanza.Frames, Mapping: stanza.mapping, EPR: epr,
		})
		names[stanza.ID] = stanza.Name
	}
	h.Open(s.db.Write, s.db.Read)
	return nil
}

// frames are the origins of every EPR in whose frames pages of a launch may stand.
func (s *server) frames() []string {
	all := s.smart.Frames()
	for i := range s.config.Launchers {
		all = append(slices.Clone(all), s.config.Launchers[i].Frames...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// arrivals opens the viewer for users whom an EPR has sent with its patient: it ends in the
// same launch as every other way.
type arrivals struct {
	accounts *accounts.Accounts
	smart    *smart.Server
	names    map[string]string
}

// Open admits the user, finds the patient and gives the viewer's address.
func (a arrivals) Open(ctx context.Context, l smartlogin.Launched) (string, error) {
	account, err := a.accounts.Admit(ctx, l.Launcher, l.Identity)
	if err != nil {
		return "", err
	}
	session := auth.Session{
		Issuer: account.Issuer, Subject: account.Subject, Login: l.Launcher, Name: account.Name, Identifiers: account.Identifiers,
		Positions: account.Positions, Confirmed: l.Proof.At,
	}
	at := max(0, slices.IndexFunc(session.Positions, func(p auth.Position) bool { return p.Organisation.ODS == l.Organisation.ODS }))
	session.Take(session.Positions[at])
	banner := !l.NoBanner
	location, err := a.smart.Arrive(ctx, viewerID, smart.Arrived{
		Launcher: l.Launcher, Name: a.names[l.Launcher], Session: session, NHSNumber: string(l.NHSNumber), BirthDate: string(l.BirthDate),
		Encounter: l.Encounter, Intent: l.Intent, NeedBanner: &banner,
	})
	return location, arrivalRefusal(err)
}

// arrivalRefusal gives a launch's refusal the page that explains it.
func arrivalRefusal(err error) error {
	var said *smart.Refusal
	if !errors.As(err, &said) {
		return err
	}
	switch said.Code {
	case "patient_mismatch":
		return smartlogin.Refuse(smartlogin.CodeMismatch, said.Description)
	case "patient_unknown":
		return smartlogin.Refuse(smartlogin.CodeNotFound, said.Description)
	case "access_denied":
		return smartlogin.Refuse(smartlogin.CodeNoRole, said.Description)
	}
	return smartlogin.Refuse(smartlogin.CodeUnavailable, said.Description)
}
