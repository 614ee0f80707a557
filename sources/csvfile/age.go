package csvfile

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// newest is the file that a configured name means, and the time in its name if it
// has one: of several the latest.
func (s *source) newest(name string) (string, time.Time, error) {
	p, err := patternOf(name)
	if err != nil || p == nil {
		return name, time.Time{}, err
	}
	names, err := s.place.list()
	if err != nil {
		return "", time.Time{}, err
	}
	var found string
	var at time.Time
	for _, n := range names {
		middle, ok := p.middle(n)
		if !ok {
			continue
		}
		d, err := p.when.Parse(middle, s.env.Zone)
		if t, ok := s.instant(d); err == nil && ok && (found == "" || t.After(at)) {
			found, at = n, t
		}
	}
	if found == "" {
		return "", time.Time{}, missing(name)
	}
	return found, at, nil
}

// instant is the earliest moment that a date means here.
func (s *source) instant(d record.Date) (time.Time, bool) {
	t, ok := d.Time()
	if ok && len(d) <= len(time.DateOnly) {
		t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, s.env.Zone)
	}
	return t, ok
}

// age is the extract's time for the reader, and what is to be said about it.
func (s *source) age(written time.Time) (time.Time, []sources.Gap) {
	now := s.env.Now()
	switch old := now.Sub(written); {
	case written.IsZero() || old < -maxAhead:
		return time.Time{}, []sources.Gap{columns.Partial("extract-time-unknown", "It is not known how old its extract is")}
	case s.config.StaleAfter > 0 && old > s.config.StaleAfter:
		return written.UTC(), []sources.Gap{columns.Partial("stale-extract", fmt.Sprintf("Its extract is %d hours old", int(old.Hours())))}
	}
	return written.UTC(), nil
}

// manifest is what the extract says about itself.
type manifest struct {
	written time.Time
	rows    map[string]int
}

// maxManifest bounds a manifest, in bytes.
const maxManifest = 1 << 20

func (s *source) manifest(ctx context.Context) (m manifest, err error) {
	if s.config.Manifest == nil {
		return m, nil
	}
	err = s.env.Call(ctx, func(ctx context.Context) error {
		x, err := s.place.open(ctx, s.config.Manifest.File)
		if err != nil {
			return explain(ctx, s.config.Manifest.File, err)
		}
		defer x.Close()
		m, err = s.parseManifest(&boundedReader{ctx: ctx, from: x, left: maxManifest})
		return explain(ctx, s.config.Manifest.File, err)
	})
	return m, err
}

func (s *source) parseManifest(r io.Reader) (manifest, error) {
	m := manifest{rows: map[string]int{}}
	bad := malformed("bad-manifest", "Its manifest could not be understood")
	format, err := columns.NewFormat(s.config.Manifest.DateFormat)
	if err != nil {
		return m, bad
	}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		if m.written.IsZero() {
			d, err := format.Parse(line, s.env.Zone)
			t, ok := s.instant(d)
			if err != nil || !ok {
				return m, bad
			}
			m.written = t
			continue
		}
		name, count, _ := strings.Cut(line, ",")
		n, err := strconv.Atoi(strings.TrimSpace(count))
		if err != nil || n < 0 {
			return m, bad
		}
		m.rows[strings.TrimSpace(name)] = n
	}
	if lines.Err() == nil && m.written.IsZero() {
		return m, bad
	}
	return m, lines.Err()
}
