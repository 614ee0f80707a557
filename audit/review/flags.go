package review

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

const (
	// freshFor is how long the register's snapshot is used without asking the database.
	freshFor = time.Second
	// loadWithin bounds that asking: care does not wait for the register (hazard H-05).
	loadWithin = 500 * time.Millisecond
)

// snapshot is the register as it was read. It is never changed.
type snapshot struct {
	read    time.Time // by the clock of Staff
	version int64     // how often the register had changed
	key     hasher
	users   map[user]*registered
	// patients are the staff of whom a record is the own one.
	patients map[string][]user
}

type user struct{ issuer, subject string }

type registered struct {
	patient          string
	surname, address []byte
	relatives        []string
}

// Flags says what about somebody opening a patient should be looked at afterwards, for
// audit.Event.Flags: own-record alone, or any of colleague, family, same-address and
// same-surname, sorted. surnames and addresses are the patient's, as many as are known;
// former ones count. A caller without a registered surname is compared by the last word
// of their display name. It answers from memory; when the register cannot be read, from
// what was read last.
func (s *Staff) Flags(ctx context.Context, caller audit.Actor, patient string, surnames []string, addresses []Address) []string {
	snap := s.snapshot(ctx)
	me := user{caller.Issuer, caller.Subject}
	entry := snap.users[me]
	if entry == nil {
		entry = &registered{}
	}
	if patient != "" && entry.patient == patient {
		return []string{string(OwnRecord)}
	}
	surname := snap.sameSurname(entry, caller.Name, surnames)
	address := snap.sameAddress(entry, addresses)
	var flags []string
	add := func(is bool, kind Kind) {
		if is {
			flags = append(flags, string(kind))
		}
	}
	add(slices.ContainsFunc(snap.patients[patient], func(u user) bool { return u != me }), Colleague)
	add(surname && address || slices.Contains(entry.relatives, patient), Family)
	add(address, SameAddress)
	add(surname, SameSurname)
	return flags
}

func (s *snapshot) sameSurname(me *registered, name string, surnames []string) bool {
	if len(me.surname) == 0 {
		return sameByName(name, surnames)
	}
	return slices.ContainsFunc(surnames, func(n string) bool { return bytes.Equal(s.key.surname(folded(n)), me.surname) })
}

func (s *snapshot) sameAddress(me *registered, addresses []Address) bool {
	return len(me.address) > 0 && slices.ContainsFunc(addresses, func(a Address) bool { return bytes.Equal(s.key.address(a), me.address) })
}

// snapshot gives the register as it was at most a second ago, if it can be read.
func (s *Staff) snapshot(ctx context.Context) *snapshot {
	if c := s.current.Load(); c.fresh(s.now()) {
		return c
	}
	s.loading.Lock()
	defer s.loading.Unlock()
	c := s.current.Load()
	if c.fresh(s.now()) {
		return c // somebody else has just read it
	}
	// The next callers use what is read here: the end of this request must not end it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadWithin)
	defer cancel()
	next, err := s.load(ctx, c)
	if err != nil {
		s.Log.Error("the register of staff cannot be read; its last state is used", "kind", fmt.Sprintf("%T", err))
		next = &snapshot{}
		if c != nil {
			*next = *c
		}
	}
	next.read = s.now()
	s.current.Store(next)
	return next
}

func (s *snapshot) fresh(now time.Time) bool { return s != nil && now.Sub(s.read).Abs() < freshFor }

// load reads the register, or only how often it has changed, if that is as before.
func (s *Staff) load(ctx context.Context, before *snapshot) (*snapshot, error) {
	next := &snapshot{users: map[user]*registered{}, patients: map[string][]user{}}
	if err := s.read.QueryRowContext(ctx, `SELECT value FROM review_mark WHERE name = $1`, "staff").Scan(&next.version); err != nil {
		return nil, err
	}
	if before != nil && before.users != nil && before.version == next.version {
		*next = *before
		return next, nil
	}
	err := each(ctx, s.read, `SELECT value FROM review_key WHERE name = $1`, []any{"staff"}, func(scan scanner) error {
		return scan((*[]byte)(&next.key))
	})
	if err != nil {
		return nil, err
	}
	return next, each(ctx, s.read, `SELECT issuer, subject, patient, surname, address, relatives FROM review_staff`, nil, func(scan scanner) error {
		var u user
		var r registered
		var relatives string
		if err := scan(&u.issuer, &u.subject, &r.patient, &r.surname, &r.address, &relatives); err != nil {
			return err
		}
		next.users[u] = &r
		if r.patient != "" {
			next.patients[r.patient] = append(next.patients[r.patient], u)
		}
		return json.Unmarshal([]byte(relatives), &r.relatives)
	})
}
