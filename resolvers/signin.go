package resolvers

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// Logins are the ways of signing in that the configuration has.
type Logins interface {
	// Logins lists them in the configuration's order.
	Logins() []Login
	// Test tries the connection of one, step by step.
	Test(ctx context.Context, id string) ([]auth.Step, error)
}

// Login is a way of signing in as administrators see it.
type Login struct {
	// ID, Type, Name, Organisations and Domains are the stanza's.
	ID, Type, Name string
	Organisations  []record.Organisation
	Domains        []string
	// Recheck is how often the provider is asked whether an account still holds; 0 never.
	Recheck time.Duration
	// LastSuccess and LastRefusal are when somebody last signed in by it and was last
	// refused, UTC; zero for not known. LastCause is auth.Refusal.Cause.
	LastSuccess, LastRefusal time.Time
	LastCause                string
}

// testPatience is how long trying a connection may take.
const testPatience = 30 * time.Second

// allLogins are the configured logins and, unless they have it, that of Patchwork's own
// accounts.
func (r *Resolver) allLogins() []Login {
	var all []Login
	if r.Logins != nil {
		all = slices.Clone(r.Logins.Logins())
	}
	if !slices.ContainsFunc(all, func(l Login) bool { return l.ID == accounts.LocalLogin }) {
		all = append(all, Login{ID: accounts.LocalLogin, Type: accounts.LocalLogin, Name: "Patchwork’s own accounts"})
	}
	return all
}

func (r *Resolver) testLogin(ctx context.Context, id string) ([]*model.LoginStep, error) {
	if !slices.ContainsFunc(r.allLogins(), func(l Login) bool { return l.ID == id }) {
		return nil, refuse(ctx, CodeBadInput, "There is no login of this id")
	}
	requestFrom(ctx).trail.told(audit.ActionAccess, "", "test login:"+id)
	ctx, cancel := context.WithTimeout(ctx, testPatience)
	defer cancel()
	steps, err := r.stepsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]*model.LoginStep, len(steps))
	for i, s := range steps {
		out[i] = &model.LoginStep{Name: orNil(s.Name), Ok: s.OK, Detail: orNil(s.Detail)}
	}
	return out, nil
}

// stepsOf tries a login. Patchwork's own accounts need nothing but the database.
func (r *Resolver) stepsOf(ctx context.Context, id string) ([]auth.Step, error) {
	if id != accounts.LocalLogin {
		return r.Logins.Test(ctx, id)
	}
	step := auth.Step{Name: "Read the accounts in Patchwork’s database", OK: true}
	if _, _, err := r.Accounts.List(ctx, accounts.Filter{Login: id, First: 1}); err != nil {
		step.OK, step.Detail = false, "The database cannot be read: look at the server’s log"
	}
	return []auth.Step{step}, nil
}

func (r *Resolver) switchOff(ctx context.Context, kind model.SwitchKind, what, reason string) ([]*model.SwitchedOff, error) {
	k := kindOf(kind)
	if err := r.isKnown(ctx, k, what); err != nil {
		return nil, err
	}
	return r.switched(ctx, r.Accounts.SwitchOff(ctx, k, what, reason))
}

func (r *Resolver) switchOn(ctx context.Context, kind model.SwitchKind, what, reason string) ([]*model.SwitchedOff, error) {
	return r.switched(ctx, r.Accounts.SwitchOn(ctx, kindOf(kind), what, reason))
}

func (r *Resolver) switched(ctx context.Context, err error) ([]*model.SwitchedOff, error) {
	if err != nil {
		return nil, accountRefusal(ctx, err)
	}
	return r.switchedOff(ctx)
}

// isKnown refuses to switch off an organisation, a login or a client that there is not: a
// slip of the finger would switch off nobody and look as if it had.
func (r *Resolver) isKnown(ctx context.Context, kind accounts.Kind, what string) error {
	if kind == accounts.Client {
		return r.mayBeSwitchedOff(ctx, what)
	}
	if kind != accounts.Organisation && kind != accounts.Login {
		return nil
	}
	k, err := r.known(ctx)
	switch {
	case err != nil:
		return err
	case kind == accounts.Organisation && k.organisations[what] == nil:
		return refuse(ctx, CodeBadInput, "There is no organisation of this ODS code")
	case kind == accounts.Login && k.logins[what] == nil:
		return refuse(ctx, CodeBadInput, "There is no login of this id")
	}
	return nil
}

// sessionID is the form of a session's public id.
var sessionID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// endSession ends one. The ledger says whose it is, if it is open.
func (r *Resolver) endSession(ctx context.Context, id, reason string) (*bool, error) {
	if !sessionID.MatchString(id) {
		return nil, refuse(ctx, CodeBadInput, "There is no session of this id")
	}
	target := "session:" + id
	err := r.eachSession(ctx, func(s *auth.Session) {
		if s.ID == id {
			target = "user:" + s.Issuer + " " + s.Subject
		}
	})
	if err != nil {
		return nil, err
	}
	if err := r.recordEnding(ctx, target, "end session "+id, reason); err != nil {
		return nil, err
	}
	ended, err := r.Sessions.EndByID(ctx, id)
	return ptr(ended != nil), err
}

func (r *Resolver) endSessions(ctx context.Context, account, reason string) (*bool, error) {
	a, err := r.Accounts.Find(ctx, account)
	if err != nil {
		return nil, accountRefusal(ctx, err)
	}
	if err := r.recordEnding(ctx, "user:"+a.Issuer+" "+a.Subject, "end all sessions", reason); err != nil {
		return nil, err
	}
	return ptr(true), r.Sessions.EndAll(ctx, a.Issuer, a.Subject)
}

// recordEnding puts it into the ledger before it takes effect.
func (r *Resolver) recordEnding(ctx context.Context, target, what, reason string) error {
	reason, err := accounts.Reason(reason)
	if err != nil {
		return err
	}
	e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
	e.Target, e.Reason = target, what+": "+reason
	return unwritten(ctx, r.Ledger.Record(ctx, e))
}

// accountRefusal words an error of package accounts.
func accountRefusal(ctx context.Context, err error) error {
	if errors.Is(err, accounts.ErrNotFound) {
		return refuse(ctx, CodeBadInput, "There is no account of this id")
	}
	return unwritten(ctx, err)
}
