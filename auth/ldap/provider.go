package ldap

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// provider is an open login. Safe for concurrent use.
type provider struct {
	config   Config
	env      auth.Env
	host     string
	address  string
	ldaps    bool
	startTLS bool
	tls      *tls.Config
	password string
	filter   *userFilter
	decoy    string
	asked    []string // attributes of a person
	pool     pool
}

var (
	_ auth.Connector       = (*Config)(nil)
	_ auth.Provider        = (*provider)(nil)
	_ auth.PasswordChecker = (*provider)(nil)
	_ auth.Rechecker       = (*provider)(nil)
)

func open(c *Config, env auth.Env) (*provider, error) {
	if all := c.Validate(); len(all) > 0 {
		return nil, fmt.Errorf("%s: %s", all[0].Path, all[0].Text)
	}
	filter, err := parseUserFilter(c.userFilter())
	if err != nil {
		return nil, err
	}
	p := &provider{config: *c, env: env, startTLS: c.StartTLS, password: c.BindPassword, filter: filter}
	if p.config.Timeout == 0 {
		p.config.Timeout = defaultTimeout
	}
	if p.config.PoolSize == 0 {
		p.config.PoolSize = defaultPool
	}
	p.pool.slots = make(chan struct{}, p.config.PoolSize)
	p.host, p.address, p.ldaps = c.address()
	p.decoy = or(c.DecoyDN, "cn="+strings.ToLower(rand.Text())+","+c.BaseDN)
	p.asked = slices.Concat(c.attributes(), []string{c.subjectAttribute(), filter.attribute, "displayName", "cn"})
	slices.Sort(p.asked)
	p.asked = slices.Compact(p.asked)
	if p.tls, err = c.tls(p.host); err != nil {
		return nil, err
	}
	if c.BindPasswordFile != "" {
		if p.password, err = readSecret(c.BindPasswordFile); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Close ends the connections that are kept.
func (p *provider) Close() error {
	p.pool.close()
	return nil
}

// Fold makes all spellings of a user name one; see auth.PasswordChecker.
func (p *provider) Fold(username string) string { return fold(username) }

func (c *Config) tls(host string) (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: or(c.ServerName, host)}
	if c.CAFile == "" {
		return t, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, errors.New("ca_file: the file cannot be read")
	}
	t.RootCAs = x509.NewCertPool()
	if !t.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("ca_file: there is no certificate in the file")
	}
	return t, nil
}

func readSecret(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", errors.New("bind_password_file: the file cannot be read")
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if secret == "" {
		return "", errors.New("bind_password_file: the file is empty")
	}
	return secret, nil
}

// search asks as the service account, for at most limit entries: tooMany says that there
// are more. Aliases are not dereferenced and referrals not followed.
func (p *provider) search(ctx context.Context, base string, scope, limit int, filter string, attributes []string) (found []*ldap.Entry, tooMany bool, err error) {
	err = p.service(ctx, func(c *ldap.Conn) error {
		answer, err := c.Search(&ldap.SearchRequest{
			BaseDN: base, Scope: scope, DerefAliases: ldap.NeverDerefAliases, SizeLimit: limit, EnforceSizeLimit: true,
			TimeLimit: int(p.config.Timeout.Seconds()), Filter: filter, Attributes: attributes,
		})
		if answer != nil {
			found = answer.Entries
		}
		return err
	})
	if isTooMany(err) {
		return found, true, nil
	}
	return found, false, err
}
