package csvfile

import (
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Config is the stanza of an extract in patchwork.yaml.
type Config struct {
	// Location is a folder's path, or the http or https URL of a served folder.
	Location string `yaml:"location"`
	// Username is for HTTP basic authentication; its password is in an environment
	// variable or a file.
	Username     string `yaml:"username"`
	PasswordEnv  string `yaml:"password_env"`
	PasswordFile string `yaml:"password_file"`
	// ExtractTime says where a file's age comes from: "mtime" (default; over HTTP the
	// Last-Modified header), "manifest", or "name" (a pattern in the file's name).
	ExtractTime string `yaml:"extract_time"`
	// Manifest is needed for extract_time: manifest, and may be used without it to
	// check the number of rows.
	Manifest *Manifest `yaml:"manifest"`
	// StaleAfter is the age from which an extract is called stale, for example 36h; 0
	// is never.
	StaleAfter time.Duration `yaml:"stale_after"`
	// MaxFileMB bounds a file's size in MiB, unpacked; default 200. MaxSheetMB bounds
	// an XLSX file's, which must be held in memory; default 32.
	MaxFileMB  int `yaml:"max_file_mb"`
	MaxSheetMB int `yaml:"max_sheet_mb"`
	// MaxRows is how many rows of one section are taken in one go, for all people asked
	// for together; default 5000. What is beyond is named as missing.
	MaxRows int `yaml:"max_rows"`
	// Shrink says from when on an extract counts as cut; nil never.
	Shrink *Shrink `yaml:"shrink"`
	// FinalNewline is "required" (default) or "optional": an extract that was cut off
	// within its last row may only show it by that row's missing end.
	FinalNewline string `yaml:"final_newline"`
	// Delimiter, Charset, DateFormat and Values hold for all files that say nothing else.
	Delimiter  string                       `yaml:"delimiter"`
	Charset    string                       `yaml:"charset"`
	DateFormat columns.OneOrMore            `yaml:"date_format"`
	Values     map[string]map[string]string `yaml:"values"`
	// TrustNHSNumbers is "verified" if the extract's NHS numbers were traced; default
	// "unverified". A column nhs_number_status says it for each person instead.
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Sections are keyed by the section's configuration name.
	Sections map[string]File `yaml:"sections"`
	// People makes people searchable, and answers demographics unless Sections does.
	People *File `yaml:"people"`
	// Rosters are the team lists it offers; nil if there are none.
	Rosters *Rosters `yaml:"rosters"`
}

// File is where the rows of a section are.
type File struct {
	// File is its name within the location. {YYYYMMDD} stands for the extract's time
	// in the name; the newest such file of the folder is read.
	File string `yaml:"file"`
	// Sheet is the sheet of an XLSX file; default the first.
	Sheet string `yaml:"sheet"`
	// Delimiter is one character or "tab"; default a comma.
	Delimiter string `yaml:"delimiter"`
	// Charset is utf-8 (default), windows-1252 or utf-16.
	Charset        string `yaml:"charset"`
	columns.Stanza `yaml:",inline"`
}

// Manifest is a text file that comes with the extract. Its first line is the
// extract's time; each further line may hold a file's name and its number of rows,
// without the header, as "contacts.csv,1234".
type Manifest struct {
	File       string `yaml:"file"`
	DateFormat string `yaml:"date_format"`
}

// Validate reports every problem of the stanza.
func (c *Config) Validate() []sources.Problem {
	v := &check{config: c, written: map[string]string{}}
	v.location()
	v.extract()
	v.limits()
	v.problems = append(v.problems, c.defaults().Validate()...)
	if len(c.Sections) == 0 && c.People == nil {
		v.add("sections", "name at least one section with its file")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Sections)) {
		section, ok := record.SectionNamed(name)
		if !ok {
			v.add("sections."+name, "is no section; the sections are "+strings.Join(columns.SectionNames(), ", "))
			continue
		}
		v.file("sections."+name, c.Sections[name], section)
	}
	if c.People != nil {
		v.file("people", *c.People, record.Demographics)
	}
	v.rosters()
	v.shrink()
	return v.problems
}

func (c *Config) defaults() columns.Defaults {
	return columns.Defaults{DateFormat: c.DateFormat, Values: c.Values, Verified: c.TrustNHSNumbers == "verified"}
}

// remote reports whether the location is a URL.
func (c *Config) remote() bool {
	return strings.HasPrefix(c.Location, "http://") || strings.HasPrefix(c.Location, "https://")
}

type check struct {
	config   *Config
	written  map[string]string // delimiter and charset by file
	problems []sources.Problem
}

