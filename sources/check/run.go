package check

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Options say how to check. Zero values are the defaults given with each field.
type Options struct {
	// People are local ids of sample people, whose records are read. Without any, people
	// of the system's own wards, clinics and caseloads are taken, where it offers those.
	People []string
	// Most is how many sample people are read; default 10.
	Most int
	// Wait is how long readers wait for an answer; default 800 ms.
	Wait time.Duration
	// Known gives sample people of whom somebody else knows that they are in the system, for
	// one that offers no wards, clinics or caseloads; nil knows of nobody.
	Known func(ctx context.Context, most int) ([]string, error)
	// Least is of how many sample people the report may tell: those who know who the people
	// of the system are could read of one of them what is counted of fewer.
	Least int
	// Within is how long it may take; what was found until then is reported. 0 is any time.
	Within time.Duration
	// Reached asks only whether the system is there and lets us in: nobody is looked for and
	// nothing of anybody is read.
	Reached bool
	// Accepted are findings that were agreed with the supplier.
	Accepted []Acceptance
	// TrustUnsaid is the stanza's setting that says how far NHS numbers are trusted, where
	// there is one and the stanza does not have it; else "".
	TrustUnsaid string
	// Beside is the system of the same source that runs meanwhile: its rate, its cap and the
	// pauses it was asked for hold for both together. nil where none runs.
	Beside *sources.System
}

// Run opens the source for itself, probes it and closes it. The error is only for what
// keeps it from being tried at all: whatever the system does is in the report.
func Run(ctx context.Context, c sources.Connector, settings sources.Settings, env sources.Env, o Options) (*Report, error) {
	if o.Most <= 0 {
		o.Most = 10
	}
	if o.Wait <= 0 {
		o.Wait = 800 * time.Millisecond
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	settings.Remember, settings.RememberBy, settings.RememberLate = 0, nil, -1 // each answer is the system's own
	r := &run{Options: o, finds: newFinds(), calls: &calls{}, now: env.Now(), origin: settings.Origin, scores: map[record.Section]*tally{}}
	report := &Report{Source: settings.Origin.ID, Type: settings.Origin.Kind}
	if feed, ok := c.(sources.FeedKeeper); ok {
		if err := r.feed(ctx, feed, env); err != nil {
			return nil, err
		}
		report.Checks = r.finds.checks()
		return report, nil
	}
	if o.Beside != nil {
		c = o.Beside.Beside(c)
	}
	asker := ctx
	if o.Within > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Within)
		defer cancel()
	}
	system, err := sources.Open(ctx, watched{c, r.calls}, settings, env, nil)
	if err != nil {
		if asker.Err() != nil {
			return nil, asker.Err()
		}
		r.failed("cannot-open", sources.AsError(err))
		r.giveUp("it could not be opened")
	} else {
		r.system = system
		r.all(ctx)
		if err := system.Close(); err != nil {
			return nil, err
		}
		if asker.Err() != nil {
			return nil, asker.Err()
		}
		if ctx.Err() != nil {
			r.finds.add("out-of-time", "", "")
			if r.read == 0 {
				r.giveUp("the time was over before")
			}
		}
	}
	r.calls.judge(r.finds, r.now, o.Wait)
	r.calls.heard(r.finds)
	r.organisation()
	report.Latency = r.calls.latencies()
	r.accept()
	r.finds.settle(r.of)
	report.Checks, report.Sections, report.People = r.finds.checks(), r.scorecard(), r.read
	return report, nil
}

// run is one check under way.
type run struct {
	Options
	finds  *finds
	calls  *calls
	system *sources.System
	origin record.Origin
	now    time.Time
	read   int // people
	scores map[record.Section]*tally
	days   map[dateField]*days
	// numbered people have an NHS number; of how many it is verified.
	numbered, verified int
}

// giveUp skips what has not been tried.
func (r *run) giveUp(why string) {
	for _, check := range order {
		if len(r.finds.of(check)) == 0 && check != reach && check != rate && check != latency && check != tlsCheck && check != agreed {
			r.finds.skip(check, why)
		}
	}
}

