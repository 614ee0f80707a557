package main

import (
	"net/netip"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
)

// Config is patchwork.yaml.
type Config struct {
	// Listen is the address to serve on; default 127.0.0.1:8080.
	Listen string `yaml:"listen"`
	// State is the database: sqlite:PATH (default sqlite:patchwork.db) or postgres://….
	State string `yaml:"state"`
	// Zone is where times without an offset are meant; default Europe/London.
	Zone string `yaml:"zone"`
	// Policies is a file that replaces the built-in policies; "" keeps them.
	Policies string `yaml:"policies"`
	// PlainHTTP allows cookies without TLS: for loopback only.
	PlainHTTP bool `yaml:"plain_http"`
	// Introspection lets callers read the schema and be given suggestions.
	Introspection bool `yaml:"introspection"`

	// PublicURL is where browsers reach this server, https://HOST; needed for logins. A slash
	// at its end is taken off.
	PublicURL string `yaml:"public_url"`

	// Proxies are the networks of the balancers and proxies in front, such as 10.0.0.0/8: only
	// what they say of where a request comes from (X-Forwarded-For) is believed.
	Proxies []string `yaml:"proxies"`

	GraphQL GraphQLConfig `yaml:"graphql"`
	SMART   SMARTConfig   `yaml:"smart"`
	Session SessionConfig `yaml:"session"`
	Answers AnswerConfig  `yaml:"answers"`
	Search  SearchConfig  `yaml:"search"`
	Audit   AuditConfig   `yaml:"audit"`
	Stop    StopConfig    `yaml:"stop"`
	Load    LoadConfig    `yaml:"load"`
	// Telemetry is what operators see of requests.
	Telemetry TelemetryConfig `yaml:"telemetry"`
	// Linking is how records without a verified NHS number are compared. docs/linking.md.
	Linking LinkingConfig `yaml:"linking"`
	// Viewer is how the viewer looks, and what it keeps for its users.
	Viewer ViewerConfig `yaml:"viewer"`
	// Views is how custom views are run.
	Views ViewsConfig `yaml:"views"`
	// ClinicalSafety are those who see what is in clinical safety testing. docs/life-cycle.md.
	ClinicalSafety []TesterConfig `yaml:"clinical_safety"`
	// Sources are the region's systems, in the order in which they are shown.
	Sources []SourceConfig `yaml:"sources"`
	// Logins are the organisations' own sign-ins, in the order in which they are offered.
	Logins []LoginConfig `yaml:"logins"`
	// Launchers are the EPRs that open the viewer by their own SMART server.
	Launchers []LauncherConfig `yaml:"launchers"`

	zone    *time.Location
	proxies []netip.Prefix
	// warnings are what `config check` says beside that it is well.
	warnings []problem
	// hashMemory is for tests: what a password's hash takes in KiB. 0: what is safe.
	hashMemory uint32
	// waits is for tests: how long work waits for a processor. nil: what the runtime says.
	waits func() time.Duration
}

// LoadConfig is about being asked for more than the server can do. docs/load.md.
type LoadConfig struct {
	// Always is how many requests are worked on at once however far the processors are behind;
	// default 16 for each processor.
	Always int `yaml:"always"`
}

// GraphQLConfig is about /graphql. docs/build-on-the-api.md.
type GraphQLConfig struct {
	// Persisted are manifests of operations: files that the apps' builds wrote.
	Persisted []string `yaml:"persisted"`
	// PersistedOnly runs no operation but those, and the viewer's own.
	PersistedOnly bool `yaml:"persisted_only"`
	// PerMinute is how many operations a user of an app may send in a minute, and Clients
	// that of some apps, by the ids of registered clients; default 0, any number. The viewer
	// is bound only if it is named.
	PerMinute int            `yaml:"per_minute"`
	Clients   map[string]int `yaml:"clients"`

	operations resolvers.Operations
}

// SMARTConfig is about the authorization server.
type SMARTConfig struct {
	// SecretFile has the secret that seals the signing keys: the same on every server; it is
	// made if it is not there. Default patchwork.secret beside the SQLite database, else in
	// the working directory.
	SecretFile string `yaml:"secret_file"`
	// PrivateKeySets lets key sets of clients be fetched from addresses of the own network.
	PrivateKeySets bool `yaml:"private_key_sets"`
}

// SessionConfig limits sign-ins.
type SessionConfig struct {
	// Idle ends a session that is not used; default 15m. Absolute ends any; default 10h.
	Idle     time.Duration `yaml:"idle"`
	Absolute time.Duration `yaml:"absolute"`
}

// AnswerConfig says how long a reader waits, and how what is not there is worded.
type AnswerConfig struct {
	// Wait is for readers who do not say; default 800ms. MaxWait bounds what they may
	// say; default 2s.
	Wait    time.Duration `yaml:"wait"`
	MaxWait time.Duration `yaml:"max_wait"`
	// LiteralNil lets FHIR summaries say "nilknown" where nothing is recorded, as the national
	// draft has it to the letter; default "notasked". docs/fhir.md.
	LiteralNil bool `yaml:"literal_nil"`
}

