package smart_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/smart"
)

func TestTheServersSecretIsMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "secret")
	got := make([][]byte, 16)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			var err error
			if got[i], err = smart.ServerSecret(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, s := range got {
		if len(s) != 43 || !bytes.Equal(s, got[0]) {
			t.Fatalf("%d bytes, of one another's", len(s))
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error(left, err)
	}
}

func TestSecretFiles(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want string // "" is refused
	}{
		"text":                        {long + "\n", 0o600, long},
		"without a line end":          {long, 0o600, long},
		"read only":                   {long, 0o400, long},
		"32 bytes, the last one 0x0a": {long[:31] + "\n", 0o600, long[:31] + "\n"},
		"short":                       {long[:31], 0o600, ""},
		"empty":                       {"", 0o600, ""},
		"huge":                        {strings.Repeat("x", 4097), 0o600, ""},
		"for the group":               {long, 0o640, ""},
		"for the world":               {long, 0o604, ""},
		"to be written by the group":  {long, 0o620, ""},
	} {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		got, err := smart.ServerSecret(path)
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if err != nil && strings.Contains(err.Error(), "xxx") {
			t.Errorf("%s: the error has it", name)
		}
	}
	if _, err := smart.ServerSecret(t.TempDir()); err == nil {
		t.Error("a folder is one")
	}
	if _, err := smart.ServerSecret(filepath.Join(t.TempDir(), "none", "secret")); err == nil {
		t.Error("a folder that is not there has one")
	}
}
