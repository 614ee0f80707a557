package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// problem is one thing wrong with the configuration.
type problem struct {
	line int // 0 if it is about no line
	text string
}

// ConfigError is everything wrong with a configuration, found in one go.
type ConfigError struct {
	File     string
	problems []problem
}

// Error lists the problems, one a line, as file:line: text.
func (e *ConfigError) Error() string {
	lines := make([]string, len(e.problems))
	for i, p := range e.problems {
		if lines[i] = e.File + ": " + p.text; p.line > 0 {
			lines[i] = fmt.Sprintf("%s:%d: %s", e.File, p.line, p.text)
		}
	}
	return strings.Join(lines, "\n")
}

// loadConfig reads and checks a configuration file; the error is a *ConfigError or
// says why the file cannot be read.
func loadConfig(file string) (*Config, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the configuration cannot be read: %w", err)
	}
	return parseConfig(file, text)
}

// parseConfig decodes strictly: unknown keys and bad values are all reported at once.
func parseConfig(file string, text []byte) (*Config, error) {
	c := &Config{}
	l := &loading{dir: filepath.Dir(file)}
	var root yaml.Node
	if err := yaml.Load(text, &root); err != nil && len(bytes.TrimSpace(text)) > 0 {
		l.decoding("", err)
	} else {
		l.keys("", mapping(&root), c, "")
		l.files(mapping(&root))
		l.decoding("", root.Load(c))
		l.careSettings(mapping(&root))
		l.check(c, mapping(&root))
	}
	if len(l.problems) == 0 {
		c.warnings = l.warnings
		return c, nil
	}
	sort.SliceStable(l.problems, func(i, j int) bool { return l.problems[i].line < l.problems[j].line })
	return nil, &ConfigError{File: file, problems: l.problems}
}

// loading collects problems, and what is to be looked at.
type loading struct {
	problems, warnings []problem
	// dir is the configuration's own folder.
	dir string
}

func (l *loading) say(n *yaml.Node, format string, a ...any) {
	line := 0
	if n != nil {
		line = n.Line
	}
	l.problems = append(l.problems, problem{line, fmt.Sprintf(format, a...)})
}

var (
	unknownField = regexp.MustCompile(`field (\S+) not found in type \S+`)
	wrongType    = regexp.MustCompile(`cannot construct !!\w+ .* into (\S+)`)
)

// inWords says what the YAML library found without its Go types, and without the value:
// it may be a secret that stands in the wrong place.
func inWords(message string) string {
	if m := wrongType.FindStringSubmatch(message); m != nil {
		want := map[string]string{
			"time.Duration": "a duration such as 15s", "int": "a whole number", "float64": "a number", "bool": "true or false", "string": "a text",
		}[m[1]]
		switch {
		case want != "":
		case strings.HasPrefix(m[1], "[]"):
			want = "a list"
		default:
			want = "a block of keys"
		}
		return "this must be " + want
	}
	return unknownField.ReplaceAllString(message, "there is no key $1 here")
}

// decoding takes in what the YAML library found, in our words.
func (l *loading) decoding(prefix string, err error) {
	if err == nil {
		return
	}
	var many *yaml.LoadErrors
	if !errors.As(err, &many) {
		var one *yaml.LoadError
		if errors.As(err, &one) {
			l.problems = append(l.problems, problem{one.Mark.Line, "not YAML: " + one.Message})
			return
		}
		l.problems = append(l.problems, problem{0, err.Error()})
		return
	}
	for _, e := range many.Errors {
		l.problems = append(l.problems, problem{e.Mark.Line, prefix + inWords(e.Message)})
	}
}

