package docfolder

import (
	_ "embed"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of a folder. Zero values are the defaults given with each field.
type Config struct {
	// Location is a folder's path, the http or https URL of a WebDAV share, or
	// s3://bucket/prefix.
	Location string        `yaml:"location"`
	Auth     dochttp.Login `yaml:"auth"`
	TLS      dochttp.TLS   `yaml:"tls"`
	// S3 is for a bucket.
	S3 S3 `yaml:"s3"`
	// Index says where an index file is; Pattern is how the files are named, for example
	// "{patient}/{date}_{type}_{title}.pdf". One of them.
	Index   *Index `yaml:"index"`
	Pattern string `yaml:"pattern"`
	// Ignore are names of files that are no documents, with asterisks.
	Ignore []string `yaml:"ignore"`
	// Types are the codes of what the folder calls types of documents.
	Types map[string]Code `yaml:"types"`
	// Confidentiality labels every document: N, R or V; default none.
	Confidentiality string `yaml:"confidentiality"`
	// SectionsFrom says which documents are read into sections. The person is then named in
	// the document under CDAAuthority, an OID.
	SectionsFrom struct {
		CDA *cda.Rule `yaml:"cda"`
	} `yaml:"sections_from"`
	CDAAuthority string `yaml:"cda_authority"`
	// MaxFiles are listed at most, and rows of an index read; default 200000.
	MaxFiles int `yaml:"max_files"`
	// MaxDocuments of one person are given; default 1000.
	MaxDocuments int `yaml:"max_documents"`
}

// S3 is how a bucket is reached.
type S3 struct {
	// Endpoint is the service's address; buckets are named in the path.
	Endpoint string `yaml:"endpoint"`
	Region   string `yaml:"region"`
	// AccessKey is the key's id; its secret is in a file or the environment.
	AccessKey     string `yaml:"access_key"`
	SecretKeyFile string `yaml:"secret_key_file"`
	SecretKeyEnv  string `yaml:"secret_key_env"`
}

// Index is a CSV file with a row for each document.
type Index struct {
	File string `yaml:"file"`
	// Delimiter is one character or "tab"; default a comma.
	Delimiter string `yaml:"delimiter"`
	// Charset is utf-8 (default) or windows-1252.
	Charset string `yaml:"charset"`
	// Columns give for each field the heading that holds it: patient and file are
	// required; date, type, title, content_type, author, organisation, confidentiality.
	Columns map[string]string `yaml:"columns"`
	// DateFormat is yyyy-mm-dd (default), yyyymmdd or dd/mm/yyyy.
	DateFormat string `yaml:"date_format"`
}

// Code is what a type of documents is in a code system.
type Code struct {
	System  string `yaml:"system"`
	Code    string `yaml:"code"`
	Display string `yaml:"display"`
}

var fields = []string{"patient", "file", "date", "type", "title", "content_type", "author", "organisation", "confidentiality"}

var layouts = map[string]string{"": "2006-01-02", "yyyy-mm-dd": "2006-01-02", "yyyymmdd": "20060102", "dd/mm/yyyy": "02/01/2006"}

func (c *Config) dav() bool {
	return strings.HasPrefix(c.Location, "http://") || strings.HasPrefix(c.Location, "https://")
}

func (c *Config) bucket() bool { return strings.HasPrefix(c.Location, "s3://") }

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	v := &check{c: c}
	v.place()
	if (c.Index == nil) == (c.Pattern == "") {
		v.add("index", "give either index or pattern")
	}
	if c.Index != nil {
		v.index()
	}
	if c.Pattern != "" {
		if _, err := compile(c.Pattern); err != nil {
			v.add("pattern", err.Error())
		}
	}
	for _, g := range c.Ignore {
		if _, err := path.Match(g, ""); err != nil || g == "" || strings.Trim(g, "*") == "" {
			v.add("ignore", "each is a file's name, perhaps with asterisks, such as *.tmp, and not all of them")
			break
		}
	}
	for name, code := range c.Types {
		if code.Code == "" {
			v.add("types."+name, "needs a code")
		}
	}
	if !slices.Contains([]string{"", "N", "R", "V"}, c.Confidentiality) {
		v.add("confidentiality", "must be N, R or V")
	}
	if c.SectionsFrom.CDA != nil && c.CDAAuthority == "" {
		v.add("cda_authority", "is needed with sections_from: the OID under which documents name the person")
	}
	if c.MaxFiles < 0 || c.MaxFiles > 5_000_000 {
		v.add("max_files", "must be at most 5000000, or left out")
	}
	if c.MaxDocuments < 0 || c.MaxDocuments > 20_000 {
		v.add("max_documents", "must be at most 20000, or left out")
	}
	v.all = append(v.all, c.Auth.Problems("auth")...)
	v.all = append(v.all, c.TLS.Problems("tls")...)
	v.all = append(v.all, c.SectionsFrom.CDA.Problems("sections_from.cda")...)
	slices.SortStableFunc(v.all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return v.all
}

type check struct {
	c   *Config
	all []sources.Problem
}

func (v *check) add(path, text string) {
	v.all = append(v.all, sources.Problem{Path: path, Text: text})
}

func (v *check) place() {
	c := v.c
	switch {
	case c.Location == "":
		v.add("location", "give a folder's path, the URL of a WebDAV share, or s3://bucket/prefix")
	case c.dav():
		if text := dochttp.AddressProblem(c.Location); text != "" {
			v.add("location", text)
		}
	case c.bucket():
		v.bucket()
	case strings.Contains(c.Location, "://"):
		v.add("location", "must be a path, an http or https URL, or s3://bucket/prefix")
	}
	if !c.dav() && c.Auth != (dochttp.Login{}) {
		v.add("auth", "goes with a WebDAV share")
	}
	if !c.bucket() && c.S3 != (S3{}) {
		v.add("s3", "goes with a location s3://bucket/prefix")
	}
}

func (v *check) bucket() {
	s := v.c.S3
	u, err := url.Parse(v.c.Location)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Contains(u.Path, "..") {
		v.add("location", "must be s3://bucket or s3://bucket/prefix")
	}
	if text := dochttp.AddressProblem(s.Endpoint); text != "" {
		v.add("s3.endpoint", text)
	}
	if s.Region == "" || s.AccessKey == "" {
		v.add("s3.access_key", "access_key and region are needed")
	}
	if (s.SecretKeyFile == "") == (s.SecretKeyEnv == "") {
		v.add("s3.secret_key_file", "give the secret by secret_key_file or secret_key_env, one of them")
	}
}

func (v *check) index() {
	i := v.c.Index
	if !plain(i.File) {
		v.add("index.file", "must be a file's plain name within the location")
	}
	if i.Columns["patient"] == "" || i.Columns["file"] == "" {
		v.add("index.columns", "patient and file are needed")
	}
	for name, heading := range i.Columns {
		if !slices.Contains(fields, name) || heading == "" {
			v.add("index.columns."+name, "is no field with a heading; the fields are "+strings.Join(fields, ", "))
		}
	}
	if _, ok := comma(i.Delimiter); !ok {
		v.add("index.delimiter", "must be one character or tab")
	}
	if i.Charset != "" && i.Charset != "utf-8" && i.Charset != "windows-1252" {
		v.add("index.charset", "must be utf-8 or windows-1252")
	}
	if layouts[i.DateFormat] == "" {
		v.add("index.date_format", "must be yyyy-mm-dd, yyyymmdd or dd/mm/yyyy")
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
	return rune(s[0]), len(s) == 1 && s[0] > ' ' && s[0] < 0x7f && s[0] != '"'
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	if c.MaxFiles == 0 {
		c.MaxFiles = 200_000
	}
	if c.MaxDocuments == 0 {
		c.MaxDocuments = 1000
	}
	return c
}
