package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// A secret's file is taken from the configuration's own folder, wherever one stands; one
// that is nowhere is warned of, and so is a variable that is not set. Neither is repeated,
// for it may be the secret itself.
func TestFilesOfSecrets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("hush", "hush")
	stanza := func(id, auth string) string {
		return "  - {id: " + id + ", type: fhirr4, organisation: {ods: A81001, name: Surgery}, connect: {url: 'https://fhir.surgery.nhs.uk/R4', auth: {kind: basic, username: patchwork, " + auth + "}}}\n"
	}
	file := write("patchwork.yaml", "sources:\n"+stanza("beside", "password_file: hush")+stanza("nowhere", "password_file: hunter2")+
		stanza("unset", "password_env: PATCHWORK_NO_SUCH_SECRET")+stanza("absolute", "password_file: "+filepath.Join(dir, "hunter2")))
	var out, errs bytes.Buffer
	if code := run([]string{"config", "check", file}, &out, &errs); code != 0 {
		t.Fatalf("%d %s", code, errs.String())
	}
	said := out.String()
	for _, want := range []string{
		"4 sources, 0 logins",
		"patchwork.yaml:3: source nowhere: auth.password_file: this file is not there, neither beside this configuration nor in the current folder",
		"patchwork.yaml:4: source unset: auth.password_env: this environment variable is not set here",
		"patchwork.yaml:5: source absolute: auth.password_file: this file is not there\n",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, "source beside:") || strings.Contains(said, "hunter2") || strings.Contains(said, "NO_SUCH") {
		t.Error(said)
	}
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	beside := config.Sources[0].connector
	if s, err := beside.Open(t.Context(), sourcesEnv()); err != nil {
		t.Error(err)
	} else if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A source whose organisation has no code is warned of.
func TestOrganisationWithoutACode(t *testing.T) {
	t.Parallel()
	c, err := parseConfig("a.yaml", []byte("sources:\n  - {id: gp, type: fhirr4, organisation: {name: Surgery}, connect: {url: 'https://fhir.surgery.nhs.uk/R4', auth: {kind: none}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.warnings) != 1 || !strings.Contains(c.warnings[0].text, "organisation has no ods") {
		t.Errorf("%v", c.warnings)
	}
}

func sourcesEnv() sources.Env {
	return sources.Env{ID: "x", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: time.UTC,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}
