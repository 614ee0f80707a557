package fhirr4

import (
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// reader turns the pages of one search into entries. What it keeps is copied out of
// the page, so that the page's buffer can be used again.
type reader struct {
	*workspace
	text  arena
	slabs slabs

	// base is the server's address, which absolute references may begin with.
	base string
	// kind is the resource type searched for.
	kind string
	zone *time.Location
	// today is the first day of future appointments.
	today record.Date
	// categories, where not empty, are the only ones kept as observations.
	categories []string
	numbers    numbering

	// resource counts resources: the owner of what a resource contains.
	resource int
	flaws    flaws

	// ids are the people asked about; about is whom the resource at hand says it is
	// about, and people are all that any resource was about, kept or not.
	ids    []string
	about  string
	people []string

	statements   []statement
	asserted     []*assertion
	marks        []mark
	reports      []*report
	observations []*observation
	gaps         []sources.Gap
	seen         map[string]struct{}
	matches      int
	// full is how many were asked for on one page; 0 if that is not known.
	full  int
	pages int

	actors  map[link]*record.Actor
	pending []pending
	later   []func()
	known   map[reference]*included

	// roster, where set, takes each resource searched for in place of the sections:
	// what stands for rosters into heads, whom a roster lists into on.
	roster func(*reader)
	now    time.Time
	heads  []head
	on     []link
}

// workspace is what a reader needs while it reads, and another may use after it.
type workspace struct {
	jsonscan.Scanner
	memo memos
	// recent holds strings met before, by hash: code systems, codes and displays
	// repeat in every resource.
	recent [256]string
}

// workspaces are those of one source.
type workspaces struct{ pool sync.Pool }

func (w *workspaces) take() *workspace {
	if v, ok := w.pool.Get().(*workspace); ok {
		return v
	}
	return new(workspace)
}

// give takes the reader's workspace back; the reader keeps what it has read.
func (w *workspaces) give(r *reader) {
	v := r.workspace
	r.workspace = nil
	v.Reset(nil)
	v.memo, v.recent = memos{}, [256]string{} // they hold on to pages and blocks
	w.pool.Put(v)
}

// statement is an entry with the section it belongs to. others are further people
// it is about, for example in a group appointment.
type statement struct {
	section record.Section
	entry   record.Entry
	others  []string
}

// assertion is a statement that there are none in a section.
type assertion struct {
	section record.Section
	said    record.Assertion
}

// mark says that something of a person's section could not be read as it stands.
type mark struct {
	section record.Section
	subject string
	flaws   flaws
}

// flaws are a set of what was wrong with one resource.
type flaws uint8

const (
	badDate flaws = 1 << iota
	badValue
	modified
	missingResult
	unnamed
	missingPart
)

// gapsOf words the flaws for a reader.
func (f flaws) gaps() []sources.Gap {
	var gaps []sources.Gap
	add := func(bit flaws, code, reason string) {
		if f&bit != 0 {
			gaps = append(gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
		}
	}
	add(badDate, "bad-date", "A date could not be read and is left out")
	add(badValue, "bad-value", "A value was not of the kind the standard says and is left out")
	add(modified, "modifier", "An entry carries a modifier that this system does not understand: look at the original")
	add(missingResult, "result-missing", "Some measurements of a report were not sent with it")
	add(unnamed, "unnamed", "What a medicine or device is was not sent with it: look at the original")
	add(missingPart, "part-missing", "A part of a plan or document was not sent with it: look at the original")
	return gaps
}

// emit keeps an entry of the resource at hand, unless it was entered in error.
func (r *reader) emit(section record.Section, e record.Entry) {
	b := e.Common()
	r.statements = append(r.statements, statement{section: section, entry: e})
	r.blame(section, b.Subject)
}

// blame notes the flaws of the resource at hand for a person's section.
func (r *reader) blame(section record.Section, subject string) {
	if r.flaws != 0 {
		r.marks = append(r.marks, mark{section, subject, r.flaws})
	}
}

// assert keeps a statement that there are none.
func (r *reader) assert(section record.Section, b *record.Base) {
	a := &assertion{section, record.Assertion{Subject: b.Subject, Code: b.Code, Date: b.Date}}
	if a.said.Date == "" {
		a.said.Date = b.Recorded
	}
	r.asserted = append(r.asserted, a)
	if by := b.Author; by != nil {
		r.later = append(r.later, func() { a.said.By = *by })
	}
}

// arena copies strings into few large blocks. A block is never grown in place, so
// strings once given stay as they are.
type arena struct {
	block strings.Builder
	size  int
}

const (
	firstBlock = 1 << 10
	lastBlock  = 32 << 10
	internable = 96
)

// keep returns a copy of b that outlives the page.
func (r *reader) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > internable {
		return r.text.copy(b)
	}
	slot := &r.recent[slotOf(b)]
	if *slot != string(b) {
		*slot = r.text.copy(b)
	}
	return *slot
}

func slotOf(b []byte) uint8 {
	n := len(b)
	if n == 0 {
		return 0
	}
	h := uint32(n)
	for i, step := 0, n/8+1; i < n; i += step {
		h = h*31 + uint32(b[i])
	}
	h = h*31 + uint32(b[n-1])
	return uint8(h ^ h>>8 ^ h>>16)
}

func (a *arena) copy(b []byte) string {
	from := a.room(len(b))
	a.block.Write(b)
	return a.block.String()[from:]
}

// join copies the parts into one string.
func (a *arena) join(x, y string, z []byte) string {
	from := a.room(len(x) + len(y) + len(z))
	a.block.WriteString(x)
	a.block.WriteString(y)
	a.block.Write(z)
	return a.block.String()[from:]
}

// room makes sure that n more bytes fit into the block and returns where they go.
func (a *arena) room(n int) int {
	if a.block.Cap()-a.block.Len() < n {
		a.size = min(max(firstBlock, 2*a.size), lastBlock)
		a.block = strings.Builder{}
		a.block.Grow(max(a.size, n))
	}
	return a.block.Len()
}

// memos remember what elements of the page at hand meant, by their bytes: the same
// concepts and references stand in resource after resource.
type memos struct {
	concepts memo[record.Concept]
	links    memo[link]
}

// memo is a direct-mapped cache. Its keys lie in the page.
type memo[T any] [64]struct {
	raw   []byte
	means T
}

// place returns where raw is remembered, or would be.
func (m *memo[T]) place(raw []byte) (means *T, known bool, at *[]byte) {
	slot := &m[slotOf(raw)&63]
	return &slot.means, len(raw) > 0 && string(slot.raw) == string(raw), &slot.raw
}

// slab hands out values of T from blocks that double: few allocations for many
// entries, little waste for few.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) new() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return p
}

func (s *slab[T]) grow(n int) {
	s.size = min(max(4, 2*s.size), 32)
	s.free = make([]T, max(s.size, n))
}

// keep copies vs into the slab; nil for none.
func (s *slab[T]) keep(vs []T) []T {
	n := len(vs)
	if n == 0 {
		return nil
	}
	if len(s.free) < n {
		s.grow(n)
	}
	out := s.free[:n:n]
	copy(out, vs)
	s.free = s.free[n:]
	return out
}

// slabs are those of one reader. The zero value is ready.
type slabs struct {
	allergies    slab[record.Allergy]
	medications  slab[record.Medication]
	problems     slab[record.Problem]
	encounters   slab[record.Contact]
	procedures   slab[record.Procedure]
	vaccinations slab[record.Vaccination]
	observations slab[observation]
	reports      slab[report]
	documents    slab[record.Document]
	actors       slab[record.Actor]
	codings      slab[record.Coding]
	concepts     slab[record.Concept]
	quantities   slab[record.Quantity]
	ranges       slab[record.ReferenceRange]
	measurements slab[record.Measurement]
}
