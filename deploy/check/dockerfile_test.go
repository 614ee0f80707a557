package check

import (
	"os"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// The Dockerfile is one that BuildKit reads, without a warning, and its image is the program
// alone: no shell, not root.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	tree, err := parser.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range tree.Warnings {
		t.Error(w.Short)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, description, _, text string, _ []parser.Range) {
		t.Errorf("%s: %s %s", rule, description, text)
	}})
	stages, _, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	last := stages[len(stages)-1]
	if len(stages) != 3 || !strings.HasPrefix(last.BaseName, "gcr.io/distroless/static") || !strings.HasSuffix(last.BaseName, ":nonroot") {
		t.Errorf("%d stages, the last from %s", len(stages), last.BaseName)
	}
	said := map[string]bool{}
	for _, c := range last.Commands {
		said[c.Name()] = true
		switch c := c.(type) {
		case *instructions.RunCommand:
			t.Error("something runs in an image that has no shell")
		case *instructions.UserCommand:
			if c.User != "65532:65532" {
				t.Errorf("it runs as %s", c.User)
			}
		case *instructions.CopyCommand:
			if c.From != "program" {
				t.Errorf("something comes from %q and not from the build", c.From)
			}
		case *instructions.HealthCheckCommand:
			if c.Health.Test[0] != "CMD" || c.Health.Test[1] != "/usr/bin/patchwork" {
				t.Errorf("the health check wants a shell: %v", c.Health.Test)
			}
		}
	}
	for _, want := range []string{"USER", "HEALTHCHECK", "ENTRYPOINT", "CMD", "VOLUME", "EXPOSE"} {
		if !said[want] && !said[strings.ToLower(want)] {
			t.Errorf("it has no %s: %v", want, said)
		}
	}
}
