package csvfile

import (
	"slices"
	"strings"
	"sync"
)

// Shrink says from when on an extract counts as cut: a file that was written while its
// source was half loaded looks whole, and its people would read as having nothing recorded
// (hazard H-02).
type Shrink struct {
	// Share is how much of its rows a file may lose from one extract to the next, for
	// example 0.2; 0 does not compare. What it had before is known since the start.
	Share float64 `yaml:"share"`
	// Least is how many rows a file has at least, by the name that is configured.
	Least map[string]int `yaml:"least"`
}

func (v *check) shrink() {
	s := v.config.Shrink
	if s == nil {
		return
	}
	if s.Share < 0 || s.Share >= 1 {
		v.add("shrink.share", "must be from 0 up to, but not, 1")
	}
	named := []string{}
	for _, f := range v.config.Sections {
		named = append(named, f.File)
	}
	if v.config.People != nil {
		named = append(named, v.config.People.File)
	}
	if v.config.Rosters != nil {
		named = append(named, v.config.Rosters.File)
	}
	for name, n := range s.Least {
		if n < 1 || !slices.Contains(named, name) {
			v.add("shrink.least."+name, "must be a file of this stanza, as it is configured, and at least 1")
		}
	}
}

// sizes remembers how many rows each file had when it was last taken as whole.
type sizes struct {
	mu   sync.Mutex
	rows map[string]int
}

// shrunk refuses an extract that lost too much. It stays refused until one has enough, or
// the configuration says otherwise.
func (s *source) shrunk(readers []reader, rows int) error {
	c := s.config.Shrink
	if c == nil {
		return nil
	}
	configured := readers[0].part.file.File
	if rows < c.Least[configured] {
		return malformed("extract-short", "Its extract has fewer rows than it has at least")
	}
	key := []string{configured}
	for _, r := range readers { // a workbook's rows are those of the sheets that are read
		if sheet := r.part.file.Sheet; !slices.Contains(key[1:], sheet) {
			key = append(key, sheet)
		}
	}
	slices.Sort(key[1:])
	at := strings.Join(key, "\x00")
	s.sizes.mu.Lock()
	defer s.sizes.mu.Unlock()
	before, known := s.sizes.rows[at]
	if known && c.Share > 0 && float64(rows) < float64(before)*(1-c.Share) {
		return malformed("extract-shrunk", "Its extract has far fewer rows than the one before")
	}
	if s.sizes.rows == nil {
		s.sizes.rows = map[string]int{}
	}
	s.sizes.rows[at] = rows
	return nil
}
