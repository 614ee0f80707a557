package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/smart"
)

// launchPeople finds patients for launches, and asks policy about them by the one executor.
type launchPeople struct {
	index    *patient.Index
	executor *resolvers.Executor
}

// launchWait is how long a launch waits for systems that have not said whether they know
// the person.
const launchWait = 2 * time.Second

// ByNumber finds the person and compares the birth date: where none is established yet,
// nobody can be sure.
func (p launchPeople) ByNumber(ctx context.Context, number, birthDate string) (string, error) {
	found, err := p.index.ByNHSNumbers(ctx, []record.NHSNumber{record.NHSNumber(number)}, launchWait)
	if err != nil {
		return "", err
	}
	var incomplete *patient.NotAllAnswered
	switch f := found[0]; {
	case errors.As(f.Err, &incomplete):
		return "", smart.ErrIncomplete
	case errors.Is(f.Err, patient.ErrNotFound):
		return "", smart.ErrUnknown
	case f.Err != nil:
		return "", f.Err
	case f.Patient.BirthDate == "":
		return "", smart.ErrIncomplete
	case string(f.Patient.BirthDate) != birthDate:
		return "", smart.ErrMismatch
	default:
		return f.Patient.ID, nil
	}
}

// MayOpen opens the person as any caller does, and reads nothing.
func (p launchPeople) MayOpen(ctx context.Context, id string) (bool, error) {
	data, _, err := p.executor.RunText(ctx, "SMARTOpen", `query SMARTOpen($id: ID!) { patient(id: $id, wait: 0) { id } }`, map[string]any{"id": id})
	if err != nil {
		return false, err
	}
	var opened struct {
		Patient *struct{ ID string } `json:"patient"`
	}
	if len(data) == 0 {
		return false, nil
	}
	err = json.Unmarshal(data, &opened)
	return opened.Patient != nil, err
}

// knownUsers are those who have signed in before.
type knownUsers struct{ accounts *accounts.Accounts }

// Known finds the one account of a login that has the subject, or the e-mail address.
func (k knownUsers) Known(ctx context.Context, login, subject, email, organisation string) (auth.Session, error) {
	page, _, err := k.accounts.List(ctx, accounts.Filter{Login: login, Search: subject + email})
	if err != nil {
		var bad *accounts.InputError
		if errors.As(err, &bad) {
			return auth.Session{}, auth.ErrNoSession
		}
		return auth.Session{}, err
	}
	page = slices.DeleteFunc(page, func(a accounts.Account) bool {
		return a.Off != nil || a.Disabled || subject != "" && a.Subject != subject || email != "" && a.Identifiers["email"] != email
	})
	if len(page) != 1 {
		return auth.Session{}, auth.ErrNoSession
	}
	return k.session(ctx, page[0], func(p auth.Position) bool { return p.Organisation.ODS == organisation })
}

// Again gives a user as they are now, in the position in which they were.
func (k knownUsers) Again(ctx context.Context, was auth.Session) (auth.Session, error) {
	account, err := k.accounts.Of(ctx, was.Issuer, was.Subject)
	switch {
	case errors.Is(err, accounts.ErrNotFound), err == nil && (account.Off != nil || account.Disabled):
		return auth.Session{}, auth.ErrNoSession
	case err != nil:
		return auth.Session{}, err
	}
	return k.session(ctx, account, func(p auth.Position) bool { return p == was.ActsAs() })
}

// session is the one that the account's user would have in the first position that fits.
func (k knownUsers) session(ctx context.Context, a accounts.Account, fits func(auth.Position) bool) (auth.Session, error) {
	open, err := k.accounts.Welcome(ctx, a.Login, auth.Identity{Issuer: a.Issuer, Subject: a.Subject, Name: a.Name, Positions: a.Positions})
	var refusal *auth.Refusal
	if errors.As(err, &refusal) {
		return auth.Session{}, auth.ErrNoSession
	}
	if err != nil {
		return auth.Session{}, err
	}
	at := slices.IndexFunc(open, fits)
	if at < 0 {
		return auth.Session{}, auth.ErrNoSession
	}
	session := auth.Session{Issuer: a.Issuer, Subject: a.Subject, Login: a.Login, Name: a.Name, Identifiers: a.Identifiers, Positions: open[at : at+1]}
	session.Take(open[at])
	return session, nil
}
