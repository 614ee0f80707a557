package policy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ErrChanged: somebody else changed the policies meanwhile; look again.
var ErrChanged = errors.New("the policies were changed meanwhile: look at the newest version and try again")

// ErrNoVersion: there is no such version.
var ErrNoVersion = errors.New("there is no such version of the policies")

// Put adds a policy, or replaces the one with its id, as a new version after the given
// one. It fails with a *RefusedError, ErrChanged, or the ledger's error.
func (s *Store) Put(ctx context.Context, session *auth.Session, version int64, p Policy, reason string) error {
	return s.change(ctx, session, version, reason, "policy "+p.ID+" put", func(list []Policy) ([]Policy, error) {
		list = slices.DeleteFunc(list, func(old Policy) bool { return old.ID == p.ID })
		return append(list, p), nil
	})
}

// Remove takes a policy away, as a new version after the given one.
func (s *Store) Remove(ctx context.Context, session *auth.Session, version int64, id, reason string) error {
	return s.change(ctx, session, version, reason, "policy "+id+" removed", func(list []Policy) ([]Policy, error) {
		known := map[string]bool{}
		for _, p := range list {
			known[p.ID] = true
		}
		if !known[id] {
			return nil, &RefusedError{[]string{fmt.Sprintf("there is no policy %q%s", id, nearest(id, known))}}
		}
		return slices.DeleteFunc(list, func(p Policy) bool { return p.ID == id }), nil
	})
}

// Restore brings the policies of an earlier version back, as a new version.
func (s *Store) Restore(ctx context.Context, session *auth.Session, version, from int64, reason string) error {
	_, old, err := s.At(ctx, from)
	if err != nil {
		return err
	}
	return s.change(ctx, session, version, reason, "version "+strconv.FormatInt(from, 10)+" restored", func([]Policy) ([]Policy, error) {
		return old.Policies, nil
	})
}

// Import makes set the newest version, whatever was before, even what cannot be read. It
// is for the operator of the server, who need not be an administrator: by is the account
// that does it. It fails with a *RefusedError, ErrChanged, or the ledger's error.
func (s *Store) Import(ctx context.Context, by *auth.Session, set *Set, reason string) (version int64, err error) {
	if err := checkReason(reason); err != nil {
		return 0, err
	}
	newest, err := s.newest(ctx)
	if err != nil {
		return 0, err
	}
	if set, err = NewSet(strconv.FormatInt(newest+1, 10), set.Policies); err != nil {
		return 0, err
	}
	if _, err := s.ready(set); err != nil {
		return 0, err
	}
	return newest + 1, s.keep(auth.WithSession(ctx, by), by, newest+1, set, reason, "policies imported")
}

// change writes the version after `version`, audited before it takes effect, and lets
// it decide at once.
func (s *Store) change(ctx context.Context, session *auth.Session, version int64, reason, what string, alter func([]Policy) ([]Policy, error)) error {
	if err := checkReason(reason); err != nil {
		return err
	}
	newest, current, err := s.At(ctx, 0)
	switch {
	case err != nil:
		return err
	case newest.Version != version:
		return ErrChanged
	}
	policies, err := alter(slices.Clone(current.Policies))
	if err != nil {
		return err
	}
	set, err := NewSet(strconv.FormatInt(version+1, 10), policies)
	if err != nil {
		return err
	}
	e, err := s.ready(set)
	if err != nil {
		return err
	}
	if !e.Check(session, nil, Administer, "policy:administer", nil).Allowed() {
		return &RefusedError{[]string{"this would keep you yourself from changing the policies; let another administrator do it"}}
	}
	if err := s.keep(ctx, session, version+1, set, reason, what); err != nil {
		return err
	}
	return s.load(ctx)
}

// keep records the change in the ledger and then writes the version.
func (s *Store) keep(ctx context.Context, by *auth.Session, version int64, set *Set, reason, what string) error {
	event := auth.EventOf(ctx, audit.ActionPolicy, audit.Permit)
	event.Target, event.Reason, event.PolicyVersion = "version "+set.Version+": "+what, reason, strconv.FormatInt(version-1, 10)
	if err := s.ledger.Record(ctx, event); err != nil {
		return err
	}
	return s.insert(ctx, &Version{
		Version: version, At: s.now().UnixMicro(), Reason: reason, Issuer: by.Issuer, Subject: by.Subject, Name: by.Name,
	}, set)
}

func checkReason(reason string) error {
	if n := len([]rune(strings.TrimSpace(reason))); n < 10 || n > 500 {
		return &RefusedError{[]string{"the reason has 10 to 500 characters: it is what an auditor will read"}}
	}
	return nil
}
