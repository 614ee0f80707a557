package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/overload"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/smart"
	"github.com/patchworkcare/patchwork/smart/cast"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/stages"
	"github.com/patchworkcare/patchwork/switches"
	"github.com/patchworkcare/patchwork/telemetry"
	"github.com/patchworkcare/patchwork/usage"
	"github.com/patchworkcare/patchwork/viewer"
	"github.com/patchworkcare/patchwork/views"
	"github.com/patchworkcare/patchwork/web"
)

// server is everything that runs, in the order in which data flows through it.
type server struct {
	config   *Config
	log      *slog.Logger
	registry *prometheus.Registry
	tracer   *telemetry.Tracer // nil traces nothing
	requests *telemetry.Requests
	gate     *overload.Gate
	watching func() // ends the watch over the load
	systems  []*sources.System
	switches *switches.Store
	stages   *stages.Store
	trials   *stages.Trials
	db       *migrations.DB
	ledger   *audit.Ledger
	proof    *proof
	users    *local.Users
	sessions *auth.Sessions
	auth     *auth.Authenticator
	accounts *accounts.Accounts
	door     *signin.Door
	index    *patient.Index
	lists    *lists.Store
	viewer   *viewer.Store
	views    *views.Store
	viewing  func() // ends the work on runs of views
	policies *policy.Store
	reviews  *review.Queue
	follow   func() // ends the queue's following of the ledger
	usage    *usage.Counter
	tallying func() // ends the counting of usage
	executor *resolvers.Executor
	clients  *smart.Clients
	smart    *smart.Server
	hub      *cast.Hub
	// launchers are the EPRs that are SMART servers themselves.
	launchers *smartlogin.Handler
	sweep     func() // ends the clearing away of old tokens
	feeds     func() // ends the following of feeds
	hearing   func() // ends the hearing of what other servers change
	counts    *counts
	leaving   atomic.Bool

	secrets smart.Secrets
	metrics *sources.Metrics
	probes  *resolvers.Probes
	lent    lent
}

// open builds the server. Systems that are down do not keep it from opening; a
// database that cannot be used does.
func open(ctx context.Context, c *Config, log *slog.Logger) (*server, error) {
	return openBeside(ctx, c, log, nil)
}

