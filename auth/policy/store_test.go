package policy_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

const why = "agreed by the governance board"

// house is a database with policies, and an administrator who may change them.
type house struct {
	t      *testing.T
	db     *migrations.DB
	ledger *audit.Ledger
	now    func() time.Time
	admin  *auth.Session
	ctx    context.Context
}

func build(t *testing.T, db *migrations.DB) *house {
	t.Helper()
	h := &house{t: t, db: db, now: func() time.Time { return time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC) }}
	var err error
	if h.ledger, err = audit.Open(t.Context(), db.Write, time.Now, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.ledger.Close() })
	h.admin = &auth.Session{
		Issuer: "local", Subject: "ada", Name: "Ada Admin", Role: auth.RoleAdministrator, Purpose: auth.PurposeOperations,
		Organisation: record.Organisation{ODS: "YZ901"},
	}
	h.ctx = auth.WithSession(t.Context(), h.admin)
	return h
}

func (h *house) open() *policy.Store { h.t.Helper(); return h.openWith(builtIn(h.t)) }

func (h *house) openWith(seed *policy.Set) *policy.Store {
	h.t.Helper()
	s, err := policy.Open(h.ctx, h.db.Write, h.db.Read, h.ledger, classes(h.t), seed, h.now, slog.New(slog.DiscardHandler))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(s.Close)
	return s
}

func (h *house) count(table string) (n int) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRowContext(h.t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// until waits for a condition, and says how long it took.
func until(t *testing.T, limit time.Duration, what string, holds func() bool) time.Duration {
	t.Helper()
	begun := time.Now()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if <-tick.C; time.Since(begun) > limit {
			t.Fatalf("%s: not within %v", what, limit)
		}
	}
	return time.Since(begun)
}

func admits(s *policy.Store, session *auth.Session) bool {
	return s.Guard.Current().Check(session, nil, policy.Administer, "policy:administer", nil).Allowed()
}

func sees(s *policy.Store) bool {
	gp := &auth.Session{Issuer: "local", Subject: "g", Role: auth.RoleParamedic, Purpose: auth.PurposeTreatment}
	return s.Guard.Current().Check(gp, nil, policy.Read, "record:allergies", nil).Allowed()
}

func blind() policy.Policy {
	return policy.Policy{
		ID: "paramedics-blind", Description: "For a test.", Effect: policy.Deny, Roles: []string{"paramedic"},
		Actions: []string{"read"}, Resources: []string{"record:allergies"},
	}
}

// Several servers that start at once on an empty database seed it once.
func TestSeededOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var starting sync.WaitGroup
		for range 4 {
			starting.Go(func() {
				s, err := policy.Open(h.ctx, db.Write, db.Read, h.ledger, classes(t), builtIn(t), h.now, slog.New(slog.DiscardHandler))
				if err != nil {
					t.Error(err)
					return
				}
				if !sees(s) {
					t.Error("a server that has started decides nothing")
				}
				s.Close()
			})
		}
		starting.Wait()
		if n := h.count("policy_version"); n != 1 {
			t.Errorf("%d versions", n)
		}
		other, err := policy.Load([]byte(`policies: [{id: a, effect: allow, roles: [administrator], actions: [administer], resources: ["policy:administer"]}]`))
		if err != nil {
			t.Fatal(err)
		}
		if !sees(h.openWith(other)) {
			t.Error("a database with policies was seeded again")
		}
	})
}

// A change decides at once where it is made, within a second elsewhere, and is in the
// ledger with who, what and why.
func TestChangeIsEffective(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		here, there := h.open(), h.open()
		if err := here.Put(h.ctx, h.admin, 1, blind(), why); err != nil {
			t.Fatal(err)
		}
		if sees(here) {
			t.Error("not effective where it was made")
		}
		t.Logf("effective on the other server after %v", until(t, time.Second, "the other server", func() bool { return !sees(there) }))
		events, err := h.ledger.Events(h.ctx, audit.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		e := events[len(events)-1]
		if e.Action != audit.ActionPolicy || e.Actor.Subject != "ada" || e.Reason != why || e.Target != "version 2: policy paramedics-blind put" || e.PolicyVersion != "1" {
			t.Errorf("the ledger has %+v", e)
		}
		if err := here.Remove(h.ctx, h.admin, 2, "paramedics-blind", why); err != nil {
			t.Fatal(err)
		}
		until(t, time.Second, "the other server", func() bool { return sees(there) })
	})
}

