package demo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func connected(t *testing.T, s *System) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func column(t *testing.T, conn *pgx.Conn, query string, args ...any) ([]string, error) {
	t.Helper()
	rows, err := conn.Query(t.Context(), query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func TestThePASIsADatabase(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s, p := r.System("mental-health"), r.Scenario("everything")
	conn := connected(t, s)
	id := p.LocalIDs["mental-health"]
	for _, c := range []struct{ query, want string }{
		{"SELECT surname FROM patients WHERE pas_id = $1", "EVERARD-HOLLIS"},
		{"SELECT dob FROM patients WHERE pas_id = $1", "19480312"},
		{"SELECT substance FROM allergies WHERE pas_id = $1", "penicillin"},
		{"SELECT l.description FROM patients p JOIN lookups l ON l.domain = 'SEX' AND l.code = p.sex WHERE p.pas_id = $1", "Female"},
	} {
		got, err := column(t, conn, c.query, id)
		if err != nil || len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %v %v", c.query, got, err)
		}
	}
	for _, table := range []string{"diagnoses", "referrals", "contacts", "appointments", "ward_stays", "alerts", "care_team", "prescriptions", "documents"} {
		if got, err := column(t, conn, "SELECT pas_id FROM "+table+" WHERE pas_id = $1", id); err != nil || len(got) == 0 {
			t.Errorf("%s: %v %v", table, got, err)
		}
		if got, err := column(t, conn, "SELECT pas_id FROM "+table+" WHERE pas_id = $1", r.Scenario("nothing-recorded").LocalIDs["mental-health"]); err != nil || len(got) != 0 {
			t.Errorf("%s of nobody: %v %v", table, got, err)
		}
	}
	if counts := tallyOf(t, s).Counts; counts["/diagnoses"] != 2 || counts["/patients"] != 3 {
		t.Errorf("%v", counts)
	}
}

func TestFaultsOfThePAS(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("mental-health")
	id := r.Scenario("everything").LocalIDs["mental-health"]
	const query = "SELECT pas_id FROM diagnoses WHERE pas_id = $1"
	good, err := column(t, connected(t, s), query, id)
	if err != nil || len(good) == 0 {
		t.Fatal(good, err)
	}
	for _, fault := range FaultNames() {
		if refusedByPAS()[fault] != "" || strings.Contains("refused hang huge flapping drip slow hang-mid-body", fault) {
			continue
		}
		set(t, s, `{"fault":"`+fault+`"}`, 200)
		// One connection a fault: some of them end it.
		conn, err := pgx.Connect(t.Context(), s.URL)
		var got []string
		if err == nil {
			got, err = column(t, conn, query, id)
			_ = conn.Close(context.Background())
		}
		if err == nil && strings.Join(got, ",") == strings.Join(good, ",") {
			t.Errorf("%s changed nothing: %v", fault, got)
		}
	}
	set(t, s, `{"fault":"refused"}`, 200)
	if _, err := pgx.Connect(t.Context(), s.URL); err == nil {
		t.Error("refused: connected")
	}
	set(t, s, `{"fault":"hang"}`, 200)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	conn := connected(t, s)
	if _, err := conn.Exec(ctx, query, id); err == nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hang: %v", err)
	}
	heal(t, s)
	if got, err := column(t, connected(t, s), query, id); err != nil || len(got) != len(good) {
		t.Errorf("healed: %v %v", got, err)
	}
}
