package main

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/record"
)

const (
	cohortTitle = "Physical health checks"
	cohortSize  = 60
)

// seedCohort keeps a list of a clinician's that is shared with the hospital's analysts, so that
// there is something to run views over (docs/views.md). It is there once, also with kept state.
func (s *server) seedCohort(ctx context.Context, users []DemoUser, people []ReadyPatient) error {
	owner := slices.IndexFunc(users, func(u DemoUser) bool { return u.Role == auth.RoleMentalHealthClinician })
	analyst := slices.IndexFunc(users, func(u DemoUser) bool { return u.Role == auth.RoleAnalyst })
	session, err := s.sessions.Find(ctx, users[owner].Token)
	if err != nil {
		return err
	}
	caller := lists.CallerOf(session)
	ctx = auth.WithSession(ctx, session)
	kept, err := s.lists.Of(ctx, caller, true)
	if err != nil || slices.ContainsFunc(kept, func(l lists.List) bool { return l.Title == cohortTitle }) {
		return err
	}
	l, err := s.lists.Create(ctx, caller, lists.Draft{Title: cohortTitle, Description: "People on long-term antipsychotic medicines; shared for the evaluation of our checks"})
	if err != nil {
		return err
	}
	var items []lists.Item
	for _, p := range people {
		if p.ID != "" && len(items) < cohortSize {
			items = append(items, lists.Item{Patient: p.ID})
		}
	}
	for part := range slices.Chunk(items, lists.MaxAtOnce) {
		if _, _, _, err := s.lists.Add(ctx, caller, l.ID, part); err != nil {
			return err
		}
	}
	_, err = s.lists.Share(ctx, caller, l.ID, lists.Grantee{Kind: lists.KindRole, ID: string(auth.RoleAnalyst), Organisation: record.Organisation{ODS: users[analyst].Organisation}}, lists.Read, time.Time{})
	return err
}
