package snippets

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// mostNotRun is how many blocks of all pages may say why they are not run. Whoever adds one
// raises it, and so says it aloud.
const mostNotRun = 16

func TestMain(m *testing.M) {
	code := m.Run()
	if demoAsked.Load() {
		if r, err := started(); err == nil {
			r.end()
		}
	}
	os.Exit(code)
}

// TestPages does what a reader of each page does, by copy and paste, and holds what comes to
// what the page shows. PATCHWORK_DOCS=all runs the slow blocks too (make docs-run).
func TestPages(t *testing.T) {
	t.Parallel()
	all := os.Getenv("PATCHWORK_DOCS") == "all"
	notRun := 0
	for _, file := range pageFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		p := parsePage(file, string(text))
		for _, b := range p.blocks {
			if b.notRun != "" {
				notRun++
				t.Logf("%s: not run: %s", b.at(), b.notRun)
			}
			if b.slow != "" && !all {
				t.Logf("%s: run by `make docs-run` only: %s", b.at(), b.slow)
			}
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			for _, problem := range problemsOf(t, p, all) {
				t.Error(problem)
			}
		})
	}
	t.Logf("%d blocks are not run", notRun)
	if notRun > mostNotRun {
		t.Errorf("%d blocks are not run; at most %d are let pass", notRun, mostNotRun)
	}
}

// problemsOf is everything that is wrong with a page.
func problemsOf(t *testing.T, p page, all bool) []string {
	t.Helper()
	steps, problems := stepsOf(p, all)
	problems = append(p.problems, problems...)
	for i, b := range p.blocks {
		if by := cmp.Or(b.checkedBy, p.checkedBy); by != "" && b.notRun == "" {
			if text, err := os.ReadFile(filepath.Join(root, by)); err != nil || !bytes.Contains(text, []byte(filepath.Base(p.name))) {
				problems = append(problems, b.at()+": "+by+" does not read this page")
			}
			continue
		}
		if look := checked[b.language]; look != nil && b.notRun == "" && b.option("file")+b.option("append") == "" {
			if why := look(t, p, i); why != "" {
				problems = append(problems, b.at()+": "+why)
			}
		}
	}
	if len(steps) > 0 && len(problems) == 0 {
		problems = runSteps(t, placeOf(t, p, all), steps)
	}
	return problems
}

// placeOf makes the directory in which a page is run, with patchwork on the PATH.
func placeOf(t *testing.T, p page, all bool) place {
	t.Helper()
	bin, home := filepath.Dir(binary(t)), t.TempDir()
	where := place{dir: t.TempDir(), address: free(t), most: 2 * time.Minute}
	if all {
		where.most = time.Hour
	}
	if p.repository {
		copyRepository(t, where.dir)
	}
	// A page that starts the demo itself has its own, where that is run at all.
	if p.demo && (!all || !slices.ContainsFunc(p.blocks, block.serves)) {
		r := demoRegion(t)
		where.address = r.address(t)
		bin := filepath.Join(where.dir, "bin")
		if err := errors.Join(os.MkdirAll(bin, 0o750), os.Symlink(r.readyFile, filepath.Join(bin, "ready.json"))); err != nil {
			t.Fatal(err)
		}
	}
	where.env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home, "LISTEN=" + where.address,
		"GOFLAGS=-buildvcs=false", "CGO_ENABLED=0", "GOMODCACHE=" + goEnv(t, "GOMODCACHE"), "GOCACHE=" + goEnv(t, "GOCACHE")}
	return where
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// copyRepository copies what git knows of: a fresh clone. What npm installed is not linked,
// for `npm ci` in the copy would empty it.
func copyRepository(t *testing.T, to string) {
	t.Helper()
	files, err := exec.CommandContext(t.Context(), "git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("not a clone: ", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(files), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			continue // removed, and not committed yet
		}
		target := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
			t.Fatal(err)
		}
		mode := fs.FileMode(0o600)
		if info, err := os.Stat(filepath.Join(root, name)); err == nil {
			mode = info.Mode()
		}
		if err := os.WriteFile(target, text, mode); err != nil {
			t.Fatal(err)
		}
	}
}

// pageFiles are the documents, by their paths in the repository.
func pageFiles(t *testing.T) []string {
	t.Helper()
	files := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "site") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
