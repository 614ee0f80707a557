package check

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// The commands by which the image's program is built, taken from the Dockerfile and run in
// clean copies of what the repository holds: for machines without a Docker daemon. What it
// cannot show is that the base images are there. PATCHWORK_IMAGE_BUILD=1, some minutes.
func TestImageBuildsInACleanCopy(t *testing.T) {
	if os.Getenv("PATCHWORK_IMAGE_BUILD") == "" {
		t.Skip("skipped: PATCHWORK_IMAGE_BUILD is not set")
	}
	text, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parser.Parse(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(tree.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	repository := t.TempDir()
	run(t, "../..", `git archive HEAD | tar -x -C "`+repository+`"`)
	b := &building{repository: repository, roots: map[string]string{}}
	for _, stage := range stages[:len(stages)-1] {
		b.stage(t, stage)
	}
	program := filepath.Join(b.roots["program"], "out/patchwork")
	if out := run(t, ".", program+" version"); !strings.HasPrefix(out, "patchwork 1.2.3 (go1.") {
		t.Errorf("it says %s", out)
	}
	if out := run(t, ".", `go version -m `+program); !strings.Contains(out, "CGO_ENABLED=0") {
		t.Errorf("it is not static: %s", out)
	}
}

// building does what BuildKit does with the few instructions that the stages have, each stage
// in a folder that stands for its root.
type building struct {
	repository string
	roots      map[string]string // stage → folder
	workdir    string
}

func (b *building) stage(t *testing.T, stage instructions.Stage) {
	t.Helper()
	root := t.TempDir()
	b.roots[stage.Name], b.workdir = root, root
	for _, command := range stage.Commands {
		switch c := command.(type) {
		case *instructions.WorkdirCommand:
			b.workdir = filepath.Join(root, c.Path)
			if err := os.MkdirAll(b.workdir, 0o750); err != nil {
				t.Fatal(err)
			}
		case *instructions.CopyCommand:
			from := b.repository
			if c.From != "" {
				from = b.roots[c.From]
			}
			b.copy(t, from, c)
		case *instructions.RunCommand:
			line := strings.ReplaceAll(strings.Join(c.CmdLine, " "), "/out", root+"/out")
			run(t, b.workdir, line, "VERSION=1.2.3", "COMMIT=0123", "TARGETOS=linux", "TARGETARCH=amd64")
		case *instructions.ArgCommand:
		default:
			t.Fatalf("%s is not understood here", command.Name())
		}
	}
}

// copy copies files into a folder, and the contents of folders, as COPY does.
func (b *building) copy(t *testing.T, from string, c *instructions.CopyCommand) {
	t.Helper()
	to := filepath.Join(b.workdir, c.DestPath)
	if err := os.MkdirAll(to, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, source := range c.SourcePaths {
		path := filepath.Join(from, source)
		if info, err := os.Stat(path); err != nil {
			t.Fatal(err)
		} else if info.IsDir() {
			path += "/."
		}
		run(t, ".", `cp -R "`+path+`" "`+to+`/"`)
	}
}

func run(t *testing.T, dir, line string, env ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "sh", "-euc", line)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}
