package sources

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// mostMapped bounds a map's rows: all of Read v2 has about a hundred thousand.
const mostMapped = 1_000_000

// Map is what the region itself says that codes of one system mean in another, such as Read
// codes in SNOMED CT. No terminology comes with Patchwork: the region ships what it is
// licensed for and answers for it.
type Map struct {
	// From and To are the URIs of the code systems.
	From, To string

	codes map[string]string
}

// ReadMap reads rows "code,target" of CSV below a header of these two names; further columns
// are the region's own. A code with several targets means none of them for certain and is
// left out: what is joined by a wrong code hides something (decision 0009).
func ReadMap(r io.Reader, from, to string) (*Map, error) {
	rows := csv.NewReader(r)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, errors.New("it has no header and no rows")
	}
	code, target := slices.Index(header, "code"), slices.Index(header, "target")
	if code < 0 || target < 0 {
		return nil, errors.New("its first line must name the columns code and target")
	}
	m := &Map{From: from, To: to, codes: map[string]string{}}
	several := map[string]bool{}
	for n := 2; ; n++ {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			for c := range several {
				delete(m.codes, c)
			}
			return m, nil
		case err != nil:
			return nil, fmt.Errorf("row %d cannot be read", n)
		case n > mostMapped:
			return nil, fmt.Errorf("it has more than %d rows", mostMapped)
		}
		// Read codes differ in the case of their letters: nothing is made even.
		one, other := strings.Clone(strings.TrimSpace(row[code])), strings.Clone(strings.TrimSpace(row[target]))
		if one == "" || other == "" {
			continue
		}
		if known, ok := m.codes[one]; ok && known != other {
			several[one] = true
		}
		m.codes[one] = other
	}
}

// Len is how many codes it explains.
func (m *Map) Len() int { return len(m.codes) }

// explain adds, behind the source's own codings, what its code stands for. Where the source
// codes in the map's target itself, that is what it says, and nothing is added.
func (m *Map) explain(c *record.Concept) {
	found := ""
	for _, k := range c.Codings {
		if k.System == m.To {
			return
		}
		if k.System != m.From {
			continue
		}
		target := m.codes[k.Code]
		if target == "" || found != "" && found != target {
			return // one of its codes is not explained, or two mean different things
		}
		found = target
	}
	if found != "" {
		c.Codings = append(slices.Clip(c.Codings), record.Coding{System: m.To, Code: found})
	}
}
