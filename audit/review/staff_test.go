package review_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

const issuer = "https://login.example"

// anna and ben are staff; the surname of nobody else's display name is a patient's.
func register(t *testing.T, r *room) *review.Staff {
	t.Helper()
	staff := review.NewStaff(r.db.Write, r.db.Read, r.ledger, clock)
	for _, e := range []review.StaffEntry{
		{Issuer: issuer, Subject: "anna", Patient: "p-anna", Surname: "Müller-Østergård", Address: review.Address{Line: "12 High St.", Postcode: "zz1 1zz"}, Relatives: []string{"p-son"}},
		{Issuer: issuer, Subject: "ben", Patient: "p-ben"},
	} {
		if err := staff.Register(context.Background(), officer("o"), e); err != nil {
			t.Fatal(err)
		}
	}
	return staff
}

func TestFlags(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		staff := register(t, open(t, db))
		home := review.Address{Line: "12, HIGH STREET", Postcode: "ZZ11ZZ"}
		for name, c := range map[string]struct {
			subject, display, patient string
			surnames                  []string
			addresses                 []review.Address
			want                      string
		}{
			"a stranger":                   {"anna", "", "p", []string{"Smith"}, []review.Address{{Line: "1 Low Road", Postcode: "ZZ2 2ZZ"}}, ""},
			"nothing known":                {"anna", "", "p", nil, nil, ""},
			"oneself":                      {"anna", "", "p-anna", []string{"Müller-Østergård"}, []review.Address{home}, "own-record"},
			"the surname":                  {"anna", "", "p", []string{"Smith", "Müller-Østergård"}, nil, "same-surname"},
			"otherwise written":            {"anna", "", "p", []string{"MULLER OSTERGARD"}, nil, "same-surname"},
			"decomposed":                   {"anna", "", "p", []string{"Mu\u0308ller-Ostergård"}, nil, "same-surname"},
			"half of the surname":          {"anna", "", "p", []string{"Müller"}, nil, ""},
			"the address":                  {"anna", "", "p", []string{"Smith"}, []review.Address{{Line: "x", Postcode: "y"}, home}, "same-address"},
			"the postcode alone":           {"anna", "", "p", nil, []review.Address{{Postcode: "ZZ1 1ZZ"}}, ""},
			"the line alone":               {"anna", "", "p", nil, []review.Address{{Line: "12 High Street"}}, ""},
			"next door":                    {"anna", "", "p", nil, []review.Address{{Line: "14 High Street", Postcode: "ZZ1 1ZZ"}}, ""},
			"both":                         {"anna", "", "p", []string{"Müller-Østergård"}, []review.Address{home}, "family same-address same-surname"},
			"a relative":                   {"anna", "", "p-son", []string{"Smith"}, nil, "family"},
			"another's relative":           {"ben", "", "p-son", nil, nil, ""},
			"a colleague":                  {"anna", "", "p-ben", nil, nil, "colleague"},
			"a colleague, by anybody":      {"carl", "", "p-ben", nil, nil, "colleague"},
			"a colleague at home":          {"anna", "", "p-ben", []string{"Müller-Østergård"}, []review.Address{home}, "colleague family same-address same-surname"},
			"registered: not by name":      {"anna", "Dr Anna Smith", "p", []string{"Smith"}, nil, ""},
			"no surname: by name":          {"ben", "Ben Smith", "p", []string{"SMITH"}, nil, "same-surname"},
			"nobody registered: by name":   {"carl", "Dr Carl Bäcker-Jones (he/him)", "p", []string{"Backer Jones"}, nil, "same-surname"},
			"titles and degrees":           {"carl", "Prof. Sir Carl Smith MBE, FRCP", "p", []string{"Smith"}, nil, "same-surname"},
			"surname first":                {"carl", "van der BERG, Carl (Dr)", "p", []string{"Van der Berg"}, nil, "same-surname"},
			"a name of several words":      {"carl", "Carl van der Berg", "p", []string{"van der Berg"}, nil, "same-surname"},
			"not the first name":           {"carl", "Carl Smith", "p", []string{"Carl"}, nil, ""},
			"a surname that is a title":    {"carl", "Jane Lord", "p", []string{"Lord"}, nil, "same-surname"},
			"a title alone is no surname":  {"carl", "Dr Jane Lord", "p", []string{"Dr", "Jane"}, nil, ""},
			"initials are no surname":      {"carl", "Carl S", "p", []string{"S"}, nil, ""},
			"two letters are no surname":   {"carl", "Carl Ng", "p", []string{"Ng"}, nil, ""},
			"three are":                    {"carl", "Carl Lee", "p", []string{"Lee"}, nil, "same-surname"},
			"another script":               {"carl", "Олег Иванов", "p", []string{"ИВАНОВ"}, nil, "same-surname"},
			"no name":                      {"carl", "", "p", []string{"", " "}, nil, ""},
			"signs only":                   {"carl", "-- (", "p", []string{"--", "("}, nil, ""},
			"no patient is nobody's own":   {"carl", "", "", nil, nil, ""},
			"an entry without a patient":   {"ben", "", "", nil, nil, ""},
			"a user of another issuer":     {"\x00anna", "", "p-anna", nil, nil, "colleague"},
			"an apostrophe does not count": {"carl", "Carl O’Brien", "p", []string{"OBrien"}, nil, "same-surname"},
		} {
			caller := audit.Actor{Issuer: issuer, Subject: c.subject, Name: c.display}
			if got := strings.Join(staff.Flags(context.Background(), caller, c.patient, c.surnames, c.addresses), " "); got != c.want {
				t.Errorf("%s: got %q, want %q", name, got, c.want)
			}
		}
	})
}

