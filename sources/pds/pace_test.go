package pds_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	register "github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/pds"
)

func deadline(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), 10*time.Second)
}

// many are n people with their numbers.
func many(n int) (all []register.Person, numbers []record.NHSNumber) {
	for nine := 912_000_000; len(all) < n; nine++ {
		for check := range 10 {
			number, err := record.ParseNHSNumber(fmt.Sprintf("%d%d", nine, check))
			if err == nil {
				all = append(all, register.Person{Number: string(number), Family: "Crompton", Born: "1970-01-01"})
				numbers = append(numbers, number)
			}
		}
	}
	return all, numbers
}

func findAll(ctx context.Context, s sources.Source, numbers []record.NHSNumber) (int, error) {
	queries := make([]record.PersonQuery, len(numbers))
	for i, n := range numbers {
		queries[i].NHSNumber = n
	}
	found, err := s.(sources.Finder).Find(ctx, queries)
	n := 0
	for i, people := range found {
		if len(people) == 1 && people[0].NHSNumber == numbers[i] {
			n++
		}
	}
	return n, err
}

// Many numbers are read side by side, but never more at once than the cap allows.
func TestReadsAreBounded(t *testing.T) {
	everybody, numbers := many(40)
	s := newServer(t, register.Options{}, everybody...)
	var now, peak atomic.Int32
	full := make(chan struct{})
	var once sync.Once
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		n := now.Add(1)
		defer now.Add(-1)
		for {
			p := peak.Load()
			if n <= p || peak.CompareAndSwap(p, n) {
				break
			}
		}
		if n == 3 {
			once.Do(func() { close(full) })
		}
		<-full // nobody is answered before three are under way
		s.register.ServeHTTP(w, r)
		return true
	})
	n, err := findAll(t.Context(), open(t, &pds.Config{URL: s.base(), Parallel: 3}), numbers)
	if err != nil || n != 40 || peak.Load() != 3 {
		t.Errorf("%d found, %d at once, %v", n, peak.Load(), err)
	}
}

// The register's limit is kept by ourselves: what cannot be asked in time is said so at
// once instead of waiting for the deadline.
func TestOwnPace(t *testing.T) {
	everybody, numbers := many(30)
	s := newServer(t, register.Options{}, everybody...)
	source := open(t, &pds.Config{URL: s.base(), PerSecond: 5})
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	begun := time.Now()
	_, err := findAll(ctx, source, numbers)
	if e := sources.AsError(err); e == nil || e.Code != "own-limit" || time.Since(begun) > 2*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// A register that says it is asked too often is asked again after the wait that it names,
// if that ends before the deadline; else the refusal and its wait are passed on.
func TestTooOften(t *testing.T) {
	everybody, numbers := many(12)
	s := newServer(t, register.Options{PerSecond: 4}, everybody...)
	source := open(t, &pds.Config{URL: s.base(), Repeats: 5})
	ctx, cancel := deadline(t)
	defer cancel()
	if n, err := findAll(ctx, source, numbers); err != nil || n != 12 {
		t.Errorf("%d found, %v", n, err)
	}
	s.behave(status(429, "Retry-After", "60"))
	begun := time.Now()
	_, err := findAll(ctx, source, numbers[:1])
	e := sources.AsError(err)
	if e == nil || e.Kind != sources.Refused || e.Code != "http-429" || e.RetryAfter != time.Minute || time.Since(begun) > 2*time.Second {
		t.Errorf("%+v after %v", e, time.Since(begun))
	}
	if n := len(s.asked()); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// Who waits for the register's wait to end goes when the asker goes.
func TestWaitEndsWithItsAsker(t *testing.T) {
	s := newServer(t, register.Options{}, people()...)
	came := make(chan struct{}, 1)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		came <- struct{}{}
		return status(429, "Retry-After", "30")(w, r)
	})
	source := open(t, &pds.Config{URL: s.base()})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-came; cancel() }()
	k := sources.Key{Section: record.Demographics, LocalID: "9990000018"}
	if e := sources.AsError(fetch(ctx, source, k)[k].Err); e == nil || e.Kind != sources.Timeout {
		t.Errorf("%+v", e)
	}
}
