package resolvers

import (
	"fmt"
	"runtime"
	"strings"
)

// panicSite names the function of ours that panicked, without any value.
func panicSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "patchworkcare/patchwork/") && !strings.Contains(f.Function, "recovered") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}

func typeName(err error) string { return fmt.Sprintf("%T", err) }
