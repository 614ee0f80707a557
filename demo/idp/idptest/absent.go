// Package idptest helps tests that talk to the identity providers of demo/idp.
package idptest

import (
	"errors"
	"os"
	"testing"

	"github.com/patchworkcare/patchwork/demo/idp"
)

// Started fails the test if a provider did not start. One that is not installed skips it,
// except where everything is meant to be there (CI=true or PATCHWORK_TEST_REAL=1).
func Started(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case errors.Is(err, idp.ErrAbsent) && os.Getenv("CI") != "true" && os.Getenv("PATCHWORK_TEST_REAL") != "1":
		t.Skipf("skipped: absent: %v", err)
	default:
		t.Fatal(err)
	}
}
