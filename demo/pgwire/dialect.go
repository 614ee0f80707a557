package pgwire

import (
	"strconv"
	"strings"
)

// query is one SQL command, understood as far as this server must.
type query struct {
	words  []token // without space and comments
	sql    string  // for SQLite
	table  string  // the first table it reads, "" when none
	params []int   // OIDs of its parameters
	err    *sqlError
}

// queries splits a text at its semicolons; empty commands are left out.
func queries(text string) []query {
	var out []query
	var words []token
	flush := func() {
		if len(words) > 0 {
			out = append(out, understand(words))
		}
		words = nil
	}
	for _, t := range tokens(text) {
		switch t.kind {
		case ';':
			flush()
		case ' ':
		default:
			words = append(words, t)
		}
	}
	flush()
	return out
}

// reads reports whether the command is answered by the database.
func (q *query) reads() bool { return q.words[0].is("select") || q.words[0].is("with") }

func understand(words []token) query {
	q := query{words: words}
	if !q.reads() {
		return q
	}
	for _, w := range words {
		for _, change := range []string{"insert", "update", "delete", "into", "attach"} {
			if w.is(change) {
				q.err = refusal("25006", "cannot execute "+strings.ToUpper(change)+" in a read-only transaction")
				return q
			}
		}
	}
	q.translate()
	return q
}

// translate writes the command as SQLite understands it: named parameters, no
// casts, no schema "public", no ILIKE (its LIKE ignores case), and a list in
// place of ANY of an array.
func (q *query) translate() {
	var b strings.Builder
	w := q.words
	at := func(i int) token {
		if i < 0 || i >= len(w) {
			return token{kind: ' '}
		}
		return w[i]
	}
	for i := 0; i < len(w); i++ {
		t := w[i]
		switch {
		case t.text == "::":
			i = castEnd(w, i+1) - 1
			b.WriteByte(' ')
			continue
		case strings.EqualFold(t.name(), "public") && at(i+1).kind == '.':
			i++
			continue
		case t.is("ilike"):
			t.text = "LIKE"
		case t.kind == '=' && at(i+1).is("any") && at(i+2).kind == '(' && at(i+3).kind == '$':
			n := q.parameter(at(i+3).text, oidTexts)
			end := i + 4
			if at(end).text == "::" {
				end = castEnd(w, end+1)
			}
			if at(end).kind != ')' {
				break
			}
			b.WriteString(" IN (SELECT value FROM json_each(:p" + strconv.Itoa(n) + ")) ")
			i = end
			continue
		case t.kind == '$':
			oid := 0
			if at(i-1).is("limit") || at(i-1).is("offset") {
				oid = oidInt
			}
			if t.text = ":p" + strconv.Itoa(q.parameter(t.text, oid)); q.err != nil {
				return
			}
		}
		b.WriteString(t.text)
		if spaced(t, at(i+1)) {
			b.WriteByte(' ')
		}
		if t.is("from") && q.table == "" {
			q.table = tableAfter(w[i+1:])
		}
	}
	q.sql = b.String()
}

// spaced reports whether two tokens would run into one without a space. Signs
// are kept together: "<" "=" is "<=".
func spaced(a, b token) bool {
	word := func(t token) bool { return strings.IndexByte(`a"s$0`, t.kind) >= 0 }
	return word(a) && word(b) || a.kind == '-' && b.kind == '-' || a.kind == '/' && b.kind == '*'
}

// castEnd is the position after the type name that starts at i: a word, perhaps
// with a length and an array mark.
func castEnd(w []token, i int) int {
	i++
	for _, pair := range []string{"()", "[]"} {
		if i < len(w) && w[i].kind == pair[0] {
			for i < len(w) && w[i].kind != pair[1] {
				i++
			}
			i++
		}
	}
	return min(i, len(w))
}

// tableAfter is the table named at the start of w, without its schema; "" for a
// subquery, inside which the next FROM is looked at.
func tableAfter(w []token) string {
	if len(w) >= 3 && w[1].kind == '.' {
		return w[2].name()
	}
	if len(w) == 0 {
		return ""
	}
	return w[0].name()
}

// maxParameters is PostgreSQL's own bound.
const maxParameters = 65535

// parameter notes that $n is used and what type it has, and returns n.
func (q *query) parameter(text string, oid int) int {
	n, err := strconv.Atoi(text[1:])
	if err != nil || n < 1 || n > maxParameters {
		q.err = refusal("42P02", "there is no parameter "+text)
		return 0
	}
	for len(q.params) < n {
		q.params = append(q.params, oidText)
	}
	if oid != 0 {
		q.params[n-1] = oid
	}
	return n
}
