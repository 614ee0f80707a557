package sqlview

import (
	"slices"
	"strconv"
	"strings"
)

// statement is an engineer's query, cut at its named parameters.
type statement struct {
	parts  []part
	driver dialect
}

// part is a piece of SQL, followed by a parameter unless param is "".
type part struct{ sql, param string }

// forbidden are words of statements that change something, outside quotes. The
// read-only transaction refuses them too; this says it before the first patient.
func forbidden() []string {
	return []string{"insert", "update", "delete", "merge", "into", "drop", "alter", "create", "truncate", "attach", "grant", "pragma", "vacuum", "copy"}
}

// parse cuts a query at its named parameters and reports everything wrong with it.
func parse(d dialect, text string, required, optional []string) (statement, []string) {
	st := statement{driver: d}
	var faults []string
	fault := func(s string) {
		if !slices.Contains(faults, s) {
			faults = append(faults, s)
		}
	}
	var sql strings.Builder
	first, ended := "", false
	for _, t := range lex(d, text) {
		if ended && t.kind != space && t.kind != comment {
			fault("must be one statement, without anything after its semicolon")
			break
		}
		switch t.kind {
		case broken:
			fault(t.text)
		case semicolon:
			ended = true
			continue
		case named:
			name := t.text[1:]
			if !slices.Contains(required, name) && !slices.Contains(optional, name) {
				fault(":" + name + " is no parameter here; there are :" + strings.Join(append(slices.Clone(required), optional...), ", :"))
			}
			st.parts = append(st.parts, part{sql.String(), name})
			sql.Reset()
			continue
		case positional:
			names := required
			if len(names) == 0 {
				names = optional
			}
			fault("has a positional parameter; use :" + strings.Join(names, " and :"))
		case word:
			w := strings.ToLower(t.text)
			if first == "" {
				first = w
			}
			if slices.Contains(forbidden(), w) || slices.Contains(d.forbidden, w) {
				fault("must only read, and has the word " + strings.ToUpper(w) + "; put a column of that name in quotes")
			}
		}
		if t.kind == comment {
			sql.WriteByte(' ')
			continue
		}
		sql.WriteString(t.text)
	}
	st.parts = append(st.parts, part{sql: sql.String()})
	if first != "select" && first != "with" {
		fault("must begin with SELECT or WITH")
	}
	for _, name := range required {
		if !slices.ContainsFunc(st.parts, func(p part) bool { return p.param == name }) {
			fault("must use :" + name)
		}
	}
	return st, faults
}

// render puts placeholders in the driver's style in place of the parameters. A
// parameter with several values becomes a list for IN (…).
func (st statement) render(params map[string][]string) (string, []any) {
	var b strings.Builder
	var args []any
	for _, p := range st.parts {
		b.WriteString(p.sql)
		for i, v := range params[p.param] {
			if i > 0 {
				b.WriteByte(',')
			}
			if st.driver.value != nil {
				args = append(args, st.driver.value(v))
			} else {
				args = append(args, v)
			}
			if st.driver.prefix != "" {
				b.WriteString(st.driver.prefix + strconv.Itoa(len(args)))
			} else {
				b.WriteByte('?')
			}
		}
	}
	return b.String(), args
}
