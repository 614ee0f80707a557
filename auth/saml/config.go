package saml

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Sample is a commented `connect` for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the `connect` of a login of type saml.
type Config struct {
	// MetadataFile or MetadataURL is the identity provider's metadata: one of the two.
	// The address must be https, or http on loopback.
	MetadataFile string `yaml:"metadata_file"`
	MetadataURL  string `yaml:"metadata_url"`
	// MetadataSignerFile is a PEM certificate: if it is given, metadata counts only with a
	// signature by it.
	MetadataSignerFile string `yaml:"metadata_signer_file"`
	// EntityID is our own name; default the login's address + "/metadata".
	EntityID string `yaml:"entity_id"`
	// KeyFile and CertificateFile are our key pair (PEM, RSA of 2048 bits or more): it signs
	// requests and opens encrypted assertions.
	KeyFile         string `yaml:"key_file"`
	CertificateFile string `yaml:"certificate_file"`
	// NextCertificateFile is the certificate of the key that comes next: it is published in
	// our metadata for signatures, so that the provider trusts it before it is used.
	NextCertificateFile string `yaml:"next_certificate_file"`
	// Subject is where the user's id comes from: "name-id" (default), or the name of an
	// attribute that has one value, which never changes and is never given to anybody else.
	Subject string `yaml:"subject"`
	// NameIDFormat is the NameID's format that is asked for and must come; default
	// persistent. Transient is no identity.
	NameIDFormat string `yaml:"name_id_format"`
	// AuthnContext is how strongly the user must prove who they are; default: as the
	// provider likes.
	AuthnContext AuthnContext `yaml:"authn_context"`
	// ClockSkew is how far the provider's clock may be off; default 60 s, 5 min at most.
	ClockSkew time.Duration `yaml:"clock_skew"`
	// SignRequests signs requests to sign in; default true. Those to sign out always are.
	SignRequests *bool `yaml:"sign_requests"`
	// RequireEncrypted refuses assertions that are not encrypted.
	RequireEncrypted bool `yaml:"require_encrypted"`
	// Timeout is for reading metadata from its address; default 10 s, 1 min at most.
	Timeout time.Duration `yaml:"timeout"`
	// CAFile has PEM certificates to trust for that address; default the system's.
	CAFile string `yaml:"ca_file"`
}

// AuthnContext asks for ways of authentication (SAML core §3.3.2.2.1).
type AuthnContext struct {
	// Classes are URIs of classes, best first; none asks for nothing.
	Classes []string `yaml:"classes"`
	// Comparison is "exact" (default: one of the classes, checked here too) or "minimum"
	// (one of them or stronger, which only the provider can judge).
	Comparison string `yaml:"comparison"`
}

const (
	defaultSkew    = time.Minute
	mostSkew       = 5 * time.Minute
	defaultTimeout = 10 * time.Second
	mostTimeout    = time.Minute
	subjectNameID  = "name-id"
)

// Validate reports every problem of the stanza; see auth.Connector.
func (c *Config) Validate() []auth.Problem {
	var all []auth.Problem
	add := func(path, text string) { all = append(all, auth.Problem{Path: path, Text: text}) }
	switch {
	case (c.MetadataFile == "") == (c.MetadataURL == ""):
		add("metadata_url", "give the identity provider's metadata as metadata_url or as metadata_file, one of the two")
	case c.MetadataURL != "" && !goodAddress(c.MetadataURL):
		add("metadata_url", "must be an address that begins with https:// (http:// on loopback only), without a user or fragment")
	}
	if c.EntityID != "" && !goodEntityID(c.EntityID) {
		add("entity_id", "must be a URI of 1024 characters at most")
	}
	if c.KeyFile == "" {
		add("key_file", "our private key is missing: it signs requests and opens encrypted assertions")
	}
	if c.CertificateFile == "" {
		add("certificate_file", "the certificate of our key is missing")
	}
	if strings.TrimSpace(c.Subject) != c.Subject {
		add("subject", "must be name-id or the name of an attribute, without spaces around it")
	}
	all = append(all, c.wordProblems()...)
	if c.ClockSkew < 0 || c.ClockSkew > mostSkew {
		add("clock_skew", "must be between 0s and 5m, or left out")
	}
	if c.Timeout < 0 || c.Timeout > mostTimeout {
		add("timeout", "must be between 0s and 1m, or left out")
	}
	slices.SortStableFunc(all, func(a, b auth.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// wordProblems is about what is asked of the provider.
func (c *Config) wordProblems() (all []auth.Problem) {
	switch {
	case c.NameIDFormat == formatTransient || c.NameIDFormat == "transient":
		all = append(all, auth.Problem{Path: "name_id_format", Text: "transient names change with every sign-in and are no identity; ask for persistent ones or name an attribute as subject"})
	case c.NameIDFormat != "" && !goodEntityID(c.NameIDFormat):
		all = append(all, auth.Problem{Path: "name_id_format", Text: "must be the URI of a format, for example " + formatPersistent})
	}
	switch c.AuthnContext.Comparison {
	case "", "exact", "minimum":
	default:
		all = append(all, auth.Problem{Path: "authn_context.comparison", Text: "must be exact or minimum"})
	}
	if c.AuthnContext.Comparison != "" && len(c.AuthnContext.Classes) == 0 {
		all = append(all, auth.Problem{Path: "authn_context.classes", Text: "names no class to compare with"})
	}
	for _, class := range c.AuthnContext.Classes {
		if !goodEntityID(class) {
			all = append(all, auth.Problem{Path: "authn_context.classes", Text: "each must be the URI of a class"})
			break
		}
	}
	return all
}

// goodAddress: https, or http on loopback.
func goodAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || (u.Scheme == "http" && auth.Loopback(u.Hostname()))
}

// goodEntityID: a URI with a scheme (metadata §2.2.1: 1024 characters at most).
func goodEntityID(id string) bool {
	u, err := url.Parse(id)
	return err == nil && u.Scheme != "" && len(id) <= 1024 && !strings.ContainsAny(id, " \t\r\n")
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults(base string) Config {
	if c.EntityID == "" {
		c.EntityID = base + "/metadata"
	}
	if c.Subject == "" {
		c.Subject = subjectNameID
	}
	if c.NameIDFormat == "" && c.Subject == subjectNameID {
		c.NameIDFormat = formatPersistent
	}
	if c.ClockSkew == 0 {
		c.ClockSkew = defaultSkew
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.AuthnContext.Comparison == "" {
		c.AuthnContext.Comparison = "exact"
	}
	return c
}

func (c *Config) signsRequests() bool { return c.SignRequests == nil || *c.SignRequests }
