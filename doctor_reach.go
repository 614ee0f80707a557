package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// reach tries everything that the server talks to, all at once; each says its lines by itself,
// in the configuration's order.
func (d *doctor) reach() {
	var tries []func(*doctor)
	tries = append(tries, (*doctor).server)
	for i := range d.config.Sources {
		tries = append(tries, func(part *doctor) { part.source(&part.config.Sources[i]) })
	}
	for i := range d.config.Logins {
		tries = append(tries, func(part *doctor) { part.login(&part.config.Logins[i]) })
	}
	for i := range d.config.Launchers {
		tries = append(tries, func(part *doctor) { part.launcher(&part.config.Launchers[i]) })
	}
	if d.config.Audit.Syslog != nil {
		tries = append(tries, (*doctor).syslog)
	}
	parts := make([]doctor, len(tries))
	var all sync.WaitGroup
	for i, try := range tries {
		parts[i] = *d
		parts[i].found = nil
		all.Go(func() {
			ctx, stop := context.WithTimeout(d.ctx, d.within)
			defer stop()
			parts[i].ctx = ctx
			try(&parts[i])
		})
	}
	all.Wait()
	for i := range parts {
		d.found = append(d.found, parts[i].found...)
	}
}

// source asks only whether the system is there and lets us in, as `source check` begins.
func (d *doctor) source(s *SourceConfig) {
	name := "source " + s.ID
	if s.ID == exampleSource && s.Type == "csvfile" {
		d.warn(name, "it is the invented person that patchwork init wrote", "take the stanza out with the first real system")
	}
	report, err := check.Run(d.ctx, s.connector, s.settings(), sources.Env{
		ID: s.ID, Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: d.config.zone,
	}, check.Options{Reached: true, Wait: d.within})
	if err != nil {
		d.fail(name, fmt.Sprintf("it was not reached within %v", d.within), "patchwork source check "+s.ID+" says more; give the doctor longer by --within")
		return
	}
	said := len(d.found)
	for _, c := range report.Checks {
		for _, f := range c.Findings {
			text := f.Text
			if len(f.Said) > 0 {
				text += " (" + strings.Join(f.Said, "; ") + ")"
			}
			switch f.Verdict {
			case check.Fail:
				d.fail(name, text, f.Mend)
			case check.Warn:
				d.warn(name, text, f.Mend)
			}
		}
	}
	if len(d.found) == said {
		d.ok(name, "it was reached")
	}
	if !slices.Contains(report.Found(check.Warn), "out-of-turn") { // it may be asked now
		d.sourceClock(s)
	}
}

// exampleSource is the id of the source that init writes.
const exampleSource = "example"

// sourceClock asks a system that speaks HTTP for the time: any answer says it, a refusal too.
// Nobody and nothing is asked for.
func (d *doctor) sourceClock(s *SourceConfig) {
	var said struct {
		URL string `yaml:"url"`
	}
	if s.Connect.Load(&said) != nil || !strings.HasPrefix(said.URL, "http") {
		return
	}
	req, err := http.NewRequestWithContext(d.ctx, http.MethodHead, said.URL, nil)
	if err != nil {
		return
	}
	// The probe has judged the certificate; here nothing is sent that is worth anything.
	client := &http.Client{
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}, //nolint:gosec // the time only
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	begun := time.Now()
	answer, err := client.Do(req)
	if err != nil {
		return // it wants our certificate, perhaps
	}
	_ = answer.Body.Close()
	if at, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		d.skew("source "+s.ID, at.Sub(begun), 5*time.Second)
	}
}

