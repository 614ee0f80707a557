package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
)

// server is everything that runs, in the order in which data flows through it.
type server struct {
	config   *Config
	log      *slog.Logger
	registry *prometheus.Registry
	systems  []*sources.System
	db       *migrations.DB
	ledger   *audit.Ledger
	proof    *proof
	users    *local.Users
	sessions *auth.Sessions
	auth     *auth.Authenticator
	index    *patient.Index
	executor *resolvers.Executor
}

// open builds the server. Systems that are down do not keep it from opening; a
// database that cannot be used does.
func open(ctx context.Context, c *Config, log *slog.Logger) (_ *server, err error) {
	s := &server{config: c, log: log, registry: prometheus.NewRegistry()}
	s.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.db, err = migrations.Open(ctx, c.State); err != nil {
		return nil, err
	}
	if err = migrations.Apply(ctx, s.db); err != nil {
		return nil, err
	}
	if s.ledger, err = audit.Open(ctx, s.db.Write, time.Now, log); err != nil {
		return nil, err
	}
	s.ledger.ReadFrom(s.db.Read)
	if s.proof, err = openProof(ctx, c, s.ledger, s.db, log); err != nil {
		return nil, err
	}
	if err = s.openSources(ctx); err != nil {
		return nil, err
	}
	s.users = local.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	s.sessions = auth.NewSessions(s.db.Write, s.db.Read, time.Now)
	if c.Session.Idle > 0 {
		s.sessions.Idle = c.Session.Idle
	}
	if c.Session.Absolute > 0 {
		s.sessions.Absolute = c.Session.Absolute
	}
	s.auth = &auth.Authenticator{Sessions: s.sessions, Login: s.users, Ledger: s.ledger, PlainHTTP: c.PlainHTTP, Log: log}
	s.index = patient.NewIndex(s.db.Write, s.db.Read, s.finders(), time.Now, log)
	return s, s.openExecutor()
}

func (s *server) openSources(ctx context.Context) error {
	metrics := sources.NewMetrics(s.registry)
	for i := range s.config.Sources {
		stanza := &s.config.Sources[i]
		system, err := sources.Open(ctx, stanza.connector, stanza.settings(), sources.Env{
			ID: stanza.ID, Log: s.log, Now: time.Now, Zone: s.config.zone,
		}, metrics)
		if err != nil {
			return fmt.Errorf("source %s cannot be opened: %w", stanza.ID, err)
		}
		s.systems = append(s.systems, system)
	}
	return nil
}

func (s *server) openExecutor() error {
	set, err := s.policies()
	if err != nil {
		return err
	}
	classes, err := resolvers.Coordinates(resolvers.Schema())
	if err != nil {
		return err
	}
	guard, err := policy.New(set, classes, nil)
	if err != nil {
		return err
	}
	s.executor, err = resolvers.NewExecutor(&resolvers.Resolver{
		Systems: s.systems, Index: s.index, Guard: guard, Ledger: s.ledger, Now: time.Now, Log: s.log,
		Wait: s.config.Answers.Wait, MaxWait: s.config.Answers.MaxWait,
	}, resolvers.Options{Introspection: s.config.Introspection})
	return err
}

func (s *server) policies() (*policy.Set, error) {
	if s.config.Policies == "" {
		return policy.Defaults()
	}
	text, err := os.ReadFile(s.config.Policies)
	if err != nil {
		return nil, fmt.Errorf("the policies cannot be read: %w", err)
	}
	return policy.Load(text)
}

// settings are what the stanza decides about its source.
func (c *SourceConfig) settings() sources.Settings {
	s := sources.Settings{
		Origin: record.Origin{
			ID: c.ID, Name: c.Name, Kind: c.Type, CareSetting: c.CareSetting,
			Organisation: record.Organisation{ODS: c.Organisation.ODS, Name: c.Organisation.Name},
		},
		Timeout: c.Timeout, Concurrency: c.Concurrency, Remember: defaultRemember,
		RememberBy: map[record.Section]time.Duration{},
	}
	if c.Remember != nil {
		s.Remember = *c.Remember
	}
	for name, d := range c.RememberBy {
		if section, ok := record.SectionNamed(name); ok {
			s.RememberBy[section] = d
		}
	}
	return s
}

// finders lets the patient index ask the systems that can search.
func (s *server) finders() []patient.System {
	list := make([]patient.System, len(s.systems))
	for i, system := range s.systems {
		list[i] = patient.System{ID: system.Origin().ID}
		if system.CanFind() {
			list[i].Finder = finder{system}
			list[i].Deadline = s.config.Sources[i].Timeout
		}
	}
	return list
}

// finder is a system as the patient index sees it: its errors say why in the reader's
// words.
type finder struct{ *sources.System }

// Find asks the system.
func (f finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found, err := f.System.Find(ctx, queries)
	if err != nil {
		return nil, failure{sources.AsError(err)}
	}
	return found, nil
}

type failure struct{ cause *sources.Error }

// Error is the cause's text.
func (f failure) Error() string { return f.cause.Error() }

// Unwrap gives the cause.
func (f failure) Unwrap() error { return f.cause }

// Failure gives the code and the reason.
func (f failure) Failure() (code, reason string) { return f.cause.Code, f.cause.Reason }

// close ends everything in the opposite order.
func (s *server) close() error {
	var errs []error
	if s.index != nil {
		errs = append(errs, s.index.Close())
	}
	for _, system := range s.systems {
		errs = append(errs, system.Close())
	}
	if s.ledger != nil {
		errs = append(errs, s.ledger.Close())
	}
	if s.proof != nil {
		errs = append(errs, s.proof.close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	return errors.Join(errs...)
}
