package main

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets four tests of the running program go at once: most of their time they wait
// for systems that are slow on purpose.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f != nil && f.Value.String() == f.DefValue {
		_ = f.Value.Set("4")
	}
	os.Exit(m.Run())
}

// exhausts marks a test that goes through every combination of something: the race
// detector has seen the same code in others, and `make test` runs this one without it.
func exhausts(t *testing.T) {
	t.Helper()
	if racing {
		t.Skip("every combination: run without the race detector by the next command of make test")
	}
}