func (l *loading) check(c *Config, root *yaml.Node) {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8080"
	}
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		l.say(child(root, "listen"), "listen must be HOST:PORT, such as 127.0.0.1:8080")
	}
	if c.State == "" {
		c.State = "sqlite:patchwork.db"
	}
	if !strings.HasPrefix(c.State, "sqlite:") && !strings.HasPrefix(c.State, "postgres://") && !strings.HasPrefix(c.State, "postgresql://") {
		l.say(child(root, "state"), "state must be sqlite:PATH or postgres://…")
	}
	if c.Zone == "" {
		c.Zone = "Europe/London"
	}
	var err error
	if c.zone, err = time.LoadLocation(c.Zone); err != nil {
		l.say(child(root, "zone"), "there is no time zone %q; use a name such as Europe/London", c.Zone)
	}
	for key, d := range map[string]time.Duration{"session.idle": c.Session.Idle, "session.absolute": c.Session.Absolute,
		"answers.wait": c.Answers.Wait, "answers.max_wait": c.Answers.MaxWait} {
		if d < 0 {
			l.say(at(root, key), "%s must not be negative", key)
		}
	}
	for key, n := range map[string]int{"search.per_minute": c.Search.PerMinute, "search.similar_per_minute": c.Search.SimilarPerMinute,
		"load.always": c.Load.Always, "search.nobody": c.Search.Nobody, "search.nobody_within": int(c.Search.NobodyWithin)} {
		if n < 0 {
			l.say(at(root, key), "%s must not be negative", key)
		}
	}
	l.graphQL(&c.GraphQL, child(root, "graphql"))
	l.audit(c, child(root, "audit"))
	l.replicas(c, root)
	l.linking(&c.Linking, child(root, "linking"))
	l.viewer(&c.Viewer, child(root, "viewer"))
	l.views(&c.Views, child(root, "views"))
	l.telemetry(&c.Telemetry, child(root, "telemetry"))
	l.sources(c, child(root, "sources"))
	l.publicURL(c, root)
	l.logins(c, child(root, "logins"))
	l.launchers(c, child(root, "launchers"))
	l.testers(c, root)
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n < 1<<16
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

func (l *loading) sources(c *Config, list *yaml.Node) {
	if len(c.Sources) == 0 {
		l.say(list, "sources: at least one system is needed")
	}
	seen := map[string]bool{}
	for i := range c.Sources {
		s, n := &c.Sources[i], item(list, i)
		switch {
		case !idForm.MatchString(s.ID):
			l.say(orNode(child(n, "id"), n), "source %d: id must be lower-case letters, digits and hyphens, at most 40", i+1)
		case seen[s.ID]:
			l.say(child(n, "id"), "source %s: this id is taken by another source above", s.ID)
		}
		seen[s.ID] = true
		if s.Name == "" {
			s.Name = s.ID
		}
		if s.Timeout < 0 || s.Concurrency < 0 || s.Remember != nil && *s.Remember < 0 || s.RememberLate != nil && *s.RememberLate < 0 {
			l.say(n, "source %s: timeout, concurrency, remember and remember_late must not be negative", s.ID)
		}
		for name := range s.RememberBy {
			if _, ok := record.SectionNamed(name); !ok {
				l.say(at(n, "remember_by."+name), "source %s: there is no section %q", s.ID, name)
			}
		}
		if s.Stage != "" && !s.Stage.Valid() {
			l.say(child(n, "stage"), "source %s: stage is shadow, clinical-safety or live", s.ID)
		}
		l.politeness(s, n)
		l.maps(s, n)
		l.accepted(s, n)
		if s.Organisation.ODS == "" {
			l.warn(n, "source %s: organisation has no ods: by the code of the organisation is decided who may see what", s.ID)
		}
		l.connector(s, n)
		l.unchanged(s, n)
	}
}

func (l *loading) connector(s *SourceConfig, n *yaml.Node) {
	makers := connectors()
	maker, ok := makers[s.Type]
	if !ok {
		l.say(orNode(child(n, "type"), n), "source %s: there is no type %q; there are %s",
			s.ID, s.Type, strings.Join(slices.Sorted(maps.Keys(makers)), ", "))
		return
	}
	s.connector = maker()
	connect := child(n, "connect")
	if connect == nil {
		l.say(n, "source %s: connect is missing: how to reach the system (patchwork source init %s shows one)", s.ID, s.Type)
		return
	}
	l.keys("source "+s.ID+": ", connect, s.connector, "connect")
	before := len(l.problems)
	l.decoding("source "+s.ID+": ", connect.Load(s.connector))
	if len(l.problems) > before {
		return // what was not read cannot be judged
	}
	s.trust = trustOf(connect)
	for _, p := range validate(s.connector) {
		l.say(orNode(at(connect, p.Path), connect), "source %s: %s: %s", s.ID, p.Path, p.Text)
	}
}

// trustOf is what a connector's part says of its NHS numbers, whatever the type; "" for
// nothing, and for the default that is the same.
func trustOf(connect *yaml.Node) string {
	var said struct {
		Trust string `yaml:"trust_nhs_numbers"`
	}
	if err := connect.Load(&said); err != nil || said.Trust == "unverified" {
		return ""
	}
	return said.Trust
}

func validate(c sources.Connector) []sources.Problem { return c.Validate() }