// openBeside builds the server; from is one that runs on the same database, nil for none.
func openBeside(ctx context.Context, c *Config, log *slog.Logger, from *server) (_ *server, err error) {
	s := &server{config: c, log: log, registry: prometheus.NewRegistry(), gate: newGate(c)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if err = s.openTelemetry(ctx); err != nil {
		return nil, err
	}
	if from != nil {
		s.borrow(from)
	} else if err = s.openLedger(ctx); err != nil {
		return nil, err
	}
	if s.secrets, err = smart.ReadSecrets(c.secretFile(), true); err != nil {
		return nil, err
	}
	s.countUsage(s.secrets.Root())
	if from == nil {
		s.watchLedger()
	}
	if err = s.openSources(ctx, from); err != nil {
		return nil, err
	}
	if s.switches, err = switches.Open(ctx, s.db.Write, s.db.Read, s.ledger, s.systems, time.Now, log); err != nil {
		return nil, err
	}
	if s.stages, err = stages.Open(ctx, s.db.Write, s.db.Read, s.ledger, c.stages(), time.Now, log); err != nil {
		return nil, err
	}
	s.trials = s.stages.OpenTrials()
	s.users = local.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	if c.hashMemory > 0 {
		s.users.HashMemory = c.hashMemory
	}
	s.sessions = auth.NewSessions(s.db.Write, s.db.Read, time.Now)
	if c.Session.Idle > 0 {
		s.sessions.Idle = c.Session.Idle
	}
	if c.Session.Absolute > 0 {
		s.sessions.Absolute = c.Session.Absolute
	}
	s.auth = &auth.Authenticator{Sessions: s.sessions, Ledger: s.ledger, PlainHTTP: c.PlainHTTP, Log: log}
	if err = s.openDoor(ctx); err != nil {
		return nil, err
	}
	s.index = patient.NewIndex(s.db.Write, s.db.Read, s.finders(), time.Now, log)
	s.index.Linking = c.linking()
	s.index.Mute = func(source string) bool { return s.stages.Current().Mute(source) }
	s.followFeeds()
	s.lists = lists.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	s.viewer = viewer.New(s.db.Write, s.db.Read, s.secrets.Current, c.Viewer.keeping(), time.Now)
	s.viewer.Older, s.viewer.Root = s.secrets.Others(), s.secrets.Root()
	if err = s.openViews(); err != nil {
		return nil, err
	}
	s.clients = smart.NewClients(s.db.Write, s.db.Read, s.ledger, time.Now)
	if s.counts == nil {
		s.counts = newCounts(s.db, s.secrets.Root())
	}
	if err = s.openExecutor(ctx, from); err != nil {
		return nil, err
	}
	s.registry.MustRegister(newDatabaseCounts(s.sessions, s.views))
	s.workOnViews()
	s.watchLoad()
	if err = s.openSMART(ctx); err != nil {
		return nil, err
	}
	if err = s.openLaunchers(); err != nil {
		return nil, err
	}
	s.hear()
	return s, nil
}

// openLedger opens the database, and the ledger in it.
func (s *server) openLedger(ctx context.Context) (err error) {
	if s.db, err = migrations.Open(ctx, s.config.State); err != nil {
		return err
	}
	if err = migrations.Apply(ctx, s.db); err != nil {
		return err
	}
	if s.ledger, err = audit.Open(ctx, s.db.Write, time.Now, s.log); err != nil {
		return err
	}
	s.ledger.ReadFrom(s.db.Read)
	s.proof, err = openProof(ctx, s.config, s.ledger, s.db, s.log)
	return err
}

func (s *server) openSources(ctx context.Context, from *server) error {
	if s.metrics == nil {
		s.metrics = sources.NewMetrics(s.registry)
	}
	for i := range s.config.Sources {
		stanza := &s.config.Sources[i]
		if s.borrowSystem(from, stanza.ID) {
			continue
		}
		system, err := sources.Open(ctx, stanza.connector, stanza.settings(), sources.Env{
			ID: stanza.ID, Log: s.log, Now: time.Now, Zone: s.config.zone,
		}, s.metrics)
		if err != nil {
			return fmt.Errorf("source %s cannot be opened: %w", stanza.ID, err)
		}
		s.systems = append(s.systems, system)
	}
	return nil
}

func (s *server) openExecutor(ctx context.Context, from *server) error {
	if err := s.openPolicies(ctx); err != nil {
		return err
	}
	s.openReviews()
	viewer, err := resolvers.ReadOperations(web.Operations())
	if err != nil {
		return fmt.Errorf("the viewer's own operations: %w", err)
	}
	if s.probes == nil {
		s.probes = resolvers.NewProbes(resolvers.SearchLimits(s.config.Search), time.Now)
		s.probes.Sharing = s.counts.sharing
	}
	s.executor, err = resolvers.NewExecutor(s.resolver(), resolvers.Options{
		Introspection: s.config.Introspection, Behind: func() bool { return s.gate.Behind(overload.People) },
		Operations: viewer.With(s.config.GraphQL.operations), PersistedOnly: s.config.GraphQL.PersistedOnly,
		Watch:    s.watch(),
		Rates:    resolvers.Rates{Default: s.config.GraphQL.PerMinute, Clients: s.config.GraphQL.Clients, Free: []string{viewerID}},
		Counting: from.counting(),
	})
	return err
}

// resolver is what every resolver needs, from all that is open.
func (s *server) resolver() *resolvers.Resolver {
	return &resolvers.Resolver{
		Systems: s.systems, About: s.config.about(), Switches: s.switches, Stages: s.stages, Trials: s.trials, Index: s.index, Policies: s.policies, Ledger: s.ledger, Now: time.Now, Zone: s.config.zone, Log: s.log,
		Relations: relationship.New(s.db.Write, s.db.Read, s.ledger, time.Now),
		Reviews:   s.reviews, Staff: review.NewStaff(s.db.Write, s.db.Read, s.ledger, time.Now),
		Accounts: s.accounts, Sessions: s.sessions, Logins: loginInfo{s.door},
		Probes: s.probes,
		Lists:  s.lists, Views: s.views, Viewer: s.viewer, Usage: s.usage, Summaries: s.config.Viewer.summaries(), Clients: s.clients, SelfTest: s.selfTest, TestLauncher: s.testLauncher, CheckSource: s.checkSource,
		Wait: s.config.Answers.Wait, MaxWait: s.config.Answers.MaxWait,
	}
}

// openPolicies takes the policies from the database; an empty one gets those of the
// configuration, or the built-in ones.
func (s *server) openPolicies(ctx context.Context) error {
	seed, err := s.seedPolicies()
	if err != nil {
		return err
	}
	classes, err := resolvers.Coordinates(resolvers.Schema())
	if err != nil {
		return err
	}
	clock := func() time.Time { return time.Now().In(s.config.zone) }
	if s.policies, err = policy.Open(ctx, s.db.Write, s.db.Read, s.ledger, classes, seed, clock, s.log); err != nil {
		return err
	}
	tester := s.config.tester()
	s.stages.Tell(func(now *record.Stages) { s.policies.Guard.Stage(now, tester) })
	return nil
}

func (s *server) seedPolicies() (*policy.Set, error) {
	if s.config.Policies == "" {
		return policy.Defaults()
	}
	text, err := os.ReadFile(s.config.Policies)
	if err != nil {
		return nil, fmt.Errorf("the policies cannot be read: %w", err)
	}
	return policy.Load(text)
}

// openReviews starts the privacy officer's queue.
func (s *server) openReviews() {
	broken := prometheus.NewCounter(prometheus.CounterOpts{Name: "patchwork_break_glass_total", Help: "Glasses broken."})
	s.registry.MustRegister(broken)
	s.reviews = review.New(s.db.Write, s.db.Read, s.ledger, time.Now)
	s.reviews.Zone, s.reviews.Log, s.reviews.Homes = s.config.zone, s.log, s.homes
	s.reviews.Alert = func(i review.Item) {
		broken.Inc()
		s.log.Warn("the glass was broken: review it", "item", i.ID, "seq", i.Seq, "role", i.Actor.Role, "organisation", i.Actor.Organisation)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.reviews.Follow(ctx)
	}()
	s.follow = func() { stop(); <-done }
}

// homes are the organisations in whose systems a patient is registered: their privacy
// officers look at what was done with the patient's record.
func (s *server) homes(ctx context.Context, id string) []string {
	p, err := s.index.Get(ctx, id)
	if err != nil {
		return nil
	}
	var organisations []string
	for _, link := range p.Links {
		for _, system := range s.systems {
			if o := system.Origin(); o.ID == link.Source && !slices.Contains(organisations, o.Organisation.ODS) {
				organisations = append(organisations, o.Organisation.ODS)
			}
		}
	}
	return organisations
}

// settings are what the stanza decides about its source.
func (c *SourceConfig) settings() sources.Settings {
	s := sources.Settings{
		Origin: record.Origin{
			ID: c.ID, Name: c.Name, Kind: c.Type, CareSetting: c.CareSetting,
			Organisation: record.Organisation{ODS: c.Organisation.ODS, Name: c.Organisation.Name},
		},
		Timeout: c.Timeout, Concurrency: c.Concurrency, Remember: defaultRemember, Documents: sources.Documents{Bytes: c.LargestDocument},
		RememberBy: map[record.Section]time.Duration{},
	}
	if c.Rate != nil {
		s.Rate = sources.Rate(*c.Rate)
	}
	s.Windows, s.Maps = c.windows, c.maps
	if c.Remember != nil {
		s.Remember = *c.Remember
	}
	if c.RememberLate != nil {
		if s.RememberLate = *c.RememberLate; s.RememberLate == 0 {
			s.RememberLate = -1
		}
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
			list[i].Finder = finder{s, system}
			list[i].Deadline = s.config.Sources[i].Timeout
			list[i].Trust = s.config.Sources[i].trust
		}
	}
	return list
}

// finder is a system as the patient index sees it: its errors say why in the reader's
// words.
type finder struct {
	server *server
	system *sources.System
}

// Find asks the system.
func (f finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found, err := f.server.tracedFind(ctx, f.system, queries)
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
