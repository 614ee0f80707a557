package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fhir"
	"github.com/patchworkcare/patchwork/overload"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/views"
)

// ViewsConfig is how custom views are run. docs/views.md.
type ViewsConfig struct {
	// Keep is how long the rows of a run are kept, default 24h; People how many a run may be
	// over, default 100,000; AtOnce how many runs a server works on, default 2.
	Keep   time.Duration `yaml:"keep"`
	People int           `yaml:"people"`
	AtOnce int           `yaml:"at_once"`
	// Secondary allows views for other purposes than care; nil allows none.
	Secondary *SecondaryConfig `yaml:"secondary"`
}

// openViews makes the room of views; it runs nothing before the executor is there.
func (s *server) openViews() (err error) {
	s.views = views.New(s.db.Write, s.db.Read, s.ledger, s.secrets.Current, time.Now)
	s.views.Older, s.views.Root = s.secrets.Others(), s.secrets.Root()
	c := s.config.Views
	s.views.Limits = views.Limits{Keep: c.Keep, People: c.People, AtOnce: c.AtOnce}
	s.views.Fields, s.views.Renderer, s.views.Log = resolvers.ViewFields(resolvers.Schema()), fhir.NewRenderer(), s.log
	s.views.Welcome, s.views.Zone = s.accounts.StillOn, s.config.zone
	if c.Secondary != nil {
		s.views.Limits.Remember = c.Secondary.Remember
		s.views.Governance, err = openGovernance(c.Secondary, s.secrets.Root(), s.index, time.Now)
	}
	return err
}

// workOnViews begins to work on runs.
func (s *server) workOnViews() {
	s.views.Executor = viewRunner{s.executor}
	s.views.Busy = func() bool { return s.gate.Behind(overload.Export) }
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.views.Work(ctx)
	}()
	s.viewing = func() { stop(); <-done }
}

// viewRunner runs the operations of views as every other surface runs its own.
type viewRunner struct{ executor *resolvers.Executor }

// Run runs one operation for the caller in ctx.
func (v viewRunner) Run(ctx context.Context, operation, query string, variables map[string]any) (json.RawMessage, []string, error) {
	data, problems, err := v.executor.RunText(ctx, operation, query, variables)
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.Message)
	}
	return data, texts, err
}

// viewFiles answers GET /views/files/TICKET with the rows of a run.
func (s *server) viewFiles(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		plain(w, http.StatusMethodNotAllowed, "Files are fetched by GET")
		return
	}
	if auth.SessionFrom(r.Context()) == nil {
		plain(w, http.StatusUnauthorized, "Sign in first")
		return
	}
	run, name, err := s.views.Admit(r.Context(), strings.TrimPrefix(r.URL.Path, "/views/files/"))
	form := views.FormOf(name)
	if err != nil || form.Name == "" {
		plain(w, http.StatusNotFound, "There is no such file for you, or its five minutes are over: ask for it again")
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", form.ContentType)
	h.Set("Content-Disposition", `attachment; filename="`+views.FileName(run, form)+`"`)
	if err := s.views.Write(r.Context(), w, run, form); err != nil {
		s.log.Error("a file of a view broke off", "requestId", auth.CallerFrom(r.Context()).RequestID, "form", form.Name)
		panic(http.ErrAbortHandler) // a half file must not read as a whole one
	}
}
