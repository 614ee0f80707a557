package relationship_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestObjectionsHoldForEverybodyAndStayInTheHistory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		all, err := h.Object(ctx, me, relationship.Objection{
			Patient: "p1", Reason: "Asked on the ward", ID: "mine", RecordedBy: "somebody", Ended: h.clock.now(), EndedBy: "x", From: time.Unix(1, 0),
		})
		if err != nil || all.ID == "mine" || all.RecordedBy != "Dr a.example" || !all.Ended.IsZero() || all.EndedBy != "" || !all.From.Equal(h.clock.now()) {
			t.Fatalf("%+v %v", all, err)
		}
		h.clock.add(time.Minute)
		herself := h.session("p1-user", "")
		herself.Role = auth.RolePatient
		some, err := h.Object(ctx, herself, relationship.Objection{Patient: "p1", Source: "gp", Section: "medications", Organisation: "RYY", Absolute: true})
		if err != nil || some.RecordedBy != "the patient" {
			t.Fatalf("%+v %v", some, err)
		}
		for name, s := range map[string]*auth.Session{"me": me, "another": h.session("b", "RYY"), "nobody": nil} {
			if got := h.standing(s, "p1").Objections; !slices.Equal(got, []relationship.Objection{all, some}) {
				t.Errorf("%s: %+v", name, got)
			}
		}
		h.clock.add(-time.Hour) // a server whose clock is behind
		if got := h.standing(me, "p1").Objections; len(got) != 2 {
			t.Errorf("a slow clock undoes an objection: %+v", got)
		}
		h.clock.add(2 * time.Hour)
		ended, err := h.Withdraw(ctx, me, all.ID, "She changed her mind")
		if err != nil || !ended.Ended.Equal(h.clock.now()) || ended.EndedBy != "Dr a.example" || ended.EndedReason != "She changed her mind" {
			t.Errorf("%+v %v", ended, err)
		}
		if again, err := h.other.Withdraw(ctx, h.session("b", "RYY"), all.ID, "Withdrawn twice over"); err != nil || again != ended {
			t.Errorf("%+v %v", again, err)
		}
		if got := h.standing(me, "p1").Objections; !slices.Equal(got, []relationship.Objection{some}) {
			t.Errorf("%+v", got)
		}
		history, err := h.Objections(ctx, "p1")
		if err != nil || !slices.Equal(history, []relationship.Objection{ended, some}) {
			t.Errorf("%+v %v", history, err)
		}
		e := h.events(0)
		if len(e) != 3 || e[0].Action != audit.ActionObject || e[0].Target != all.ID || e[0].Patient != "p1" ||
			e[1].Reason != "source gp, section medications, organisation RYY, absolute" ||
			e[2].Action != audit.ActionObjectEnd || e[2].Target != all.ID || e[2].Patient != "p1" || !strings.HasSuffix(e[2].Reason, ": She changed her mind") {
			t.Errorf("%+v", e)
		}
	})
}

func TestWhatIsNoObjection(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		for name, o := range map[string]relationship.Objection{
			"no patient":             {},
			"hostile patient":        {Patient: "p\x00"},
			"a section that is none": {Patient: "p1", Section: "secrets"},
			"a section's case":       {Patient: "p1", Section: "Allergies"},
			"a source with a space":  {Patient: "p1", Source: "g p"},
			"a long source":          {Patient: "p1", Source: strings.Repeat("s", 129)},
			"an organisation":        {Patient: "p1", Organisation: "R\nXX"},
			"control characters":     {Patient: "p1", Reason: "\x07"},
			"a long text":            {Patient: "p1", Reason: strings.Repeat("é", 501)},
		} {
			if _, err := h.Object(ctx, me, o); !isBad(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.Object(ctx, nil, relationship.Objection{Patient: "p1"}); !errors.Is(err, relationship.ErrNobody) {
			t.Error(err)
		}
		if _, err := h.Withdraw(ctx, nil, "x", whyClaim); !errors.Is(err, relationship.ErrNobody) {
			t.Error(err)
		}
		for _, id := range []string{"", "none", "\x00", "' OR '1'='1"} {
			if _, err := h.Withdraw(ctx, me, id, whyClaim); !errors.Is(err, relationship.ErrNotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}
		if _, err := h.Withdraw(ctx, me, "none", "no"); !isBad(err) {
			t.Error(err)
		}
		if got, err := h.Objections(ctx, "\x00"); err != nil || got != nil {
			t.Errorf("%+v %v", got, err)
		}
		if h.rows() != 0 || len(h.events(0)) != 0 {
			t.Error("something changed")
		}
		if _, err := h.Object(ctx, me, relationship.Objection{Patient: "p1", Section: "allergies", Reason: strings.Repeat("é", 500)}); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoSignedInWithoutANameIsNamedBySubject(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	for _, name := range []string{"", "Dr\x00", strings.Repeat("x", 600)} {
		me := h.session("a.example", "RXX")
		me.Name = name
		if o, err := h.Object(context.Background(), me, relationship.Objection{Patient: "p1"}); err != nil || o.RecordedBy != "a.example" {
			t.Errorf("%+v %v", o, err)
		}
	}
}

func TestWhatAnObjectionCovers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		objection                     relationship.Objection
		source, section, organisation string
		want                          bool
	}{
		"everything":             {relationship.Objection{}, "gp", "allergies", "RXX", true},
		"all of it":              {relationship.Objection{}, "gp", "", "", true},
		"the section":            {relationship.Objection{Section: "allergies"}, "gp", "allergies", "RXX", true},
		"another section":        {relationship.Objection{Section: "allergies"}, "gp", "problems", "RXX", false},
		"a section, not all":     {relationship.Objection{Section: "allergies"}, "gp", "", "RXX", false},
		"the source":             {relationship.Objection{Source: "gp"}, "gp", "", "RXX", true},
		"another source":         {relationship.Objection{Source: "gp"}, "hospital", "", "RXX", false},
		"the organisation":       {relationship.Objection{Organisation: "RXX"}, "gp", "", "RXX", true},
		"its code in lower case": {relationship.Objection{Organisation: "rxx"}, "gp", "", "RXX", true},
		"another organisation":   {relationship.Objection{Organisation: "RXX"}, "gp", "", "RYY", false},
		"nobody's organisation":  {relationship.Objection{Organisation: "RXX"}, "gp", "", "", false},
		"all three":              {relationship.Objection{Source: "gp", Section: "allergies", Organisation: "RXX"}, "gp", "allergies", "RXX", true},
		"all three but one":      {relationship.Objection{Source: "gp", Section: "allergies", Organisation: "RXX"}, "gp", "allergies", "RYY", false},
	} {
		if got := c.objection.Covers(c.source, c.section, c.organisation); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