// TestARegisterIsSharedWithinASecond: what one server registers, others know; a
// register that cannot be read is used as it was.
func TestARegisterIsSharedWithinASecond(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		r := open(t, db)
		var micros atomic.Int64
		other := review.NewStaff(db.Write, db.Read, r.ledger, func() time.Time { return noon.Add(time.Duration(micros.Load()) * time.Microsecond) })
		anna := audit.Actor{Issuer: issuer, Subject: "anna"}
		own := func() bool {
			return slices.Equal(other.Flags(ctx, anna, "p-anna", []string{"Müller-Østergård"}, nil), []string{"own-record"})
		}
		if own() {
			t.Fatal("nobody is registered yet")
		}
		first := register(t, r)
		micros.Add(time.Second.Microseconds() - 1)
		if own() {
			t.Error("the snapshot is not used")
		}
		micros.Add(1)
		if !own() {
			t.Error("not known after a second")
		}
		if err := first.Unregister(ctx, officer("o"), issuer, "anna"); err != nil {
			t.Fatal(err)
		}
		micros.Add(time.Second.Microseconds())
		if own() {
			t.Error("who has left is still registered")
		}
		register(t, r)
		micros.Add(time.Second.Microseconds())
		own()
		if _, err := db.Write.DB.Exec(`ALTER TABLE review_staff RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Write.DB.Exec(`UPDATE review_mark SET value = value + 1 WHERE name = 'staff'`); err != nil {
			t.Fatal(err)
		}
		micros.Add(time.Second.Microseconds())
		if !own() {
			t.Error("what was read last is forgotten")
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if flags := review.NewStaff(db.Write, db.Read, r.ledger, clock).Flags(gone, audit.Actor{Name: "A Smith"}, "p", []string{"Smith"}, nil); !slices.Equal(flags, []string{"same-surname"}) {
			t.Errorf("without any register: %v", flags)
		}
	})
}

func TestTheRegisterRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, dbtest.SQLite(t)))
	staff := review.NewStaff(r.db.Write, r.db.Read, r.ledger, clock)
	for _, e := range []review.StaffEntry{
		{}, {Issuer: "i"}, {Subject: "s"}, {Issuer: "i", Subject: "s\x00"}, {Issuer: "i", Subject: "s", Surname: "\xff"},
		{Issuer: "i", Subject: strings.Repeat("s", 501)}, {Issuer: "i", Subject: "s", Relatives: make([]string, 101)},
	} {
		if err := staff.Register(context.Background(), officer("o"), e); !errors.Is(err, review.ErrEntry) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if err := staff.Unregister(context.Background(), officer("o"), "", ""); !errors.Is(err, review.ErrEntry) {
		t.Error(err)
	}
}

// TestNoNameOrAddressIsStored: neither in the register nor in the ledger nor in items.
func TestNoNameOrAddressIsStored(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		r := open(t, db)
		staff := register(t, r)
		e := did(audit.ActionRead, "anna", "p", 0)
		e.Actor.Name = "Dr Anna"
		e.Flags = staff.Flags(context.Background(), audit.Actor{Issuer: issuer, Subject: "anna"}, "p",
			[]string{"Müller-Østergård"}, []review.Address{{Line: "12 High Street", Postcode: "ZZ1 1ZZ"}})
		r.record(t, e)
		r.catchUp(t)
		expect(t, r.Queue, `family by anna on "p": seq 3, 1 events`)
		tables := []string{"audit_event", "review_item", "review_scope", "review_step", "review_opening", "review_hour", "review_staff", "review_key", "review_mark"}
		seen := 0
		for _, table := range tables {
			rows, err := db.Read.DB.Query(`SELECT * FROM ` + table)
			if err != nil {
				t.Fatal(err)
			}
			columns, _ := rows.Columns()
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					t.Fatal(err)
				}
				for i := range values {
					v := *values[i].(*any)
					text := strings.ToLower(fmt.Sprint(v))
					if b, ok := v.([]byte); ok {
						text = strings.ToLower(string(b))
					}
					seen++
					for _, secret := range []string{"müller", "muller", "stergård", "ostergard", "high", "zz1", "zz11zz"} {
						if strings.Contains(text, secret) {
							t.Errorf("%s.%s holds %q", table, columns[i], secret)
						}
					}
				}
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				t.Fatal(err)
			}
		}
		if seen < 50 {
			t.Errorf("only %d values were looked at", seen)
		}
	})
}
