package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

type serveCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration."`
	Listen string `placeholder:"HOST:PORT" help:"Overrides listen."`
	Pprof  string `env:"PATCHWORK_PPROF" placeholder:"127.0.0.1:PORT" help:"Serve Go's profiles here, on loopback."`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(t *terminal) error {
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	if c.Listen != "" {
		config.Listen = c.Listen
	}
	stop, err := profiling(t.ctx, c.Pprof)
	if err != nil {
		return err
	}
	defer stop()
	l, err := listen(config.Listen)
	if err != nil {
		return err
	}
	config.Listen = l.Addr().String() // the port may have been 0
	s, err := open(t.ctx, config, t.log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	f := newFront(s)
	still := (&reloader{front: f, file: c.Config, log: t.log}).follow(t.ctx)
	t.log.Info("serving", "address", l.Addr().String(), "sources", len(s.systems))
	err = f.serve(t.ctx, l)
	still()
	return errors.Join(err, f.close())
}

type configCommand struct {
	Check struct {
		File string `arg:"" help:"The configuration."`
	} `cmd:"" help:"Report every problem of a configuration."`
}

// Run checks a configuration and says what it holds.
func (c *configCommand) Run(t *terminal) error {
	config, err := configFrom(c.Check.File)
	if err != nil {
		return err
	}
	launchers := ""
	if n := len(config.Launchers); n > 0 {
		launchers = ", " + counted(n, "launcher")
	}
	fmt.Fprintf(t.out, "%s is well: %s, %s%s\n", c.Check.File, counted(len(config.Sources), "source"), counted(len(config.Logins), "login"), launchers)
	for _, s := range config.Sources {
		fmt.Fprintf(t.out, "  %-20s %-10s %s\n", s.ID, s.Type, s.Name)
	}
	for _, l := range config.Logins {
		fmt.Fprintf(t.out, "  %-20s %-10s %s (%s)\n", l.ID, l.Type, l.Name, l.codes())
	}
	for _, l := range config.Launchers {
		fmt.Fprintf(t.out, "  %-20s %-10s %s (%s)\n", l.ID, l.Type, l.Name, l.codes())
	}
	for _, w := range config.warnings {
		fmt.Fprintf(t.out, "warning: %s:%d: %s\n", c.Check.File, w.line, w.text)
	}
	return nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

type sourceCommand struct {
	Init  sourceInitCommand  `cmd:"" help:"Write a commented stanza of a type."`
	Check sourceCheckCommand `cmd:"" help:"Probe a source: what passes, what fails and how it is mended, and how well its data is filled."`
	Off   sourceOffCommand   `cmd:"" help:"Switch a source off: servers that run ask it no more within a second."`
	On    sourceOnCommand    `cmd:"" help:"Switch a source on again."`

	Stage  sourceStageCommand  `cmd:"" help:"Put a source into a stage of its life: shadow, clinical-safety or live."`
	Stages sourceStagesCommand `cmd:"" help:"List the stages of all sources."`
}

type sourceInitCommand struct {
	Type string `arg:"" optional:"" help:"A connector type; without one all are named."`
}

// Run writes the stanza, or which there are.
func (c *sourceInitCommand) Run(t *terminal) error {
	all := samples()
	if c.Type == "" {
		fmt.Fprintln(t.out, strings.Join(slices.Sorted(maps.Keys(all)), "\n"))
		return nil
	}
	text, ok := stanzaOf(c.Type)
	if !ok {
		return usageError(fmt.Sprintf("there is no type %q; there are %s", c.Type, strings.Join(slices.Sorted(maps.Keys(all)), ", ")))
	}
	fmt.Fprint(t.out, text)
	return nil
}

// stanzaOf is the commented stanza of a type, to stand under `sources:`.
func stanzaOf(kind string) (string, bool) {
	sample, ok := samples()[kind]
	if !ok {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, stanzaHead, kind)
	for line := range strings.SplitSeq(strings.TrimRight(sample, "\n"), "\n") {
		if !strings.HasPrefix(line, "type:") {
			fmt.Fprintln(&b, strings.TrimRight("      "+line, " "))
		}
	}
	return b.String(), true
}

// stanzaHead is what a stanza of every type begins with, to stand under `sources:`.
const stanzaHead = `  - id: my-system             # names it in answers and audit: lower-case letters, digits, hyphens
    type: %s
    name: My system
    organisation: {ods: XXX, name: The organisation that runs it}
    care_setting: acute         # gp, acute, mental-health, community, social-care …; config check names them all
    # accepted:                 # findings of source check that were agreed with the supplier (docs/add-a-source.md)
    #   - {finding: author-missing, sections: [medications], reason: "Agreed with the supplier, ticket 1234", until: 2027-03-31}
    # stage: shadow             # shown to nobody yet; then clinical-safety, then live, the default (docs/life-cycle.md)
    # timeout: 15s              # its own deadline; readers wait less and find late answers when they ask again
    # concurrency: 16           # most calls in flight
    # rate: {per_second: 5, burst: 10}      # calls wait for their turn; none is any number
    # windows:                              # the only times at which it may be asked; none is always
    #   - {days: [mon, tue, wed, thu, fri], from: "20:00", to: "06:00"}
    # maps:                                 # what its codes stand for: your own CSV with the columns code and target
    #   - {file: read2-to-snomed.csv, from: "http://read.info/readv2", to: "http://snomed.info/sct"}
    # remember: 10s             # how long an answer lives in memory; 0s only joins equal reads in flight
    connect:
`

// configFrom loads a configuration; a file that is not there is wrong use.
func configFrom(file string) (*Config, error) {
	config, err := loadConfig(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError(fmt.Sprintf("there is no file %s", file))
	}
	return config, err
}
