package sources

import (
	"context"
	"log/slog"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Connector is a kind of system, as its stanza in patchwork.yaml configures it: a
// struct with yaml tags. connectors.go in package main maps a type name to one.
type Connector interface {
	// Validate reports every problem of the stanza at once; nil if there is none.
	// It touches neither network nor disk. Each Problem names the key it is about.
	Validate() []Problem
	// Open makes the Source ready to use. It must not fail because the system is
	// down at this moment: a region starts with systems down.
	Open(ctx context.Context, env Env) (Source, error)
}

// Problem is one thing wrong with a stanza.
type Problem struct {
	// Path leads to the key within the stanza, for example "sections.allergies.query".
	Path string
	// Text says what is wrong and what is allowed, in one sentence without a full stop.
	Text string
}

// Env is what a connector is given besides its stanza.
type Env struct {
	// ID is the source's id in the configuration.
	ID string
	// Log never receives a name, number or birth date.
	Log *slog.Logger
	// Now is the clock; never nil.
	Now func() time.Time
	// Zone is where times without an offset are meant; never nil (Europe/London by default).
	Zone *time.Location
	// Call runs one call to the system (one HTTP request with its answer read, one SQL
	// query) under the source's concurrency cap and circuit breaker; never nil. Every
	// call goes through it. It returns what do returned, or an *Error of its own when
	// the breaker is open, the source asked to be left alone or the cap was not free in
	// time: pass that one on as it is.
	//
	// What do returns decides about the breaker: an *Error of Kind Unavailable or
	// Timeout, or any error that is no *Error, says that the source does not answer;
	// every other kind says that it does. So do returns nil for "not found".
	// An *Error with RetryAfter keeps all calls away for that long, up to a minute.
	// Nothing is retried: net/http itself repeats an idempotent request whose kept-alive
	// connection was closed before the first byte, and more would only load a system
	// that is in trouble.
	Call func(ctx context.Context, do func(context.Context) error) error
	// AtOnce is how many calls Call lets through at the same time: who has more to ask
	// begins with what matters most, for those that queue are let in by chance. 0 is no bound.
	AtOnce int
	// Notice hears what is for whoever joins the system; nil where nobody listens. Use Tell.
	Notice func(n Notice, about string)
}

// Key asks for one section of one person by the source's own id of that person.
type Key struct {
	Section record.Section
	LocalID string
}

// Source is one configured system.
type Source interface {
	// Offers lists the sections it can answer, fixed for its lifetime.
	Offers() []record.Section
	// Fetch reads all keys, in as few calls as the system allows, and calls answer
	// once for each distinct key as soon as that key is known; answer may be called
	// from several goroutines. All keys are of offered sections. Fetch returns when
	// every key was answered or ctx is done, and leaves no goroutine behind.
	// A person unknown there is an empty Result, not an error. Every entry and every
	// assertion carries the Subject that stood in the data itself. What is given to
	// answer is System's from then on, which stamps provenance on it: entries and slices
	// are made anew for every answer, and not touched afterwards.
	Fetch(ctx context.Context, keys []Key, answer func(Key, Result))
	// Close lets go of connections. No Fetch is called after it.
	Close() error
}

// Finder is a Source that can look people up, many at once in as few calls as the
// system allows. The answer is aligned with queries: a slice of people for each,
// empty where nobody matches, which is not an error. Each Person carries its local
// id in Subject and in Provenance.LocalID.
type Finder interface {
	Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error)
}

// Prober is a Source that can say whether it is reachable at little cost.
type Prober interface {
	Probe(ctx context.Context) error
}

// Result is what a source says about one Key. The zero Result is: answered, and
// nothing recorded.
type Result struct {
	// Entries are of the section's entry type (pointers): *record.Allergy and so on.
	Entries []record.Entry
	// Asserted are statements that there are none; they are never entries.
	Asserted []record.Assertion
	// Gaps are things missing that the source named or that we know of.
	Gaps []Gap
	// LeftOut is how many statements the connector left out because they were entered in
	// error, or are configured to be; for who joins the system, not for readers.
	LeftOut int
	// Unknown says that the source told that it does not know the person, rather than that it
	// has nothing of them; for who joins the system, not for readers.
	Unknown bool
	// AsOf is when the data was true; zero means at the time of asking.
	AsOf time.Time
	// Err is why there is no complete answer; an *Error, or one is made of it.
	// With Err set, Entries are not used.
	Err error
}

// Gap is something missing from an answer that is otherwise usable.
type Gap struct {
	// Status is record.Partial or record.Withheld.
	Status record.Status
	// Code is machine-readable, for example "page-cap", "confidential-items".
	Code string
	// Reason is one plain sentence for the reader, without personal data.
	Reason string
}
