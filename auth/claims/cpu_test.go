//go:build linux && !race

package claims_test

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
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

// greedy are rules that cost as much as rules can: nobody should write them, and still no
// claims make them run away.
func greedy() claims.Rules {
	return claims.Rules{
		Name: `claims.groups.map(a, string(claims.text)).join()`,
		Roles: []claims.RoleRule{
			{When: `claims.text.matches("^(([a-z])+.)+[A-Z]([a-z])+$")`, Role: "gp"},
			{When: `claims.groups.exists(g, g.matches("(x+x+)+y.{100}$"))`, Role: "gp"},
			{When: `claims.groups.all(a, claims.groups.all(b, claims.groups.exists(c, a == b && b != c)))`, Role: "gp"},
			{When: `claims.groups.map(a, claims.groups.map(b, claims.text.trim() + a + b).join()).map(s, string(s)).join() == ""`, Role: "gp"},
			{When: `claims.groups.exists(g, g != "a" && g + g == claims.text)`, Role: "gp"},
			{When: `claims.groups.filter(a, !(a in claims.groups)).size() > 0`, Role: "gp"},
			{Each: `claims.groups`, When: `claims.groups.exists(g, g != it && g + it == claims.text)`, Role: "gp"},
			{When: `claims.text.replace("a", "aaaaaaaaaaaaaaaa").split("a").size() == 1`, Role: "gp"},
			{When: `claims.deep == claims.deeper`, Role: "gp"},
			{When: `"%s%s%s".format([claims.groups, claims.deep, claims.text]) == ""`, Role: "gp"},
		},
	}
}

// Whatever is said, the mapping ends within 20 ms of CPU. It does not run beside other
// tests, and not under the race detector.
func TestHostileClaimsEndSoon(t *testing.T) {
	a4k := strings.Repeat("a", 4<<10)
	cases := map[string]object{
		"a long list":         {"groups": repeated("admin", 1e6)},
		"a list just allowed": {"groups": repeated("x", 4990), "text": a4k, "deep": nested("x", 7)},
		"long texts":          {"groups": repeated(strings.Repeat("x", 4<<10), 60), "text": a4k},
		"texts near a match":  {"groups": repeated(strings.Repeat("xy", 2<<10), 60), "text": strings.Repeat("a", 4095) + "!"},
		"a giant text":        {"groups": list{strings.Repeat("x", 100<<20)}, "text": a4k},
		"a giant key":         {strings.Repeat("x", 100<<20): true},
		"deep":                {"deep": nested("x", 100_000), "groups": list{}},
		"deep, just allowed":  {"deep": nested("x", 7), "deeper": nested("x", 7), "groups": list{"a"}, "text": "a"},
		"wide":                {"groups": nested(repeated(repeated("x", 90), 50), 5), "text": a4k},
		"many keys":           {"groups": repeated(object{"a": "b", "c": object{"d": list{}}}, 950)},
		"lists of nothing":    {"groups": repeated(list{}, 4900), "text": ""},
	}
	var worst time.Duration
	for name, rules := range map[string]claims.Rules{"trusting": trusting(), "greedy": greedy(), "region": region()} {
		organisations := two[:1]
		if name == "region" {
			organisations = two
		}
		m := compiled(t, rules, organisations)
		for kind, said := range cases {
			took := medianCPU(t, 5, func() {
				var r *auth.Refusal
				if _, err := m.Map(proofOf(said)); err != nil && !errors.As(err, &r) {
					t.Errorf("%s, %s: %v", name, kind, err)
				}
			})
			worst = max(worst, took)
			if took > 20*time.Millisecond {
				t.Errorf("%s, %s: %v of CPU", name, kind, took)
			}
		}
	}
	t.Logf("the worst took %v of CPU", worst)
}
