package stages

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/record"
)

// ErrNobody: nobody is signed in.
var ErrNobody = errors.New("you are not signed in")

// State is a rule with who made it.
type State struct {
	record.StageRule
	// At is when it was made, UTC; zero for what the configuration says.
	At time.Time
	// Maker is who made it, by name; Reason is why. "" for what the configuration says.
	Maker, Reason string
}

// Store keeps the stages. Safe for concurrent use.
type Store struct {
	write, read *sql.DB
	ledger      *audit.Ledger
	now         func() time.Time
	following   *following // nil on the command line
}

// New keeps stages in the database and audits each change in the ledger; it holds nothing to
// them. It is for the command line, beside servers that run; nothing needs to be closed.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Store {
	return &Store{write: write.DB, read: read.DB, ledger: ledger, now: now}
}

// Set puts a source into a stage, for one section or all and the readers of one organisation
// or all; a rule without a stage takes the one about the same away, so that the wider one
// holds. That there are such a source and section, and that the context's session may, are
// the caller's to check. The reason has 5 to 500 characters (accounts.Reason). It is in the
// ledger before it takes effect; if the ledger cannot be written, nothing changes and the
// error is the ledger's. What is so already stays as it is, and no error.
func (s *Store) Set(ctx context.Context, rule record.StageRule, reason string) error {
	session := auth.SessionFrom(ctx)
	if session == nil || session.Issuer == "" || session.Subject == "" {
		return ErrNobody
	}
	if rule.Stage != "" && !rule.Stage.Valid() {
		return fmt.Errorf("there is no stage %q", string(rule.Stage))
	}
	reason, err := accounts.Reason(reason)
	if err != nil {
		return err
	}
	was, err := s.of(ctx, rule)
	if err != nil || was == rule.Stage {
		return err
	}
	if err := s.ledger.Record(ctx, eventOf(ctx, rule, was, reason)); err != nil {
		return err
	}
	if err := s.put(ctx, rule, nameOf(session), reason); err != nil {
		return fmt.Errorf("changing the stage of a source: %w", err)
	}
	if s.following != nil {
		return s.apply(ctx)
	}
	return nil
}

func (s *Store) put(ctx context.Context, rule record.StageRule, maker, reason string) error {
	if rule.Stage == "" {
		_, err := s.write.ExecContext(ctx, `DELETE FROM source_stage WHERE source = $1 AND section = $2 AND organisation = $3`,
			rule.Source, rule.Section, rule.Organisation)
		return err
	}
	_, err := s.write.ExecContext(ctx, `INSERT INTO source_stage (source, section, organisation, stage, at, maker, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (source, section, organisation) DO UPDATE SET stage = excluded.stage, at = excluded.at, maker = excluded.maker, reason = excluded.reason`,
		rule.Source, rule.Section, rule.Organisation, string(rule.Stage), s.now().UnixMicro(), maker, reason)
	return err
}

func nameOf(session *auth.Session) string {
	if session.Name == "" {
		return session.Subject
	}
	return session.Name
}

func eventOf(ctx context.Context, rule record.StageRule, was record.Stage, reason string) audit.Event {
	e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
	e.Target = "source:" + rule.Source
	e.Reason = "stage of " + wordsOf(rule) + " from " + stageWord(was) + " to " + stageWord(rule.Stage) + ": " + reason
	return e
}

func stageWord(s record.Stage) string {
	if s == "" {
		return "none of its own"
	}
	return string(s)
}

// wordsOf says what a rule is about.
func wordsOf(rule record.StageRule) string {
	section, readers := "every section", "everybody"
	if rule.Section != "" {
		section = rule.Section
	}
	if rule.Organisation != "" {
		readers = rule.Organisation
	}
	return section + " for " + readers
}

// of is the stage of the rule about the same; "" if there is none.
func (s *Store) of(ctx context.Context, rule record.StageRule) (is record.Stage, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT stage FROM source_stage WHERE source = $1 AND section = $2 AND organisation = $3`,
		rule.Source, rule.Section, rule.Organisation).Scan(&is)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("reading the stages of sources: %w", err)
	}
	return is, nil
}

// States gives all rules that were made, by source, section and organisation.
func (s *Store) States(ctx context.Context) (states []State, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT source, section, organisation, stage, at, maker, reason FROM source_stage
		ORDER BY source, section, organisation`)
	if err != nil {
		return nil, fmt.Errorf("reading the stages of sources: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var state State
		var at int64
		if err := rows.Scan(&state.Source, &state.Section, &state.Organisation, &state.Stage, &at, &state.Maker, &state.Reason); err != nil {
			return nil, fmt.Errorf("reading the stages of sources: %w", err)
		}
		state.At = time.UnixMicro(at).UTC()
		states = append(states, state)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the stages of sources: %w", err)
	}
	return states, nil
}
