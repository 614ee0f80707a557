package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/auth"
)

// Most is how many accounts a page has at most.
const Most = 100

// maxSearch is how long a search may be, in characters.
const maxSearch = 200

// Filter says which accounts are wanted; its zero value is all of them.
type Filter struct {
	// Search is a part of the name, or the beginning of an identifier or of the subject, in
	// any case. A letter beyond ASCII finds any one character in its place: SQLite knows
	// the case of ASCII only.
	Search string
	// Organisation is an ODS code, and Role a role, of one position; Login a login's id.
	Organisation string
	Role         auth.Role
	Login        string
	// Off asks for those only that are switched off themselves, or disabled.
	Off bool
	// After is the ID of the last account of the page before; "" for the first page.
	After string
	// First is how many are wanted, from 1 to Most; 0 means Most.
	First int
}

// List gives a page of accounts by name, Patchwork's own among them, and whether there are
// more. What cannot be asked for is an *InputError.
func (a *Accounts) List(ctx context.Context, f Filter) (page []Account, more bool, err error) {
	if f.First == 0 {
		f.First = Most
	}
	if err := f.check(); err != nil {
		return nil, false, err
	}
	if f.After != "" {
		if _, err := a.Find(ctx, f.After); err != nil {
			return nil, false, cursor(err)
		}
	}
	q := f.question()
	page, err = a.query(ctx, q.where(), q.args...)
	if len(page) > f.First {
		return page[:f.First], true, err
	}
	return page, false, err
}

func cursor(err error) error {
	if errors.Is(err, ErrNotFound) {
		return &InputError{"after", "`after` is not a cursor of this list"}
	}
	return err
}

func (f Filter) check() error {
	switch {
	case f.First < 0 || f.First > Most:
		return &InputError{"first", fmt.Sprintf("`first` must be from 1 to %d", Most)}
	case f.Search != "" && !storable(f.Search), utf8.RuneCountInString(f.Search) > maxSearch:
		return &InputError{"search", fmt.Sprintf("A search has %d plain characters at most", maxSearch)}
	case f.Organisation != "" && !storable(f.Organisation), f.Login != "" && !storable(f.Login), f.Role != "" && !f.Role.Valid():
		return &InputError{"filter", "There is no organisation, login or role of this name"}
	}
	return nil
}

// question is a filter in SQL, put together from conditions that all must hold.
type question struct {
	conditions []string
	args       []any
	limit      int
}

// that adds a condition, in which each ? stands for the next argument.
func (q *question) that(condition string, args ...any) {
	for _, arg := range args {
		q.args = append(q.args, arg)
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(q.args)), 1)
	}
	q.conditions = append(q.conditions, condition)
}

func (q *question) where() string {
	return `WHERE ` + strings.Join(q.conditions, "\n AND ") + fmt.Sprintf(` ORDER BY lower(a.name), a.id LIMIT %d`, q.limit)
}

func (f Filter) question() *question {
	q := &question{conditions: []string{`1 = 1`}, limit: f.First + 1}
	if f.Search != "" {
		whole, from := like(f.Search), like(inJSON(f.Search))
		q.that(`(lower(a.name) LIKE ? ESCAPE '\' OR lower(a.subject) LIKE ? ESCAPE '\' OR lower(a.identifiers) LIKE ? ESCAPE '\')`,
			"%"+whole+"%", whole+"%", `%:"`+from+"%")
	}
	if f.Role != "" || f.Organisation != "" {
		// What is replaced by nothing was there: unlike LIKE, in this case only.
		q.that(`(a.positions <> '' AND replace(a.positions, ?, '') <> a.positions
			OR a.positions = '' AND (? = '' OR a.role = ?) AND (? = '' OR a.ods = ?))`,
			positionText(f.Role, f.Organisation), string(f.Role), string(f.Role), f.Organisation, f.Organisation)
	}
	if f.Login != "" {
		q.that(`a.login = ?`, f.Login)
	}
	if f.Off {
		q.that(`(a.disabled OR o.what IS NOT NULL)`)
	}
	if f.After != "" {
		q.that(`(lower(a.name), a.id) > (SELECT lower(b.name), b.id FROM everybody b WHERE b.id = ?)`, f.After)
	}
	return q
}

// like makes a search a pattern that matches nothing but itself, in lower case, with one
// character for each letter beyond ASCII.
func like(search string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(search) {
		switch {
		case r == '\\' || r == '%' || r == '_':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= utf8.RuneSelf:
			b.WriteByte('_')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inJSON is a text as it stands inside a JSON string.
func inJSON(text string) string {
	quoted, _ := encode(text) // never fails: a string
	return quoted[1 : len(quoted)-1]
}
