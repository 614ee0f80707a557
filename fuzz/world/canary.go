package world

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Owner is where a canary stands: through which field of which entry it may be seen.
type Owner struct {
	// Person is its place in World.People, Source the system's id, Section the heading.
	Person  int
	Source  string
	Section record.Section
	// Entry is the statement; nil for an assertion, or what stands in a registration.
	Entry *Entry
	// Field is the field of the entry's type that leads to it, as the graph names it;
	// Secret where none may.
	Field string
	// InHits is for what a search shows under a name of its own.
	InHits bool
}

// Secret is the Field of what nobody may see.
const Secret = "(secret)"

// String is the coordinate, for a failing test.
func (o Owner) String() string {
	labels := []string(nil)
	if o.Entry != nil {
		labels = o.Entry.Labels
	}
	return fmt.Sprintf("person %d, %s, record:%s:%s, labels %v", o.Person, o.Source, o.Section.Name(), o.Field, labels)
}

// mint makes canaries and remembers whose they are.
type mint struct {
	rng    *rand.Rand
	next   int
	series string
	owners map[string][]Owner
}

const (
	prefix   = "k7q"
	tokenLen = 12
)

// newMint makes a mint whose canaries differ from those of another series.
func newMint(rng *rand.Rand, series int) *mint {
	return &mint{rng: rng, series: fmt.Sprintf("%03s", strconv.FormatInt(int64(series%46656), 36)), owners: map[string][]Owner{}}
}

// text is "k7q", three letters of the series and six of a counter.
func (m *mint) text(o Owner) string {
	m.next++
	s := prefix + m.series + fmt.Sprintf("%06s", strconv.FormatInt(int64(m.next), 36))
	m.own(s, o)
	return s
}

// number is a whole number of eight digits.
func (m *mint) number(o Owner) int {
	m.next++
	n := 20_000_000 + m.next
	m.own(strconv.Itoa(n), o)
	return n
}

// firstDate is before all canary dates, so far back that no appointment or admission is
// of today; dates are tens of minutes apart.
var firstDate = time.Date(2003, 1, 1, 0, 0, 0, 0, time.UTC)

// date is a moment of its own between 2003 and 2016.
func (m *mint) date(o Owner) record.Date {
	for {
		s := firstDate.Add(time.Duration(m.rng.IntN(13*365*24*3600)) * time.Second).Format(time.RFC3339)
		if len(m.owners[s]) == 0 {
			m.own(s, o)
			return record.Date(s)
		}
	}
}

func (m *mint) own(s string, o Owner) {
	s = strings.ToLower(s)
	m.owners[s] = append(m.owners[s], o)
}

// day is a birth date that nobody else has.
func (m *mint) day() record.Date {
	for {
		s := time.Date(1920+m.rng.IntN(80), 1, 1+m.rng.IntN(365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if _, taken := m.owners[s]; !taken {
			m.owners[s] = []Owner{}
			return record.Date(s)
		}
	}
}

// nhsNumber is a valid synthetic number that nobody else has.
func (m *mint) nhsNumber() record.NHSNumber {
	for {
		n, err := record.ParseNHSNumber("9" + fmt.Sprintf("%09d", m.rng.IntN(1_000_000_000)))
		if err != nil {
			continue
		}
		if _, taken := m.owners[string(n)]; !taken {
			m.owners[string(n)] = []Owner{}
			return n
		}
	}
}