func (v *check) add(path, text string) {
	v.problems = append(v.problems, sources.Problem{Path: path, Text: text})
}

func (v *check) location() {
	c := v.config
	u, err := url.Parse(c.Location)
	switch {
	case c.Location == "":
		v.add("location", "give a folder's path, or the http or https URL of one")
	case c.remote() && (err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != ""):
		v.add("location", "must be a URL of a folder, without ? and #")
	case c.remote() && u.User != nil:
		v.add("location", "must not hold a password; use username with password_env or password_file")
	case !c.remote() && strings.Contains(c.Location, "://"):
		v.add("location", "must be a path or an http or https URL")
	}
	if c.Username != "" && (c.PasswordEnv == "") == (c.PasswordFile == "") {
		v.add("username", "needs password_env or password_file")
	}
	if c.Username == "" && c.PasswordEnv+c.PasswordFile != "" || c.Username != "" && !c.remote() {
		v.add("username", "goes with an http or https location and a password")
	}
}

func (v *check) extract() {
	c := v.config
	if !slices.Contains([]string{"", "mtime", "manifest", "name"}, c.ExtractTime) {
		v.add("extract_time", "must be mtime, manifest or name")
	}
	if c.ExtractTime == "manifest" && c.Manifest == nil {
		v.add("manifest", "name its file")
	}
	if m := c.Manifest; m != nil {
		v.name("manifest.file", m.File)
		if m.DateFormat != "" {
			format := columns.Stanza{DateFormat: columns.OneOrMore{m.DateFormat}}
			v.problems = append(v.problems, format.Validate("manifest", record.Alerts)...)
		}
	}
}

func (v *check) limits() {
	c := v.config
	for _, n := range []struct {
		path string
		n    int
	}{{"max_file_mb", c.MaxFileMB}, {"max_sheet_mb", c.MaxSheetMB}, {"max_rows", c.MaxRows}} {
		if n.n < 0 || n.n > 1_000_000 {
			v.add(n.path, "must be between 1 and 1000000")
		}
	}
	if c.StaleAfter < 0 {
		v.add("stale_after", "must not be negative")
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		v.add("trust_nhs_numbers", "must be verified or unverified")
	}
	if !slices.Contains([]string{"", "required", "optional"}, c.FinalNewline) {
		v.add("final_newline", "must be required or optional")
	}
	v.text("", c.Delimiter, c.Charset)
}

// name refuses whatever leads out of the folder.
func (v *check) name(path, name string) {
	if name == "" || strings.ContainsAny(name, "\\?#%:\x00") || !filepath.IsLocal(name) || filepath.Clean(name) != name {
		v.add(path, "must be a file's plain name within the location")
	}
}

func (v *check) file(path string, f File, section record.Section) {
	v.name(path+".file", f.File)
	pattern, err := patternOf(f.File)
	switch {
	case err != nil:
		v.add(path+".file", err.Error())
	case pattern == nil && v.config.ExtractTime == "name":
		v.add(path+".file", "needs the extract's time in its name, for example contacts-{YYYYMMDD}.csv")
	case pattern != nil && v.config.remote():
		v.add(path+".file", "cannot have a time in its name over HTTP, where files are not listed")
	}
	v.text(path+".", f.Delimiter, f.Charset)
	if how, seen := v.written[f.File]; seen && how != f.Delimiter+"/"+f.Charset {
		v.add(path+".file", "is read with another delimiter or charset elsewhere in this stanza")
	}
	v.written[f.File] = f.Delimiter + "/" + f.Charset
	if f.Sheet != "" && !isSheet(f.File) {
		v.add(path+".sheet", "goes with an .xlsx file")
	}
	if len(f.Columns["subject"]) == 0 {
		v.add(path+".columns.subject", "name the column with the patient's id")
	}
	v.problems = append(v.problems, f.Validate(path, section)...)
}

func (v *check) text(path, delimiter, charset string) {
	if _, ok := comma(delimiter); !ok {
		v.add(path+"delimiter", "must be one character or tab")
	}
	if _, ok := decoder(charset); !ok {
		v.add(path+"charset", "must be utf-8, windows-1252 or utf-16")
	}
}

// comma is the delimiter's character.
func comma(s string) (rune, bool) {
	switch s {
	case "":
		return ',', true
	case "tab":
		return '\t', true
	}
	r, size := utf8.DecodeRuneInString(s)
	return r, size == len(s) && r != utf8.RuneError && r != '"' && r != '\r' && r != '\n' && r != '#'
}

func isSheet(name string) bool { return strings.EqualFold(filepath.Ext(name), ".xlsx") }
