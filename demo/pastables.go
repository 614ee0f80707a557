package demo

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// row is one row of a table or file: text by column.
type row = map[string]string

// table is one table of the old PAS. Columns are TEXT but those ending in #.
type table struct {
	name    string
	key     string
	columns string
}

// pasTables are the tables of the mental-health PAS; README.md tells what the
// columns hold.
func pasTables() []table {
	return []table{
		{"patients", "pas_id", "pas_id nhs_no nhs_status surname forename other_names title dob sex ethnic_code addr1 addr2 addr3 addr4 postcode " +
			"phone_home phone_mobile gp_code gp_name dod nok_name nok_rel nok_phone info_share info_share_date updated"},
		{"diagnoses", "diag_id", "diag_id# pas_id icd10 description diag_date status rank clin_code sensitive"},
		{"allergies", "allergy_id", "allergy_id# pas_id substance reaction severity noted_date status clin_code"},
		{"referrals", "ref_id", "ref_id# pas_id ref_date source_code team_code reason status clin_code closed_date"},
		{"contacts", "contact_id", "contact_id# pas_id ref_id# contact_date contact_time type_code team_code clin_code outcome_code location notes"},
		{"appointments", "appt_id", "appt_id# pas_id appt_date appt_time duration# clinic clin_code location status"},
		{"ward_stays", "stay_id", "stay_id# pas_id admit_date admit_time adm_method_code ward_code clin_code disch_date disch_time disch_dest_code legal_code reason"},
		{"alerts", "alert_id", "alert_id# pas_id alert_code alert_text severity start_date end_date clin_code sensitive"},
		{"care_team", "team_id", "team_id# pas_id role_code clin_code team_code start_date end_date"},
		{"prescriptions", "presc_id", "presc_id# pas_id drug_code drug_name dose route freq start_date end_date status clin_code"},
		{"documents", "doc_id", "doc_id# pas_id doc_date doc_type_code title clin_code file_ref mime sensitive"},
		{"care_plans", "plan_id", "plan_id# pas_id plan_type title start_date review_date status clin_code"},
		{"care_plan_items", "item_id", "item_id# plan_id# pas_id kind text"},
		{"clinicians", "clin_code", "clin_code surname forename title role_code reg_no phone"},
		{"teams", "team_code", "team_code team_name phone"},
		{"wards", "ward_code", "ward_code ward_name site phone"},
		{"lookups", "domain, code", "domain code description"},
	}
}

func (t table) names() []string { return strings.Fields(strings.ReplaceAll(t.columns, "#", "")) }

func (t table) create() []string {
	var columns []string
	for _, c := range strings.Fields(t.columns) {
		name, isInteger := strings.CutSuffix(c, "#")
		kind := "TEXT"
		if isInteger {
			kind = "INTEGER"
		}
		columns = append(columns, name+" "+kind+" NOT NULL")
	}
	statements := []string{fmt.Sprintf("CREATE TABLE %s (%s, PRIMARY KEY (%s))", t.name, strings.Join(columns, ", "), t.key)}
	if slices.Contains(t.names(), "pas_id") && t.key != "pas_id" {
		statements = append(statements, fmt.Sprintf("CREATE INDEX %s_pas ON %s (pas_id)", t.name, t.name))
	}
	return statements
}

// fillPAS makes the tables and inserts the rows.
func fillPAS(ctx context.Context, db *sql.DB, rows map[string][]row) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("demo: fill PAS: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, t := range pasTables() {
		if err := t.fill(ctx, tx, rows[t.name]); err != nil {
			return fmt.Errorf("demo: fill PAS %s: %w", t.name, err)
		}
	}
	return tx.Commit()
}

func (t table) fill(ctx context.Context, tx *sql.Tx, rows []row) error {
	for _, statement := range t.create() {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	names := t.names()
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (?%s)", t.name, strings.Repeat(", ?", len(names)-1)))
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for _, r := range rows {
		values := make([]any, len(names))
		for i, name := range names {
			values[i] = r[name]
			if t.integer(name) && r[name] == "" {
				values[i] = 0
			}
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return nil
}

// integer says whether a column is one of numbers, where unknown is 0.
func (t table) integer(name string) bool {
	return slices.Contains(strings.Fields(t.columns), name+"#")
}

// mergeRows adds further rows to those of the PAS: numbered on from where the
// first left off, and codes explained once.
func mergeRows(rows, more map[string][]row) {
	first := map[string]int{}
	for _, t := range pasTables() {
		first[t.key] = len(rows[t.name])
	}
	for _, t := range pasTables() {
		known := map[string]bool{}
		for _, r := range rows[t.name] {
			known[t.identity(r)] = true
		}
		for _, r := range more[t.name] {
			r = maps.Clone(r)
			for key, offset := range first {
				if n, err := strconv.Atoi(r[key]); err == nil && t.integer(key) && n > 0 {
					r[key] = strconv.Itoa(n + offset)
				}
			}
			if id := t.identity(r); !known[id] {
				known[id] = true
				rows[t.name] = append(rows[t.name], r)
			}
		}
	}
}

// identity is the primary key of a row.
func (t table) identity(r row) string {
	var parts []string
	for key := range strings.SplitSeq(t.key, ", ") {
		parts = append(parts, r[key])
	}
	return strings.Join(parts, "\x00")
}
