package pds

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/fhirscan"
)

// reader reads one answer. today (YYYY-MM-DD) tells what holds from what has ended.
type reader struct {
	fhirscan.Reader
	today record.Date
}

func newReader(body []byte, today record.Date) *reader {
	r := &reader{today: today}
	r.Reset(body)
	return r
}

// over reports whether a period has ended before today.
func (r *reader) over(p record.Period) bool {
	return p.End != "" && p.End.Day() < r.today[:min(len(r.today), len(p.End.Day()))]
}

// ahead reports whether a period begins after today.
func (r *reader) ahead(p record.Period) bool {
	return p.Start != "" && p.Start.Day() > r.today
}

// extensions takes the waiting array of extensions: take is called on each value, with
// the last part of the extension's address and the name of the value's member.
func (r *reader) extensions(take func(kind, member string)) {
	r.Each(func() {
		url := string(r.Find("url"))
		kind := strings.TrimPrefix(url[strings.LastIndexByte(url, '/')+1:], "Extension-UKCore-")
		r.Members(func(name string) { take(kind, name) })
	})
}