func (d *doctor) login(s *LoginConfig) {
	name := "login " + s.ID
	provider, err := s.connector.Open(d.ctx, auth.Env{ID: s.ID, Name: s.Name, Base: s.base(d.config.PublicURL), Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		d.fail(name, err.Error(), "patchwork login test "+d.file+" "+s.ID)
		return
	}
	defer func() { _ = provider.Close() }()
	d.steps(name, provider.Test(d.ctx), "patchwork login test "+d.file+" "+s.ID+" shows every step")
}

func (d *doctor) launcher(s *LauncherConfig) {
	name := "launcher " + s.ID
	epr, err := s.connector.Open(auth.Env{ID: s.ID, Name: s.Name, Base: s.base(d.config.PublicURL), Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		d.fail(name, err.Error(), "patchwork launcher test "+d.file+" "+s.ID)
		return
	}
	defer func() { _ = epr.Close() }()
	d.steps(name, epr.Test(d.ctx), "patchwork launcher test "+d.file+" "+s.ID+" shows every step")
}

func (d *doctor) steps(name string, steps []auth.Step, mend string) {
	for _, step := range steps {
		if !step.OK {
			d.fail(name, step.Name+": "+step.Detail, mend)
			return
		}
	}
	d.ok(name, "%s passed", counted(len(steps), "step"))
}

// syslog opens a connection to the audit repository and sends nothing.
func (d *doctor) syslog() {
	const name = "audit repository"
	s := d.config.Audit.Syslog
	trust, err := s.tls()
	if err != nil {
		d.fail(name, err.Error(), "correct audit.syslog")
		return
	}
	conn, err := (&tls.Dialer{Config: trust}).DialContext(d.ctx, "tcp", s.Address)
	if err != nil {
		d.fail(name, "it cannot be reached by TLS at "+s.Address+": "+plainly(err), "check the address, the firewall, and audit.syslog.ca; events wait in the ledger meanwhile")
		return
	}
	defer conn.Close()
	if c, ok := conn.(*tls.Conn); ok && len(c.ConnectionState().PeerCertificates) > 0 {
		d.ending(name, "reached", c.ConnectionState().PeerCertificates[0].NotAfter)
	}
}

// server asks the server itself whether it is ready, and its public address whether it leads
// there.
func (d *doctor) server() {
	const name = "server"
	status, text, err := d.get("http://" + d.config.localAddress() + "/readyz")
	running := err == nil && status == http.StatusOK && text == "ready"
	switch {
	case running:
		d.ok(name, "one runs at %s and is ready", d.config.Listen)
	case err != nil:
		d.ok(name, "none runs at %s now", d.config.Listen)
	case status == http.StatusServiceUnavailable:
		d.fail(name, "one runs at "+d.config.Listen+" and is not ready: "+text, "its log says why since when; nothing is answered meanwhile")
	default:
		d.fail(name, "something else answers at "+d.config.Listen, "choose another address with listen")
	}
	if !strings.HasPrefix(d.config.PublicURL, "https://") || !running {
		return
	}
	status, text, err = d.get(d.config.PublicURL + "/healthz")
	switch {
	case err != nil:
		d.warn(name, d.config.PublicURL+" is not reached from here: "+plainly(err), "where only others reach it, look from there; else check the proxy and the name in DNS")
	case status != http.StatusOK || text != "alive":
		d.fail(name, fmt.Sprintf("at %s something else answers (status %d)", d.config.PublicURL, status), "let the proxy lead every path to "+d.config.Listen)
	default:
		d.ok(name, "%s leads here", d.config.PublicURL)
	}
}

func (d *doctor) get(address string) (status int, text string, err error) {
	req, err := http.NewRequestWithContext(d.ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, "", err
	}
	client := &http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := (&tls.Dialer{}).DialContext(ctx, network, addr)
			if c, ok := conn.(*tls.Conn); ok && len(c.ConnectionState().PeerCertificates) > 0 {
				d.ending("certificate", "public_url", c.ConnectionState().PeerCertificates[0].NotAfter)
			}
			return conn, err
		},
	}}
	defer client.CloseIdleConnections()
	answer, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 256))
	return answer.StatusCode, strings.TrimSpace(string(body)), err
}

// plainly is a network error without the address, which has been said.
func plainly(err error) string {
	var in *url.Error
	if errors.As(err, &in) {
		err = in.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return err.Error()
}

// localAddress is where this machine reaches its own server.
func (c *Config) localAddress() string {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return c.Listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