// Versions are kept, are listed newest first, and come back as a new version.
func TestVersions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s := h.open()
		if err := s.Put(h.ctx, h.admin, 1, blind(), why); err != nil {
			t.Fatal(err)
		}
		changed := blind()
		changed.Roles = []string{"gp"}
		if err := s.Put(h.ctx, h.admin, 2, changed, why); err != nil {
			t.Fatal(err)
		}
		if err := s.Restore(h.ctx, h.admin, 3, 1, why); err != nil {
			t.Fatal(err)
		}
		list, err := s.Versions(h.ctx, 3, 0)
		if err != nil || len(list) != 3 || list[0].Version != 4 || list[0].Name != "Ada Admin" || list[0].Reason != why || !list[0].Time().Equal(h.now()) || list[0].Document != "" {
			t.Errorf("%+v %v", list, err)
		}
		for version, want := range map[int64]bool{1: false, 2: true, 3: true, 4: false, 0: false} {
			v, set, err := s.At(h.ctx, version)
			if err != nil {
				t.Fatal(err)
			}
			if got := set.Find("paramedics-blind") != nil; got != want || version > 0 && v.Version != version {
				t.Errorf("version %d: %v", version, got)
			}
			if version == 3 && set.Find("paramedics-blind").Roles[0] != "gp" {
				t.Error("the policy was not replaced")
			}
		}
		for _, err := range []error{
			func() error { _, _, err := s.At(h.ctx, 9); return err }(),
			s.Restore(h.ctx, h.admin, 4, 9, why),
		} {
			if !errors.Is(err, policy.ErrNoVersion) {
				t.Errorf("a version that there is not: %v", err)
			}
		}
	})
}

// Whoever looked at an old version changes nothing; of two who change at once, one does.
func TestStaleVersion(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s, other := h.open(), h.open()
		if err := s.Put(h.ctx, h.admin, 1, blind(), why); err != nil {
			t.Fatal(err)
		}
		for _, version := range []int64{0, 1, 3} {
			if err := other.Remove(h.ctx, h.admin, version, "paramedics-blind", why); !errors.Is(err, policy.ErrChanged) {
				t.Errorf("on version %d: %v", version, err)
			}
		}
		var changing sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			changing.Go(func() { errs[i] = []*policy.Store{s, other}[i%2].Put(h.ctx, h.admin, 2, blind(), why) })
		}
		changing.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, policy.ErrChanged) {
				t.Error(err)
			}
		}
		if won != 1 || h.count("policy_version") != 3 {
			t.Errorf("%d of six changes of one version were made; %d versions", won, h.count("policy_version"))
		}
	})
}

// An import is taken up by a running server within a second, and the ledger says who.
func TestImport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s := h.open()
		changed := &policy.Set{Policies: append(builtIn(t).Policies, blind())}
		operator := &auth.Session{Issuer: "urn:patchwork:operating-system", Subject: "root", Name: "root"}
		version, err := policy.New(db.Write, db.Read, h.ledger, classes(t), h.now).Import(t.Context(), operator, changed, why)
		if err != nil || version != 2 {
			t.Fatalf("%d %v", version, err)
		}
		until(t, time.Second, "the running server", func() bool { return !sees(s) })
		v, _, err := s.At(h.ctx, 0)
		if err != nil || v.Name != "root" || v.Issuer != operator.Issuer || v.Reason != why {
			t.Errorf("%+v %v", v, err)
		}
		events, err := h.ledger.Events(h.ctx, audit.Filter{Actor: "root"})
		if err != nil || len(events) != 1 || events[0].Target != "version 2: policies imported" {
			t.Errorf("%+v %v", events, err)
		}
		if policy.New(db.Write, db.Read, nil, nil, h.now).Guard.Current().Version != "none" {
			t.Error("a Store that was not opened decides")
		}
	})
}
