package resolvers

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Watch is told what operations and their reads are, for those who look after the server. What it
// is told are names of the schema and of the configuration, and numbers: never anything of a
// person, nor a text that a caller sent. Nil functions are not called.
type Watch struct {
	// Operation is told the name of the operation that runs if its text is registered, "" of any
	// other; and whether it is answered by a stream.
	Operation func(ctx context.Context, name string, streams bool)
	// Reads gives who takes the reads of the request of ctx, once each has an answer; nil where
	// nobody does, and then nothing is gathered.
	Reads func(ctx context.Context) func(Reading)
}

// Reading is what one request asked of one source about one section, at once.
type Reading struct {
	Source, Section string
	// Began is when it was asked, Ended when the last answer was there.
	Began, Ended time.Time
	// People is of how many people's records (a person may have two in one system); Joined and
	// Remembered how many of them cost the source nothing.
	People, Joined, Remembered int
	// Kinds are how many ended how (sources.Answer.Kind).
	Kinds map[string]int
	// Failed: one did not answer.
	Failed bool
}

// told tells what runs.
func (x *Executor) told(ctx context.Context, ready *prepared, streams bool) {
	if x.watch.Operation == nil {
		return
	}
	name := ""
	if ready.document != nil && ready.document.registered && ready.context != nil && ready.context.Operation != nil {
		name = ready.context.Operation.Name
	}
	x.watch.Operation(ctx, name, streams)
}

// watched tells of reads when the last has an answer, which the sources' deadlines see to. Nobody
// waits for it.
func (w Watch) watched(ctx context.Context, system *sources.System, keys []sources.Key, reads []*sources.Read) {
	if w.Reads == nil {
		return
	}
	take := w.Reads(ctx)
	if take == nil {
		return
	}
	began := time.Now()
	go func() {
		by := map[record.Section]*Reading{}
		for i, read := range reads {
			<-read.Done()
			section := keys[i].Section
			r := by[section]
			if r == nil {
				r = &Reading{Source: system.Origin().ID, Section: section.Name(), Began: began, Ended: began, Kinds: map[string]int{}}
				by[section] = r
			}
			r.add(read)
		}
		for _, r := range by {
			take(*r)
		}
	}()
}

// opened tells of a document that its source was asked for.
func (w Watch) opened(ctx context.Context, system *sources.System, began time.Time, err error) {
	if w.Reads == nil {
		return
	}
	if take := w.Reads(ctx); take != nil {
		kind := sources.Answer{Result: sources.Result{Err: err}}.Kind()
		if err == nil {
			kind = "answered"
		}
		take(Reading{Source: system.Origin().ID, Section: "document", Began: began, Ended: time.Now(), People: 1, Kinds: map[string]int{kind: 1}, Failed: err != nil})
	}
}

func (r *Reading) add(read *sources.Read) {
	a := read.Answer()
	r.People++
	r.Kinds[a.Kind()]++
	r.Failed = r.Failed || a.Err != nil
	switch read.How() {
	case sources.Joined:
		r.Joined++
	case sources.Remembered:
		r.Remembered++
	}
	// By the machine's clock, as Began is: what was answered before takes no time.
	if read.How() == sources.Asked || read.How() == sources.Joined {
		if ended := read.Begun().Add(a.Took); ended.After(r.Ended) {
			r.Ended = ended
		}
	}
}
