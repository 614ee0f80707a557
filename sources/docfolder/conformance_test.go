package docfolder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/docfolder"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

const mixUp = "documents are picked by whom they name, so there is no answer about another person"

func TestConformance(t *testing.T) {
	base := sourcetest.Case{Known: []string{philippa, bernard}, Unknown: "RZH-9999", Secrets: []string{"Clinic letter", "20260304", "Discharge"}, GoldenDir: "testdata/none"}
	t.Run("folder", func(t *testing.T) {
		c := base
		c.GoldenDir = ""
		c.Golden = golden
		c.Start = func(t *testing.T) sourcetest.World {
			dir := fill(t)
			return sourcetest.World{Connector: byIndex(dir), Behave: func(b sourcetest.Behaviour) (bool, string) { return misbehave(t, dir, b) }}
		}
		sourcetest.Run(t, c)
	})
	for name, make := range map[string]func(*served) *docfolder.Config{
		"webdav by index": func(s *served) *docfolder.Config { return byIndex(s.URL + "/letters") },
		"webdav by name":  func(s *served) *docfolder.Config { return byName(s.URL + "/letters") },
		"bucket by index": func(s *served) *docfolder.Config { return inBucket(byIndex(""), s.URL) },
		"bucket by name":  func(s *served) *docfolder.Config { return inBucket(byName(""), s.URL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATCHWORK_TEST_S3", "secret")
			c := base
			c.Start = func(t *testing.T) sourcetest.World {
				s := serve(t, fill(t), strings.HasPrefix(name, "bucket"))
				return sourcetest.World{Connector: make(s), Behave: func(b sourcetest.Behaviour) (bool, string) {
					if b == sourcetest.WrongPatient {
						return false, mixUp
					}
					s.behave(map[sourcetest.Behaviour]handler{
						sourcetest.Down: hangUp, sourcetest.Slow: s.hang, sourcetest.Unauthorised: status(401), sourcetest.TooMany: status(429, "Retry-After", "2"),
						sourcetest.Malformed: answering(map[bool]int{true: 200, false: 207}[!strings.Contains(name, "webdav by name")], "<html>Sign in</html>"),
						sourcetest.Truncated: answering(map[bool]int{true: 200, false: 207}[!strings.Contains(name, "webdav by name")], index[:60]),
					}[b])
					return true, ""
				}}
			}
			sourcetest.Run(t, c)
		})
	}
}

func misbehave(t *testing.T, dir string, b sourcetest.Behaviour) (bool, string) {
	t.Helper()
	if _, err := os.Stat(dir + ".away"); err == nil {
		if err := os.Rename(dir+".away", dir); err != nil {
			t.Fatal(err)
		}
	}
	switch b {
	case sourcetest.Normal:
		write(t, filepath.Join(dir, "index.csv"), index)
	case sourcetest.Down:
		if err := os.Rename(dir, dir+".away"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir + ".away") })
	case sourcetest.Malformed:
		write(t, filepath.Join(dir, "index.csv"), "<html>\n<p>Sign in</p>\n")
	case sourcetest.Truncated:
		write(t, filepath.Join(dir, "index.csv"), index[:len(index)-9])
	case sourcetest.WrongPatient:
		return false, mixUp
	case sourcetest.Unauthorised:
		if os.Geteuid() == 0 {
			return false, "the tests run as a user who may read everything"
		}
		if err := os.Chmod(filepath.Join(dir, "index.csv"), 0); err != nil {
			t.Fatal(err)
		}
	default:
		return false, "a folder of this machine has no such behaviour"
	}
	return true, ""
}

func golden(t *testing.T, _ record.Section, input []byte) sources.Result {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "index.csv"), string(input)+"\n")
	return fetchOne(t, open(t, byIndex(dir)), "1")
}
