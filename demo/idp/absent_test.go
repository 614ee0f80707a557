package idp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/demo/idp"
)

// TestAbsent: what is not installed is said in a sentence, and starts nothing.
func TestAbsent(t *testing.T) {
	t.Parallel()
	empty, half := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(half, "provider.mjs"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, noScript := idp.StartOIDC(t.Context(), idp.OIDCOptions{Folder: empty})
	_, noModules := idp.StartOIDC(t.Context(), idp.OIDCOptions{Folder: half})
	_, noSAML := idp.StartSAML(t.Context(), idp.SAMLOptions{Folder: empty})
	for what, err := range map[string]error{"": noScript, "npm ci": noModules, "simplesamlphp": noSAML} {
		if !errors.Is(err, idp.ErrAbsent) || !strings.Contains(err.Error(), what) {
			if err != nil && (strings.HasPrefix(err.Error(), "php is") || strings.HasPrefix(err.Error(), "node is")) {
				continue // not even that
			}
			t.Errorf("what is not there gives %v", err)
		}
	}
}

// TestImpossibleClient: a registration that cannot be is refused at the start, and what
// the provider said about it is in the error.
func TestImpossibleClient(t *testing.T) {
	t.Parallel()
	_, err := idp.StartOIDC(t.Context(), idp.OIDCOptions{Clients: []idp.OIDCClient{{ID: "x", Secret: "y", RedirectURIs: []string{"no address"}}}})
	if errors.Is(err, idp.ErrAbsent) {
		t.Skip("skipped: absent:", err)
	}
	if err == nil || !strings.Contains(err.Error(), "redirect_uris") {
		t.Errorf("an impossible client gives %v", err)
	}
}
