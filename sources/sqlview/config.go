package sqlview

import (
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Config is the stanza of a database in patchwork.yaml.
type Config struct {
	// Driver is "postgres", "mysql" (also for MariaDB), "sqlserver", "oracle" or "sqlite".
	Driver string `yaml:"driver"`
	// DSN says where the database is, in the driver's own form; for SQLite it is the
	// path of the file. One of the three.
	DSN string `yaml:"dsn"`
	// DSNFile is a file that holds it, DSNEnv an environment variable.
	DSNFile string `yaml:"dsn_file"`
	DSNEnv  string `yaml:"dsn_env"`
	// MaxConns is how many connections there may be at once; default 4.
	MaxConns int `yaml:"max_conns"`
	// MaxRows is how many rows of one section are read in one go, for all patients
	// together; default 5000. What is beyond is named as missing.
	MaxRows int `yaml:"max_rows"`
	// DateFormat and Values hold for all sections that say nothing else.
	DateFormat columns.OneOrMore            `yaml:"date_format"`
	Values     map[string]map[string]string `yaml:"values"`
	// TrustNHSNumbers is "verified" if this database's NHS numbers were traced, so that
	// they may link people by themselves; default "unverified". A column
	// nhs_number_status says it for each person instead.
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Sections are keyed by the section's configuration name, for example allergies.
	Sections map[string]Section `yaml:"sections"`
	// People makes people searchable; nil if they are not. Its by_local_id also
	// answers the section demographics, unless Sections has one.
	People *People `yaml:"people"`
	// Rosters are the team lists it offers; nil if there are none.
	Rosters *Rosters `yaml:"rosters"`
}

// Section is how one section is read.
type Section struct {
	// Query is one SELECT with :ids in place of the patients' ids.
	Query          string `yaml:"query"`
	columns.Stanza `yaml:",inline"`
}

// People is how people are looked up. All its queries give the same columns.
type People struct {
	// Query finds by NHS number: :nhs_numbers are ten digits each, without spaces.
	Query string `yaml:"query"`
	// ByLocalID finds by :ids; "" if it cannot.
	ByLocalID string `yaml:"by_local_id"`
	// ByName finds by :family_name or :family_names and by :birth_date, and may use
	// :given_name, :postcode and :gender, which can be empty; "" if it cannot.
	// :family_names are the ways to write the name, each as typed and in capitals.
	ByName string `yaml:"by_name"`
	// ByBirthDate finds everybody born on one of :birth_dates, so that people with a
	// similar name are found; "" if it cannot.
	ByBirthDate string `yaml:"by_birth_date"`
	// ByLocalNumber finds by :local_numbers, such as hospital numbers as people read them
	// from a letter; "" if it cannot.
	ByLocalNumber  string `yaml:"by_local_number"`
	columns.Stanza `yaml:",inline"`
}

const (
	defaultConns = 4
	defaultRows  = 5000
)

// Validate reports every problem of the stanza.
func (c *Config) Validate() []sources.Problem {
	var out []sources.Problem
	add := func(path, text string) { out = append(out, sources.Problem{Path: path, Text: text}) }
	if _, ok := dialects()[c.Driver]; !ok {
		add("driver", "must be postgres, mysql, sqlserver, oracle or sqlite")
	}
	if given := count(c.DSN, c.DSNFile, c.DSNEnv); given != 1 {
		add("dsn", "give exactly one of dsn, dsn_file and dsn_env")
	}
	if c.MaxConns < 0 || c.MaxConns > 100 {
		add("max_conns", "must be between 1 and 100")
	}
	if c.MaxRows < 0 || c.MaxRows > 1_000_000 {
		add("max_rows", "must be between 1 and 1000000")
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		add("trust_nhs_numbers", "must be verified or unverified")
	}
	out = append(out, c.defaults().Validate()...)
	if len(c.Sections) == 0 && (c.People == nil || c.People.ByLocalID == "") {
		add("sections", "name at least one section with its query")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Sections)) {
		out = append(out, c.section(name)...)
	}
	out = append(out, c.people()...)
	return append(out, c.rosters()...)
}

func count(texts ...string) int {
	n := 0
	for _, t := range texts {
		if t != "" {
			n++
		}
	}
	return n
}

func (c *Config) section(name string) []sources.Problem {
	path := "sections." + name
	section, ok := record.SectionNamed(name)
	if !ok {
		return []sources.Problem{{Path: path, Text: "is no section; the sections are " + strings.Join(columns.SectionNames(), ", ")}}
	}
	s := c.Sections[name]
	return append(c.query(path+".query", s.Query, []string{"ids"}, nil), s.Validate(path, section)...)
}

func (c *Config) people() []sources.Problem {
	p := c.People
	if p == nil {
		return nil
	}
	out := c.query("people.query", p.Query, []string{"nhs_numbers"}, nil)
	if p.ByLocalID != "" {
		out = append(out, c.query("people.by_local_id", p.ByLocalID, []string{"ids"}, nil)...)
	}
	if p.ByName != "" {
		// The name as it was typed, or the ways to write it.
		family := "family_names"
		if strings.Contains(p.ByName, ":family_name") && !strings.Contains(p.ByName, ":family_names") {
			family = "family_name"
		}
		out = append(out, c.query("people.by_name", p.ByName, []string{family, "birth_date"},
			[]string{"family_name", "given_name", "postcode", "gender"})...)
	}
	if p.ByBirthDate != "" {
		out = append(out, c.query("people.by_birth_date", p.ByBirthDate, []string{"birth_dates"}, nil)...)
	}
	if p.ByLocalNumber != "" {
		out = append(out, c.query("people.by_local_number", p.ByLocalNumber, []string{"local_numbers"}, nil)...)
	}
	return append(out, p.Validate("people", record.Demographics)...)
}

// query reports what is wrong with one query.
func (c *Config) query(path, text string, required, optional []string) []sources.Problem {
	if strings.TrimSpace(text) == "" {
		say := "write a SELECT"
		if len(required) > 0 {
			say += " with :" + strings.Join(required, " and :")
		}
		return []sources.Problem{{Path: path, Text: say}}
	}
	_, faults := parse(dialects()[c.Driver], text, required, optional)
	var out []sources.Problem
	for _, f := range faults {
		out = append(out, sources.Problem{Path: path, Text: f})
	}
	return out
}

func (c *Config) defaults() columns.Defaults {
	return columns.Defaults{DateFormat: c.DateFormat, Values: c.Values, Verified: c.TrustNHSNumbers == "verified"}
}
