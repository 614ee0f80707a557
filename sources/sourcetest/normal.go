package sourcetest

import (
	"context"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func offers(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	if problems := w.Connector.Validate(); len(problems) > 0 {
		t.Errorf("Validate finds problems in the case's own stanza: %v", problems)
	}
	s := c.open(t, w, direct).closeAtEnd(t)
	seen := map[record.Section]bool{}
	for _, section := range s.Offers() {
		if _, ok := record.HeadingOf(section); !ok {
			t.Errorf("offers an unknown section %q", section)
		}
		if seen[section] {
			t.Errorf("offers %s twice", section.Name())
		}
		seen[section] = true
	}
	if len(seen) == 0 {
		t.Error("offers nothing")
	}
}

// aligned reads every key alone and in batches of 50 with duplicates: the answers must
// be the same, each about its own key.
func aligned(t *testing.T, c *Case) {
	s := c.open(t, c.start(t, Normal), direct).closeAtEnd(t)
	s.fetch(t, nil)
	keys := c.keys(s)
	alone := map[sources.Key]string{}
	something := 0
	for _, k := range keys {
		r := s.fetch(t, []sources.Key{k})[k]
		if r.Err != nil {
			t.Errorf("%s: %v", k.Section.Name(), r.Err)
		}
		something += len(r.Entries) + len(r.Asserted)
		alone[k] = Render(r)
	}
	if something == 0 {
		t.Error("nobody in Known has anything recorded")
	}
	var batch []sources.Key
	for i := range max(50, len(keys)) {
		batch = append(batch, keys[i%len(keys)])
	}
	batch = append(batch, keys[0], keys[0])
	slices.Reverse(batch)
	for k, r := range s.fetch(t, batch) {
		if got := Render(r); got != alone[k] {
			t.Errorf("%s: in a batch of %d it answers\n%s\nalone\n%s", k.Section.Name(), len(batch), got, alone[k])
		}
	}
}

func unknownPerson(t *testing.T, c *Case) {
	s := c.open(t, c.start(t, Normal), direct).closeAtEnd(t)
	var keys []sources.Key
	for _, section := range s.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: c.Unknown})
	}
	for k, r := range s.fetch(t, keys) {
		if r.Err != nil {
			t.Errorf("%s: %v", k.Section.Name(), r.Err)
		}
		if n := len(r.Entries) + len(r.Asserted); n > 0 {
			t.Errorf("%s: %d statements about somebody unknown", k.Section.Name(), n)
		}
	}
	// One unknown person must not spoil the batch for another.
	keys = append(keys, c.keys(s)...)
	for k, r := range s.fetch(t, keys) {
		if r.Err != nil {
			t.Errorf("%s, unknown and known people together: %v", k.Section.Name(), r.Err)
		}
	}
}

func answeredWithNothing(t *testing.T, c *Case) {
	if c.Nothing == (sources.Key{}) {
		t.Skip("not applicable: the case knows nobody with nothing recorded")
	}
	s := c.system(t, c.start(t, Normal), patience)
	if got := status(await(t, s.Begin([]sources.Key{c.Nothing})[0])); got != record.Empty {
		t.Errorf("outcome %s, want EMPTY", got)
	}
}

// wholeEntries checks each entry, and that System's guard lets all of them through.
func wholeEntries(t *testing.T, c *Case) {
	w := c.start(t, Normal)
	s := c.open(t, w, direct).closeAtEnd(t)
	keys := c.keys(s)
	given := map[record.Entry]bool{}
	for _, r := range s.fetch(t, keys) {
		for _, e := range r.Entries {
			given[e] = true
		}
	}
	for k, r := range s.fetch(t, keys) {
		ids := map[string]bool{}
		for _, e := range r.Entries {
			if !sources.Fits(k.Section, e) {
				t.Errorf("%s: an entry is a %T", k.Section.Name(), e)
				continue
			}
			c.whole(t, k, e.Common())
			if given[e] {
				t.Errorf("%s: an entry was given twice; each answer needs its own, because System stamps them", k.Section.Name())
			}
			if id := e.Common().Provenance.LocalID; ids[id] {
				t.Errorf("%s: two entries with one id", k.Section.Name())
			} else {
				ids[id] = true
			}
		}
		for _, a := range r.Asserted {
			if a.Subject != k.LocalID {
				t.Errorf("%s: an assertion's Subject is %q, want the person asked for", k.Section.Name(), a.Subject)
			}
			if a.Code.IsZero() {
				t.Errorf("%s: an assertion has no code", k.Section.Name())
			}
		}
		for _, g := range r.Gaps {
			if (g.Status != record.Partial && g.Status != record.Withheld) || g.Code == "" || g.Reason == "" {
				t.Errorf("%s: a gap without status, code or reason: %+v", k.Section.Name(), g)
			}
		}
	}
	sys := c.system(t, w, patience)
	for i, r := range sys.Begin(keys) {
		if a := await(t, r); a.Err != nil {
			t.Errorf("%s through System: %v", keys[i].Section.Name(), a.Err)
		}
	}
}

func (c *Case) whole(t *testing.T, k sources.Key, b *record.Base) {
	t.Helper()
	section := k.Section.Name()
	if b.Subject != k.LocalID {
		t.Errorf("%s: an entry's Subject is %q, want the person asked for", section, b.Subject)
	}
	if b.Provenance.LocalID == "" {
		t.Errorf("%s: an entry has no Provenance.LocalID", section)
	}
	for _, d := range []record.Date{b.Date, b.Recorded} {
		if _, err := record.ParseDate(string(d)); err != nil {
			t.Errorf("%s: %v", section, err)
		}
	}
	if b.Date == "" && b.Recorded == "" && c.Undated[k.Section] == "" && !exempt(k.Section) {
		t.Errorf("%s: an entry has neither Date nor Recorded", section)
	}
	if b.Code.Label() == "" && c.Uncoded[k.Section] == "" && !exempt(k.Section) {
		t.Errorf("%s: an entry has no coded or worded Code", section)
	}
	if b.ID != "" || b.Provenance.Source != nil || !b.Provenance.Retrieved.IsZero() {
		t.Errorf("%s: ID, Provenance.Source and Provenance.Retrieved are for System to stamp", section)
	}
}

// throughCall refuses every call: no key may then be answered, which shows that none
// goes past the cap and the breaker.
func throughCall(t *testing.T, c *Case) {
	if c.NoCalls != "" {
		t.Skip("not applicable: " + c.NoCalls)
	}
	refusal := &sources.Error{Kind: sources.Unavailable, Code: "breaker-open", Reason: "It has not been answering"}
	s := c.open(t, c.start(t, Normal), func(context.Context, func(context.Context) error) error { return refusal }).closeAtEnd(t)
	for k, r := range s.fetch(t, c.keys(s)) {
		if e := sources.AsError(r.Err); e == nil || e.Code != refusal.Code {
			t.Errorf("%s: without Env.Call it answers %v, want %v passed on as it is", k.Section.Name(), r.Err, refusal)
		}
	}
}
