package snippets

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// command is a line that somebody is to type.
var command = regexp.MustCompile(`^\s*(\$ |(patchwork|make|curl|npm|npx|docker|podman|kubectl|systemctl|psql|git) \S|go (run|test|build) )`)

// checked are the languages that are looked at without being written to a file; what is
// wrong is said, "" is well.
var checked = map[string]func(*testing.T, page, int) string{
	"json":    checkJSON,
	"yaml":    checkYAML,
	"graphql": checkGraphQL,
}

func checkJSON(_ *testing.T, p page, i int) string {
	dec := json.NewDecoder(strings.NewReader(p.blocks[i].text))
	for {
		var v any
		switch err := dec.Decode(&v); {
		case errors.Is(err, io.EOF):
			return ""
		case err != nil:
			return "not JSON: " + err.Error()
		}
	}
}

// checkYAML holds a part of patchwork.yaml to `config check`, completed by what it does not
// speak of, and policies to `policy check`.
func checkYAML(t *testing.T, p page, i int) string {
	text := p.blocks[i].text
	var whole any
	if err := yaml.Unmarshal([]byte(text), &whole); err != nil {
		return "not YAML: " + err.Error()
	}
	args, complete := []string{"policy", "check"}, "policies:\n"+text
	if keys, ok := whole.(map[string]any); ok {
		args = []string{"config", "check"}
		known := configKeys(t)
		for key := range keys {
			if !slices.Contains(known, key) {
				return fmt.Sprintf("patchwork.yaml has no %s: show the stanza with what it stands under, or say who reads it (`file=PATH`, `<!-- checked by FILE -->`)", key)
			}
		}
		complete = text
		if keys["sources"] == nil {
			complete += "\nsources: [{id: gp, type: fhirr4, name: GP, organisation: {ods: YZ901, name: Practices}, care_setting: gp, connect: {url: 'https://gp.example/R4'}}]\n"
		}
		if keys["public_url"] == nil {
			complete += "public_url: https://care.example\n"
		}
	}
	file := filepath.Join(t.TempDir(), "shown.yaml")
	if err := os.WriteFile(file, []byte(complete), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), binary(t), append(args, file)...).CombinedOutput() //nolint:gosec // the program of this test
	if err != nil {
		return fmt.Sprintf("patchwork %s: %v\n%s", strings.Join(args, " "), err, bytes.ReplaceAll(out, []byte(file), []byte("the block")))
	}
	return ""
}

// configKeys are what may stand at the head of patchwork.yaml.
func configKeys(t *testing.T) (keys []string) {
	t.Helper()
	text, err := os.ReadFile("../../config.go")
	if err != nil {
		t.Fatal(err)
	}
	_, fields, _ := strings.Cut(string(text), "type Config struct {")
	fields, _, _ = strings.Cut(fields, "\n}")
	for _, m := range regexp.MustCompile(`yaml:"(\w+)"`).FindAllStringSubmatch(fields, -1) {
		keys = append(keys, m[1])
	}
	if len(keys) == 0 {
		t.Fatal("config.go has no Config")
	}
	return keys
}

// checkGraphQL runs an operation against the demo, as the user who is named (`as=gp`, the
// default). Its variables stand in the block `json variables` below.
func checkGraphQL(t *testing.T, p page, i int) string {
	b := p.blocks[i]
	ask := map[string]any{"query": b.text}
	if i+1 < len(p.blocks) && p.blocks[i+1].says("variables") {
		var variables map[string]any
		if err := json.Unmarshal([]byte(p.blocks[i+1].text), &variables); err != nil {
			return "its variables: " + err.Error()
		}
		ask["variables"] = variables
	}
	answer, err := demoRegion(t).ask(t, b.option("as"), ask)
	if err != nil {
		return err.Error()
	}
	var errs []struct {
		Message string `json:"message"`
	}
	if raw, has := answer["errors"]; has {
		if err := json.Unmarshal(raw, &errs); err != nil || len(errs) == 0 {
			return fmt.Sprintf("the answer: %s", raw)
		}
		return "the server says: " + errs[0].Message
	}
	return ""
}