// SearchConfig bounds how often one user searches; what is refused is flagged to the
// privacy officer. What is counted is told to all servers.
type SearchConfig struct {
	// PerMinute is how many searches are allowed in a minute, default 30; SimilarPerMinute
	// how many of them may go on to similar people, default 10.
	PerMinute        int `yaml:"per_minute"`
	SimilarPerMinute int `yaml:"similar_per_minute"`
	// Nobody is how many numbers may lead to nobody within NobodyWithin, before looking up
	// numbers is refused; defaults 20 and 10m.
	Nobody       int           `yaml:"nobody"`
	NobodyWithin time.Duration `yaml:"nobody_within"`
}

// SourceConfig is the stanza of one system.
type SourceConfig struct {
	// ID names the source in answers, audit and metrics: lower-case letters, digits, hyphens.
	ID string `yaml:"id"`
	// Type is a connector type: see connectors.go.
	Type string `yaml:"type"`
	// Name is what people call the system.
	Name         string             `yaml:"name"`
	Organisation OrganisationConfig `yaml:"organisation"`
	// CareSetting is where its content is written: gp, acute, mental-health …
	CareSetting string `yaml:"care_setting"`
	// Timeout is the source's own deadline; default 15s.
	Timeout time.Duration `yaml:"timeout"`
	// Concurrency is how many calls may be in flight; default 16.
	Concurrency int `yaml:"concurrency"`
	// Rate is how often it may be called; none is any number. Windows are the only times at
	// which it may be asked; none is always.
	Rate    *RateConfig    `yaml:"rate"`
	Windows []WindowConfig `yaml:"windows"`
	// Remember is how long an answer lives in memory; default 10s, 0s only joins equal
	// reads in flight.
	Remember *time.Duration `yaml:"remember"`
	// RememberLate is how long an answer that came late is kept at least, so that whoever went
	// on without it finds it when asking again; default 5s, 0s not at all.
	RememberLate *time.Duration `yaml:"remember_late"`
	// RememberBy overrides Remember by section.
	RememberBy map[string]time.Duration `yaml:"remember_by"`
	// Maps explain codes of this source's in other code systems.
	Maps []MapConfig `yaml:"maps"`
	// LargestDocument is how many bytes a document may have to be opened; default 50 MiB.
	LargestDocument int64 `yaml:"largest_document"`
	// Stage is shadow, clinical-safety or live, as long as nothing else was set: default live.
	Stage record.Stage `yaml:"stage"`
	// Accepted are findings of `patchwork source check` that were agreed with the supplier.
	Accepted []AcceptedConfig `yaml:"accepted"`
	// Connect is the connector's own part.
	Connect yaml.Node `yaml:"connect"`

	connector sources.Connector
	// trust is what connect says of the system's NHS numbers (trustOf).
	trust   string
	windows []sources.Window
	maps    []*sources.Map
}

// MapConfig is a file of the region's own: CSV with the columns code and target.
type MapConfig struct {
	File string `yaml:"file"`
	// From and To are the URIs of code systems, such as http://read.info/readv2 and
	// http://snomed.info/sct.
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// TesterConfig names a user who tests.
type TesterConfig struct {
	// Login is the id of the stanza by which they sign in, local for Patchwork's own accounts.
	Login string `yaml:"login"`
	// User is their user name there or, where they type none, the provider's own id of them.
	User string `yaml:"user"`
}

// RateConfig is how often a system may be called.
type RateConfig struct {
	// PerSecond is how many calls may begin in a second, also less than one. Burst is how many
	// at once after a pause; default PerSecond, at least 1.
	PerSecond float64 `yaml:"per_second"`
	Burst     int     `yaml:"burst"`
}

// WindowConfig is a time of the week, by the region's clock.
type WindowConfig struct {
	// Days are mon, tue … on which it begins; none is every day.
	Days []string `yaml:"days"`
	// From and To are times of day such as 22:00; a To that is not after From is on the day
	// after.
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// OrganisationConfig names who runs a system.
type OrganisationConfig struct {
	ODS  string `yaml:"ods"`
	Name string `yaml:"name"`
}

// LinkingConfig says how records without a verified NHS number are compared, and what
// becomes of those that are like enough.
type LinkingConfig struct {
	// Scored is what a score above the threshold comes to: link (the default), ask somebody,
	// or off, which looks for no such records at all.
	Scored string `yaml:"scored"`
	// Model are the weights; nil is match.Default.
	*match.Model `yaml:",inline"`
}

// linking is how the patient index links.
func (c *Config) linking() patient.Linking {
	l := patient.Linking{Model: c.Linking.Model, Scored: c.Linking.Scored}
	if l.Model == nil {
		l.Model = match.Default()
	}
	return l
}

// defaultRemember is long enough that the pages of one look at a person do not ask
// twice, and short enough to be called live.
const defaultRemember = 10 * time.Second
