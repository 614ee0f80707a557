package sources

import (
	"context"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// A panic in a goroutine of the connector's own is one read that fails, not the server's end.
func TestAPanicInAGoroutineOfTheConnectors(t *testing.T) {
	t.Parallel()
	var log journal
	s := openLogged(t, &clinic{fetch: func(_ context.Context, keys []Key, answer func(Key, Result)) {
		var all Group
		all.Go(func() { answer(keys[0], Result{}) })
		all.Go(func() { panic("Ada Lovelace, 9434765919") })
		all.Go(func() { panic("another") })
		all.Wait()
	}}, Settings{}, &log)
	reads := s.Begin([]Key{{Section: record.Allergies, LocalID: "1"}, {Section: record.Problems, LocalID: "1"}})
	for _, r := range reads {
		<-r.Done()
	}
	if a := reads[0].Answer(); a.Err != nil {
		t.Errorf("what was answered before is lost: %v", a.Err)
	}
	if e := AsError(reads[1].Answer().Err); e == nil || e.Code != faultCode {
		t.Errorf("%v", e)
	}
	if log.count("Ada") > 0 || log.count("group_test.go") != 1 || log.count("type=string") != 1 {
		t.Errorf("the log: %s", log.out.String())
	}
}