// all goes the way of a reader: reach it, find people, read them.
func (r *run) all(ctx context.Context) {
	e := r.probe(ctx)
	switch rule := ""; {
	case ctx.Err() != nil:
		r.finds.skip(reach, "the time was over before")
		return
	case e != nil:
		if rule = outright(r.fault(e, otherwise(e))); rule == "out-of-turn" {
			r.finds.skip(reach, "it may not be asked now") // never tried is not well (hazard H-02)
		}
		r.failed(rule, e)
		r.giveUp("it was not reached")
		return
	case r.Reached:
		r.giveUp("it was not asked for")
		return
	}
	if e = r.nobody(ctx); e != nil && ctx.Err() == nil {
		rule := r.fault(e, "search-failed")
		r.failed(outright(rule), e)
		if rules[rule].check == login || rules[rule].check == tlsCheck || rules[outright(rule)].check == reach {
			r.giveUp("it did not let us look")
			return
		}
	}
	people, why := r.sample(ctx)
	if len(people) == 0 {
		r.advised()
		r.finds.skip(sections, why)
		for _, check := range ofEntries {
			r.finds.skip(check, why)
		}
		return
	}
	for i, id := range people {
		if ctx.Err() != nil {
			break
		}
		r.person(ctx, i+1, id)
	}
	r.unseen()
	r.advised()
	r.dayMonth()
	r.trust()
	r.mistakes()
	r.strangers()
	for _, section := range slices.Sorted(maps.Keys(r.scores)) {
		t := r.scores[section]
		if t.entries == 0 && t.answers > 0 && t.asserted == 0 && t.unknown < t.answers {
			for range t.answers {
				r.finds.add("nobody-recorded", section, "")
			}
		}
	}
	r.finds.say(sections, fmt.Sprintf("%d sections of %d people read", len(r.scores), r.read))
}

// unseen skips what there was nothing of to look at: that is not well (hazard H-02).
func (r *run) unseen() {
	answers, entries := 0, 0
	for _, t := range r.scores {
		answers, entries = answers+t.answers, entries+t.entries
	}
	for _, check := range ofEntries {
		switch {
		case answers == 0:
			r.finds.skip(check, "no section could be read")
		case entries == 0 && check != subjects && check != paging:
			r.finds.skip(check, "the sample people have no entries")
		}
	}
}

// trust tells where the stanza has forgotten to say how far NHS numbers are trusted.
func (r *run) trust() {
	if r.TrustUnsaid == "" || r.numbered == 0 || r.verified > 0 {
		return
	}
	for range r.numbered {
		r.finds.add("nhs-numbers-unverified", record.Demographics, "")
	}
}

// mistakes says how much was left out as entered in error: much of it may be a mapping that
// takes something else for that.
func (r *run) mistakes() {
	all, where := 0, []string(nil)
	for _, section := range slices.Sorted(maps.Keys(r.scores)) {
		if n := r.scores[section].leftOut; n > 0 {
			all += n
			where = append(where, fmt.Sprintf("%s %d", section.Name(), n))
		}
	}
	if all == 0 {
		return
	}
	text := fmt.Sprintf("%d rows were left out as entered in error, or by skip_when (%s)", all, strings.Join(where, ", "))
	if was := r.finds.said[statuses]; was != "" {
		text = was + "; " + text
	}
	r.finds.say(statuses, text)
}

// otherwise is the rule of a probe that failed for no other reason: what answers that there
// is nothing can be reached.
func otherwise(e *sources.Error) string {
	if absent[e.Code] {
		return "path-unknown"
	}
	return "unreachable"
}

// organisation tells where the stanza does not say by its code whose system it is: who may
// see what is decided by it.
func (r *run) organisation() {
	if r.origin.Organisation.ODS == "" && r.finds.all["organisation-missing"] == nil {
		r.finds.add("organisation-code", "", "")
	}
}

// outright is the rule where no section was asked for.
func outright(rule string) string {
	switch rule {
	case "section-silent":
		return "no-answer"
	case "file-missing":
		return "unreachable"
	}
	return rule
}

// failed notes a failure that is about no section.
func (r *run) failed(rule string, e *sources.Error) {
	r.finds.told(rule, "", "", e.Code, e.Reason)
}

// probe says whether it is there; nil too where it cannot be asked so.
func (r *run) probe(ctx context.Context) *sources.Error {
	e := sources.AsError(r.system.Probe(ctx))
	if e != nil && e.Code == "no-prober" {
		r.finds.say(reach, "this type has no probe of its own: the next calls tell")
		return nil
	}
	return e
}

// person reads all sections of one person, together as a page does.
func (r *run) person(ctx context.Context, number int, id string) {
	var keys []sources.Key
	for _, h := range record.Headings() {
		if r.system.Offers(h.Section) {
			keys = append(keys, sources.Key{Section: h.Section, LocalID: id})
		}
	}
	person := r.find(ctx, number, id)
	var answers []sources.Answer
	for _, read := range r.system.Begin(keys) {
		select {
		case <-read.Done():
		case <-ctx.Done():
			return
		}
		a := read.Answer()
		answers = append(answers, a)
		if person == nil && len(a.Entries) > 0 && a.Err == nil {
			person, _ = a.Entries[0].(*record.Person)
		}
	}
	r.read++
	if person != nil && person.NHSNumber != "" {
		r.numbered++
		if person.NHSNumberStatus == record.NumberVerified {
			r.verified++
		}
	}
	v := view{run: r, number: number, person: person}
	for i, a := range answers {
		v.answer(keys[i].Section, a)
	}
}
