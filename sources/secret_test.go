package sources

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is missing is named by its key and reference; a secret that somebody wrote where its
// file or variable is to be named is not.
func TestMissingSecretsAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file, env string
		want      []string
		not       string
	}{
		"no variable":            {"", "PATCHWORK_NO_SUCH_SECRET", []string{"password_env (PATCHWORK_NO_SUCH_SECRET)", "is not set"}, "_file"},
		"no file":                {dir + "/none", "", []string{"password_file (none)", "is not there"}, "_env"},
		"a bare name":            {"no-such-secret.txt", "", []string{"password_file (no-such-secret.txt)", "is not there"}, "_env"},
		"an empty file":          {empty, "", []string{"password_file (empty.txt)", "is empty"}, "_env"},
		"a secret as a variable": {"", "Hunter2-canary", []string{"password_env is not set"}, "canary"},
		"a secret as a file":     {"Hunter2-canary", "", []string{"password_file is not there"}, "canary"},
		"base64 as a file":       {"q83v/canary", "", []string{"password_file is not there"}, "canary"},
		"a dsn as a file":        {"postgres://u:canary@h/d", "", []string{"password_file is not there"}, "canary"},
	} {
		_, err := ReadSecret("password", c.file, c.env, "password-file", "password-env")
		e := AsError(err)
		if e == nil || e.Kind != Refused {
			t.Fatalf("%s: %v", name, err)
		}
		for _, want := range c.want {
			if !strings.Contains(e.Reason, want) {
				t.Errorf("%s: %q does not say %q", name, e.Reason, want)
			}
		}
		if strings.Contains(e.Error(), c.not) {
			t.Errorf("%s: it says %q: %s", name, c.not, e)
		}
	}
	t.Run("there", func(t *testing.T) {
		file := filepath.Join(dir, "there")
		if err := os.WriteFile(file, []byte("s\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := ReadSecret("password", file, "", "", ""); err != nil || s != "s" {
			t.Errorf("%q %v", s, err)
		}
	})
}
