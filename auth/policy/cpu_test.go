//go:build linux && !race

package policy

import (
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// threadCPU is what the calling thread has computed; others on the machine do not count.
func threadCPU(t *testing.T) time.Duration {
	t.Helper()
	const clock = 3 // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)
	var at syscall.Timespec
	if _, _, failed := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&at)), 0); failed != 0 { //nolint:gosec // the call fills in at
		t.Fatal(failed)
	}
	return time.Duration(at.Nano())
}

func medianCPU(t *testing.T, runs int, work func()) time.Duration {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	took := make([]time.Duration, runs)
	for i := range took {
		before := threadCPU(t)
		work()
		took[i] = threadCPU(t) - before
	}
	slices.Sort(took)
	return took[runs/2]
}

// TestPageIsCheap: 2,000 decisions under 100 policies cost at most 1 ms of CPU
// (assurance.md §1). It does not run beside other tests, and not under the race detector.
func TestPageIsCheap(t *testing.T) {
	e, p := manyPolicies(t, 100), newPage()
	if allowed := p.decide(e, 2000); allowed < 200 || allowed > 1900 {
		t.Fatalf("%d of 2000 allowed: the page decides too little", allowed)
	}
	if m := medianCPU(t, 301, func() { p.decide(e, 2000) }); m > time.Millisecond {
		t.Errorf("2,000 decisions cost %v of CPU", m)
	} else {
		t.Logf("2,000 decisions, one in six a section's: %v of CPU", m)
	}
	p.session.Scopes = []string{"user/Patient.rs", "user/Condition.rs?code=http://snomed.info/sct|195967001", "user/*.rs?status=active"}
	p.decide(e, 2000)
	if m := medianCPU(t, 301, func() { p.decide(e, 2000) }); m > time.Millisecond {
		t.Errorf("2,000 decisions of an app cost %v of CPU", m)
	} else {
		t.Logf("2,000 decisions of an app: %v of CPU", m)
	}
	p.session.Scopes = nil
	p.checks(e, 2000)
	t.Logf("2,000 sections' decisions: %v of CPU", medianCPU(t, 301, func() { p.checks(e, 2000) }))
}
