package hl7v2

import (
	_ "embed"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of a feed. Zero values are the defaults given with each field.
type Config struct {
	// Listen is where senders connect, HOST:PORT.
	Listen string `yaml:"listen"`
	// TLS makes connections secret; without it Listen must be loopback, or Plain true.
	TLS *TLS `yaml:"tls"`
	// Plain allows connections without TLS from other machines.
	Plain bool `yaml:"plain"`
	// Store is the folder of what was received; of this source alone.
	Store string `yaml:"store"`
	// Retention is how long messages are kept; 0 is for ever.
	Retention time.Duration `yaml:"retention"`
	// StaleAfter is how long the feed may be silent before that is said; 0 is never.
	StaleAfter time.Duration `yaml:"stale_after"`
	// PatientID says which identifier of PID-3 is the local id.
	PatientID PatientID `yaml:"patient_id"`
	// NHSNumber is the assigning authorities of NHS numbers in PID-3, beside the type NH;
	// default NHS and its OID.
	NHSNumber []string `yaml:"nhs_number_authorities"`
	// TrustNHSNumbers is "verified" if the sender's NHS numbers were traced; default
	// "unverified".
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Senders are the sending applications (MSH-3) that are listened to; none means all.
	Senders []string `yaml:"senders"`
	// Processing are the processing ids (MSH-11) that are used; default P. What is marked
	// as a test or for training is nobody's record.
	Processing []string `yaml:"processing"`
	// Ignore are messages that are acknowledged and not used, as ORM^O01 or ORM.
	Ignore []string `yaml:"ignore"`
	// Complete are the sections of which everything that there was before the feed has
	// been sent too: only there does nothing mean that nothing is recorded. With
	// demographics, everybody whom the sender knows has been sent.
	Complete []string `yaml:"complete"`
	// Charset is what is meant where MSH-18 says nothing, as 8859/1.
	Charset string `yaml:"charset"`
	// Codes are the sender's coding systems, by their names in messages; "" is of codes
	// that name none.
	Codes map[string]CodeTable `yaml:"codes"`
	// MaxMessageMB, MaxSegments and MaxConnections are limits; default 4, 10,000 and 64.
	MaxMessageMB   int `yaml:"max_message_mb"`
	MaxSegments    int `yaml:"max_segments"`
	MaxConnections int `yaml:"max_connections"`
	// MaxMessages is how many messages about one person are read; default 20,000.
	MaxMessages int `yaml:"max_messages"`
	// MaxDeadLetters is how many wait for somebody; default 10,000.
	MaxDeadLetters int `yaml:"max_dead_letters"`
	// Idle is how long a connection may be silent; default 10m. Frame is how long one
	// message may take; default 30s.
	Idle  time.Duration `yaml:"idle"`
	Frame time.Duration `yaml:"frame"`
}

// PatientID is which identifier of PID-3 is the local id.
type PatientID struct {
	// Authorities are the names of the one assigning authority: its namespace, its OID.
	// "" is of identifiers that name none.
	Authorities []string `yaml:"authorities"`
	// Type is the identifier type code (PID-3.5); "" takes any.
	Type string `yaml:"type"`
}

// CodeTable is what codes of one of the sender's coding systems are.
type CodeTable struct {
	// System is its URI; "" leaves it without.
	System string `yaml:"system"`
	// Map leads from its codes to codes of other systems, which are given beside them.
	Map map[string]Code `yaml:"map"`
}

// Code is a code of a known system.
type Code struct {
	System string `yaml:"system"`
	Code   string `yaml:"code"`
	Text   string `yaml:"text"`
}

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, format string, args ...any) {
		all = append(all, sources.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	host, port, err := net.SplitHostPort(c.Listen)
	switch {
	case err != nil || port == "":
		add("listen", "must be HOST:PORT, where senders connect")
	case c.TLS == nil && !c.Plain && !isLoopback(host):
		add("tls", "is needed where others than this machine connect; or say plain: true")
	}
	if c.Store == "" {
		add("store", "name a folder of this source alone, where messages are kept")
	}
	if len(c.PatientID.Authorities) == 0 {
		add("patient_id.authorities", `name the assigning authority (PID-3.4) of the local id; [""] for ids that name none`)
	}
	for path, d := range map[string]time.Duration{"retention": c.Retention, "stale_after": c.StaleAfter, "idle": c.Idle, "frame": c.Frame} {
		if d < 0 {
			add(path, "must not be negative")
		}
	}
	for _, n := range []struct {
		path        string
		value, most int
	}{{"max_message_mb", c.MaxMessageMB, 256}, {"max_segments", c.MaxSegments, 1_000_000}, {"max_connections", c.MaxConnections, 10_000},
		{"max_messages", c.MaxMessages, 1_000_000}, {"max_dead_letters", c.MaxDeadLetters, 10_000_000}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must be between 1 and %d, or left out", n.most)
		}
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		add("trust_nhs_numbers", "must be verified or unverified")
	}
	if !er7.KnownCharset(c.Charset) {
		add("charset", "must be UTF-8, ASCII or one of 8859/1 to 8859/15")
	}
	for i, name := range c.Complete {
		if section, ok := record.SectionNamed(name); !ok || !slices.Contains(offered(), section) {
			add(fmt.Sprintf("complete.%d", i), "is no section of a feed")
		}
	}
	for i, kind := range c.Ignore {
		if kind == "" || strings.ContainsAny(kind, " |_") || handles(kind) {
			add(fmt.Sprintf("ignore.%d", i), "must be a message type that is not used anyhow, as ORM or ORM^O01")
		}
	}
	for name, table := range c.Codes {
		if table.System != "" && !isURI(table.System) {
			add("codes."+name+".system", "must be a URI, as http://snomed.info/sct")
		}
		for code, to := range table.Map {
			if to.Code == "" && to.Text == "" || to.System != "" && !isURI(to.System) {
				add("codes."+name+".map."+code, "needs a code with its system, a URI, or a text")
			}
		}
	}
	all = append(all, c.TLS.problems()...)
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != ""
}

func (c *Config) processes(id string) bool {
	return id == "" || len(c.Processing) == 0 && id == "P" || slices.Contains(c.Processing, id)
}

// nhsAuthorities assign NHS numbers.
func (c *Config) nhsAuthorities() []string {
	if len(c.NHSNumber) > 0 {
		return c.NHSNumber
	}
	return []string{"NHS", "NHSNBR", "2.16.840.1.113883.2.1.4.1"}
}

func (c *Config) parsing() er7.Limits {
	return er7.Limits{Bytes: c.MaxMessageMB << 20, Segments: c.MaxSegments, Charset: c.Charset}
}

func or[T int | time.Duration](n, otherwise T) T {
	if n > 0 {
		return n
	}
	return otherwise
}
