package smartlogin

import (
	_ "embed"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
	"github.com/patchworkcare/patchwork/record"
)

// Type is what a launcher of this package is called in patchwork.yaml.
const Type = "smart"

// Sample is a commented stanza for patchwork.yaml, with one for each of the systems that are
// met in the field.
//
//go:embed sample.yaml
var Sample string

// Config is the `connect` part of a launcher of type smart. Zero values are the defaults
// given with each field.
type Config struct {
	// Iss is the EPR's FHIR base, to the letter as it stands in the launch; a slash at its
	// end makes no difference, anything else does. It begins with https://; http:// is for
	// an EPR on this machine.
	Iss string `yaml:"iss"`
	// Issuer is the `iss` of the EPR's ID tokens, if that is not Iss (Epic).
	Issuer string `yaml:"issuer"`
	// AuthorizationEndpoint, TokenEndpoint and JWKSURI stand for what the EPR publishes of
	// itself; with all three, it is not asked.
	AuthorizationEndpoint string `yaml:"authorization_endpoint"`
	TokenEndpoint         string `yaml:"token_endpoint"`
	JWKSURI               string `yaml:"jwks_uri"`
	// EndpointsOn are origins, besides those of Iss and Issuer, on which published endpoints
	// may stand: https://login.epr.example.
	EndpointsOn []string `yaml:"endpoints_on"`
	// Private allows addresses inside this network and on this machine.
	Private bool `yaml:"private"`
	// ClientID is what the EPR calls the viewer.
	ClientID string `yaml:"client_id"`
	// PrivateKeyFile, ClientSecretFile, ClientSecret or Public: exactly one. A key is PEM,
	// EC P-384 (ES384) or RSA of 2048 bits or more (RS384), as SMART has it; Alg takes
	// others. KeyID is its `kid`, which SMART requires.
	PrivateKeyFile   string `yaml:"private_key_file"`
	KeyID            string `yaml:"key_id"`
	Alg              string `yaml:"alg"`
	ClientSecret     string `yaml:"client_secret"`
	ClientSecretFile string `yaml:"client_secret_file"`
	// Public: the EPR knows the viewer without a secret; PKCE binds the code.
	Public bool `yaml:"public"`
	// Scopes are asked for; default launch, openid, fhirUser, patient/Patient.r. For an EPR of
	// SMART 1: patient/Patient.read.
	Scopes []string `yaml:"scopes"`
	// Patient leads to the patient's id in the token endpoint's answer; default "patient".
	// Steps are names, [0] or [name=value]: authorization_details[type=smart_on_fhir].patient.
	Patient string `yaml:"patient"`
	// NHSNumberSystem is the identifier system of NHS numbers at the EPR; default
	// https://fhir.nhs.uk/Id/nhs-number.
	NHSNumberSystem string `yaml:"nhs_number_system"`
	// Practitioner reads the user's Practitioner too, as claims.practitioner; it needs a scope
	// such as user/Practitioner.r.
	Practitioner bool `yaml:"practitioner"`
	// CAFile, ClockSkew, Timeout and SigningAlgs are those of oidc.Config.
	CAFile      string        `yaml:"ca_file"`
	ClockSkew   time.Duration `yaml:"clock_skew"`
	Timeout     time.Duration `yaml:"timeout"`
	SigningAlgs []string      `yaml:"id_token_signed_response_alg"`
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	if c.Issuer == "" {
		c.Issuer = c.Iss
	}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{"launch", "openid", "fhirUser", "patient/Patient.r"}
	}
	if c.Patient == "" {
		c.Patient = "patient"
	}
	if c.NHSNumberSystem == "" {
		c.NHSNumberSystem = record.NHSNumberSystem
	}
	return c
}

// provider is the stanza as auth/oidc takes it.
func (c *Config) provider() oidc.Config {
	return oidc.Config{
		Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: c.ClientSecret, ClientSecretFile: c.ClientSecretFile,
		PrivateKeyFile: c.PrivateKeyFile, KeyID: c.KeyID, Alg: c.Alg,
		CAFile: c.CAFile, ClockSkew: c.ClockSkew, Timeout: c.Timeout, SigningAlgs: c.SigningAlgs,
	}
}

// SameIss reports whether two spellings are of one FHIR base: to the letter, but for at most
// one slash at the end of each. Nothing else is normalised: what normalising makes equal, an
// attacker can spell.
func SameIss(a, b string) bool {
	return strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/")
}

// onThisMachine reports whether the EPR may be spoken to without TLS.
func (c *Config) onThisMachine() bool {
	u, err := url.Parse(c.Iss)
	return err == nil && u.Scheme == "http" && auth.Loopback(u.Hostname())
}
