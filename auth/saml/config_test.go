package saml

import (
	"context"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
)

// TestValidate: every problem at once, each at its key.
func TestValidate(t *testing.T) {
	t.Parallel()
	good := Config{MetadataURL: "https://idp.example/metadata", KeyFile: "k", CertificateFile: "c"}
	for name, c := range map[string]struct {
		change func(*Config)
		paths  string
	}{
		"good":                        {func(*Config) {}, ""},
		"loopback":                    {func(c *Config) { c.MetadataURL = "http://127.0.0.1:9/x" }, ""},
		"empty":                       {func(c *Config) { *c = Config{} }, "certificate_file key_file metadata_url"},
		"both":                        {func(c *Config) { c.MetadataFile = "x" }, "metadata_url"},
		"plain http":                  {func(c *Config) { c.MetadataURL = "http://idp.example/x" }, "metadata_url"},
		"with a user":                 {func(c *Config) { c.MetadataURL = "https://a:b@idp.example/x" }, "metadata_url"},
		"an entity id that is no URI": {func(c *Config) { c.EntityID = "care" }, "entity_id"},
		"transient":                   {func(c *Config) { c.NameIDFormat = formatTransient }, "name_id_format"},
		"a format that is no URI":     {func(c *Config) { c.NameIDFormat = "persistent" }, "name_id_format"},
		"a subject with spaces":       {func(c *Config) { c.Subject = " uid" }, "subject"},
		"comparison":                  {func(c *Config) { c.AuthnContext = AuthnContext{Classes: []string{"urn:x"}, Comparison: "better"} }, "authn_context.comparison"},
		"nothing to compare":          {func(c *Config) { c.AuthnContext.Comparison = "exact" }, "authn_context.classes"},
		"a class that is no URI":      {func(c *Config) { c.AuthnContext.Classes = []string{"smartcard"} }, "authn_context.classes"},
		"skew and timeout":            {func(c *Config) { c.ClockSkew, c.Timeout = 6*time.Minute, -1 }, "clock_skew timeout"},
	} {
		config := good
		c.change(&config)
		var paths []string
		for _, p := range config.Validate() {
			paths = append(paths, p.Path)
		}
		if got := strings.Join(paths, " "); got != c.paths {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestSample: the sample is a stanza as it stands, and so it is with every comment of a key
// taken away.
func TestSample(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"as it stands": Sample, "all keys": strings.NewReplacer("# subject:", "subject:", "# name_id_format:", "name_id_format:", "# authn_context:", "authn_context:",
		"#   classes:", "  classes:", "#   comparison:", "  comparison:", "# require_encrypted:", "require_encrypted:", "# sign_requests:", "sign_requests:", "# clock_skew:", "clock_skew:",
		"# timeout:", "timeout:", "# ca_file:", "ca_file:", "# entity_id:", "entity_id:", "# metadata_signer_file:", "metadata_signer_file:", "# next_certificate_file:", "next_certificate_file:").Replace(Sample)} {
		var c Config
		if err := yaml.Load([]byte(text), &c, yaml.WithKnownFields()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if problems := c.Validate(); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		if name == "all keys" && (c.ClockSkew != time.Minute || len(c.AuthnContext.Classes) != 1 || c.SignRequests == nil || c.CAFile == "" || c.NextCertificateFile == "") {
			t.Errorf("%+v", c)
		}
	}
}

// TestOpen: wrong files are found when the server starts, and named by their key.
func TestOpen(t *testing.T) {
	t.Parallel()
	weak := newPair(rsaKey(1024), now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	weakKey, err := x509.MarshalPKCS8PrivateKey(weak.key)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := x509.MarshalPKCS8PrivateKey(keys().elliptic.key)
	if err != nil {
		t.Fatal(err)
	}
	nonsense := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(nonsense, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Config)
		says   string
	}{
		"no key file":            {func(c *Config) { c.KeyFile = "/nowhere" }, "key_file: cannot be read"},
		"no key":                 {func(c *Config) { c.KeyFile = nonsense }, "key_file: is not a PEM file"},
		"a certificate as key":   {func(c *Config) { c.KeyFile = c.CertificateFile }, "key_file: holds no private key"},
		"a weak key":             {func(c *Config) { c.KeyFile = writePEM(t, "PRIVATE KEY", weakKey) }, "key_file: has fewer than 2048 bits"},
		"an elliptic key":        {func(c *Config) { c.KeyFile = writePEM(t, "PRIVATE KEY", curve) }, "key_file: must be an RSA key"},
		"another certificate":    {func(c *Config) { c.CertificateFile = writePEM(t, "CERTIFICATE", keys().next.cert.Raw) }, "not the certificate of the key"},
		"a weak certificate":     {func(c *Config) { c.NextCertificateFile = writePEM(t, "CERTIFICATE", weak.cert.Raw) }, "next_certificate_file: has a key that is too weak"},
		"no metadata file":       {func(c *Config) { c.MetadataFile = "/nowhere" }, "metadata_file: cannot be read"},
		"no metadata":            {func(c *Config) { c.MetadataFile = nonsense }, "metadata_file: the message is not XML"},
		"metadata not signed":    {func(c *Config) { c.MetadataSignerFile = writePEM(t, "CERTIFICATE", keys().next.cert.Raw) }, "metadata_file: the metadata is not signed"},
		"no signer":              {func(c *Config) { c.MetadataSignerFile = nonsense }, "metadata_signer_file: is not a PEM file"},
		"an empty list to trust": {func(c *Config) { c.MetadataFile, c.MetadataURL, c.CAFile = "", "https://idp.example/x", nonsense }, "ca_file: holds no certificate"},
	} {
		config := stanza(t, metadataOf(keys().idp.cert))
		c.change(config)
		if _, err := config.Open(context.Background(), environment()); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPKCS1 is how older tools write keys.
func TestPKCS1(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.KeyFile = writePEM(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaOf(keys().ours)))
	openStanza(t, config)
}

// TestSteps: the connection test says what it found, and stops where it fails.
func TestSteps(t *testing.T) {
	t.Parallel()
	soon := newPair(keys().next.key, now.AddDate(-1, 0, 0), now.AddDate(0, 0, 7))
	for name, c := range map[string]struct {
		config *Config
		ok     bool
		steps  int
		says   string
	}{
		"good":       {stanza(t, metadataOf(keys().idp.cert)), true, 6, "by redirect to " + idpSignOut},
		"soon":       {stanza(t, metadataOf(soon.cert)), true, 6, "RSA of 2048 bits, until 2026-11-29 (soon"},
		"expired":    {stanza(t, metadataOf(keys().expired.cert)), false, 5, "expired: its signatures are refused"},
		"no way out": {stanza(t, strings.ReplaceAll(metadataOf(keys().idp.cert), idpSignOut, "http://idp.example/slo")), true, 6, "signed out here only"},
	} {
		steps := openStanza(t, c.config).Test(context.Background())
		if len(steps) != c.steps || steps[len(steps)-1].OK != c.ok || !strings.Contains(said(steps), c.says) {
			t.Errorf("%s: %v", name, steps)
		}
	}
}

func said(steps []auth.Step) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteString(s.Name + ": " + s.Detail + "\n")
	}
	return b.String()
}
