package sources

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// register is a clinic that can look people up.
type register struct {
	clinic
	find  func(context.Context, []record.PersonQuery) ([][]record.Person, error)
	probe func(context.Context) error
}

func (r *register) Open(_ context.Context, env Env) (Source, error) {
	r.Env = env
	return r, nil
}

func (r *register) Find(ctx context.Context, qs []record.PersonQuery) ([][]record.Person, error) {
	return r.find(ctx, qs)
}

func (r *register) Probe(ctx context.Context) error { return r.probe(ctx) }

func TestFind(t *testing.T) {
	two := []record.PersonQuery{{LocalID: "1"}, {LocalID: "2"}}
	r := &register{find: func(_ context.Context, qs []record.PersonQuery) ([][]record.Person, error) {
		return [][]record.Person{{{Base: record.Base{Subject: qs[0].LocalID}}}, nil}, nil
	}}
	s := open(t, r, Settings{})
	found, err := s.Find(t.Context(), two)
	if err != nil || len(found) != 2 || len(found[0]) != 1 || len(found[1]) != 0 || !s.CanFind() {
		t.Errorf("%v, %v", found, err)
	}
	var e *Error
	if _, err = s.Find(t.Context(), two[:1]); !errors.As(err, &e) || e.Kind != Malformed {
		t.Errorf("an answer out of line with the question: %v", err)
	}
	r.find = func(context.Context, []record.PersonQuery) ([][]record.Person, error) { panic("Ashworth") }
	if _, err = s.Find(t.Context(), two); !errors.As(err, &e) || e.Code != "connector-fault" {
		t.Errorf("%v", err)
	}
	if _, err = open(t, &clinic{}, Settings{}).Find(t.Context(), two); !errors.Is(err, ErrNoFinder) {
		t.Errorf("%v", err)
	}
}

func TestFindEndsInTimeAndWithItsAsker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		r := &register{find: func(context.Context, []record.PersonQuery) ([][]record.Person, error) {
			<-release
			return nil, nil
		}}
		s := open(t, r, Settings{Timeout: 4 * time.Second})
		begun := time.Now()
		var e *Error
		if _, err := s.Find(t.Context(), nil); !errors.As(err, &e) || e.Kind != Timeout || time.Since(begun) != 4*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		failed := s.Health().LastErrorAt
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Find(ctx, nil); !errors.As(err, &e) || time.Since(begun) != 5*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		if !s.Health().LastErrorAt.Equal(failed) {
			t.Error("an impatient asker counts against the source")
		}
		close(release)
	})
}

func TestProbe(t *testing.T) {
	r := &register{probe: func(context.Context) error { return nil }}
	s := open(t, r, Settings{})
	if err := s.Probe(t.Context()); err != nil || s.Health().State != StateUp {
		t.Errorf("%v, %+v", err, s.Health())
	}
	r.probe = dead
	if err := s.Probe(t.Context()); AsError(err).Code != "connection-refused" || s.Health().State != StateDegraded {
		t.Errorf("%v, %+v", err, s.Health())
	}
	if err := open(t, &clinic{}, Settings{}).Probe(t.Context()); !errors.Is(err, ErrNoProber) {
		t.Errorf("%v", err)
	}
	_ = s.Close()
	if err := s.Probe(t.Context()); AsError(err).Code != "closed" {
		t.Errorf("%v", err)
	}
}
