package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/export"
	"github.com/patchworkcare/patchwork/migrations"
)

// AuditConfig says where the ledger's proof is kept and where the ledger is sent
// (docs/ledger.md).
type AuditConfig struct {
	// Key is the file of the key that signs checkpoints, made at the first start. The
	// default is <state>.audit-key beside a SQLite file, and patchwork.audit-key in the
	// working directory for PostgreSQL; all servers of one database need the same key.
	Key string `yaml:"key"`
	// Witness is the file that is told every event's hash and every checkpoint; default
	// as Key, with .witness. Each server has its own. Best on another disk or host.
	Witness string `yaml:"witness"`
	// Accept lets the server start on a ledger that was rolled back or tampered with: the
	// reason goes into the ledger. Nothing is sealed until it is whole again.
	Accept string `yaml:"accept"`
	// Syslog sends every event to an audit repository; nil sends none.
	Syslog *SyslogConfig `yaml:"syslog"`
}

// SyslogConfig is an ATNA audit repository, reached over TLS only.
type SyslogConfig struct {
	// Address is its host:port; 6514 is usual.
	Address string `yaml:"address"`
	// CA is the file of the authorities that are believed; "" is the system's.
	CA string `yaml:"ca"`
	// Certificate and Key are how this server shows who it is; "" shows nothing.
	Certificate string `yaml:"certificate"`
	Key         string `yaml:"key"`
}

// audit checks the stanza and fills in its defaults.
func (l *loading) audit(c *Config, n *yaml.Node) {
	base := "patchwork"
	if path, ok := strings.CutPrefix(c.State, "sqlite:"); ok {
		base = path
	}
	if c.Audit.Key == "" {
		c.Audit.Key = base + ".audit-key"
	}
	if c.Audit.Witness == "" {
		c.Audit.Witness = base + ".witness"
	}
	s := c.Audit.Syslog
	if s == nil {
		return
	}
	if host, port, err := net.SplitHostPort(s.Address); err != nil || host == "" || !isPort(port) {
		l.say(orNode(at(n, "syslog.address"), n), "audit.syslog.address must be HOST:PORT, such as audit.example:6514")
	}
	if (s.Certificate == "") != (s.Key == "") {
		l.say(orNode(at(n, "syslog"), n), "audit.syslog: certificate and key belong together")
	}
}

// proof is what stands behind the ledger while the server runs.
type proof struct {
	notary *audit.Notary // nil after an accepted break
	feed   func()        // ends the sending; nil if none is configured
}

// openProof starts to seal and to send the ledger. A ledger that is not what was signed
// or witnessed keeps the server from opening, unless the configuration accepts it.
func openProof(ctx context.Context, c *Config, ledger *audit.Ledger, db *migrations.DB, log *slog.Logger) (p *proof, err error) {
	p = &proof{}
	p.notary, err = audit.OpenNotary(ctx, ledger, audit.NotaryConfig{Key: c.Audit.Key, Witness: c.Audit.Witness})
	var broken *audit.BrokenError
	switch {
	case err == nil:
	case !errors.As(err, &broken):
		return nil, err
	case c.Audit.Accept == "":
		return nil, fmt.Errorf("%w; see docs/ledger.md on how to go on", err)
	default:
		log.Error("a broken audit ledger was accepted; nothing is sealed until it is whole", "event", broken.Seq, "problem", broken.Error())
		err := ledger.Record(ctx, audit.Event{Action: audit.ActionAccepted, Reason: c.Audit.Accept, Target: broken.Error()})
		if err != nil {
			return nil, err
		}
	}
	if c.Audit.Syslog == nil {
		return p, nil
	}
	trust, err := c.Audit.Syslog.tls()
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	p.feed = sendFeed(db, export.FeedConfig{Address: c.Audit.Syslog.Address, TLS: trust, Observer: hostname()}, log)
	return p, nil
}

// sendFeed has one server of the database send the ledger, and another when that one dies: what
// was not confirmed then comes twice, and nothing is left out.
func sendFeed(db *migrations.DB, c export.FeedConfig, log *slog.Logger) (stop func()) {
	ctx, end := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		db.Lead(ctx, "audit feed to "+c.Address, func(ctx context.Context) {
			feed, err := export.OpenFeed(ctx, db.Write, db.Read, c, log)
			if err != nil {
				log.Error("the audit feed cannot be sent; it is tried again", "kind", fmt.Sprintf("%T", errors.Unwrap(err)))
				return
			}
			log.Info("this server sends the audit feed", "receiver", c.Address)
			<-ctx.Done()
			_ = feed.Close()
		})
	}()
	return func() { end(); <-done }
}

// close seals what there is, after the ledger was closed.
func (p *proof) close() error {
	var errs []error
	if p.feed != nil {
		p.feed()
	}
	if p.notary != nil {
		errs = append(errs, p.notary.Close())
	}
	return errors.Join(errs...)
}

func (s *SyslogConfig) tls() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.CA != "" {
		text, err := os.ReadFile(s.CA)
		if err != nil {
			return nil, fmt.Errorf("audit.syslog.ca cannot be read: %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("audit.syslog.ca: %s holds no certificate", s.CA)
		}
	}
	if s.Certificate != "" {
		if _, err := tls.LoadX509KeyPair(s.Certificate, s.Key); err != nil {
			return nil, fmt.Errorf("audit.syslog.certificate cannot be used: %w", err)
		}
		// One that is renewed on disk is taken at the next connection.
		c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(s.Certificate, s.Key)
			return &pair, err
		}
	}
	return c, nil
}

// hostname names this server to other systems.
func hostname() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "patchwork"
	}
	return name
}
