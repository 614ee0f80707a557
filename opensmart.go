package main

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/smart"
	"github.com/patchworkcare/patchwork/smart/cast"
)

// viewerID is the viewer as a SMART app: a client like any other, but that it comes with the
// server.
const viewerID = "patchwork-viewer"

// openSMART opens the authorization server. It stands last, because it asks everything else.
func (s *server) openSMART(ctx context.Context) error {
	keys, err := smart.OpenKeys(ctx, s.db.Write, s.db.Read, s.secrets.Current, time.Now, s.secrets.Others()...)
	if err != nil {
		return err
	}
	store, topics := smart.NewStore(s.clients), cast.NewStore(s.db.Write, s.db.Read, time.Now)
	public := s.config.publicURL()
	s.smart = smart.New(smart.Config{
		Public: public, Store: store, Keys: keys,
		Clients: &smart.Authentication{
			Store: store, Fetcher: smart.NewFetcher(smart.FetchConfig{AllowPrivate: s.config.SMART.PrivateKeySets, Now: time.Now}), Limiter: clientLimiter{s.users.Lockout},
			Audiences: []string{public + "/smart/token", public + "/smart/introspect", public + "/smart/revoke"},
		},
		Sessions: s.sessions, Auth: s.auth, People: launchPeople{s.index, s.executor}, Users: knownUsers{s.accounts}, Topics: topics, Ledger: s.ledger, Log: s.log, Now: time.Now,
	})
	s.auth.Tokens = s.smart
	s.hub = cast.New(cast.Config{Store: topics, Smart: s.smart, Ledger: s.ledger, Locate: s.auth.Locate, Log: s.log, Now: time.Now})
	if err := s.clients.Built(ctx, viewerClient(public)); err != nil {
		return err
	}
	s.sweep = repeat(sweepEvery, func(ctx context.Context) {
		if err := errors.Join(s.smart.Sweep(ctx), topics.Sweep(ctx)); err != nil {
			s.log.Warn("old tokens could not be cleared away", "cause", err.Error())
		}
		if err := s.viewer.Sweep(ctx); err != nil {
			s.log.Warn("what users kept could not be forgotten", "cause", err.Error())
		}
	})
	return nil
}

// viewerClient asks for everything that its user may do. Its users are not asked: they are at
// Patchwork already.
func viewerClient(public string) smart.Client {
	return smart.Client{
		ID: viewerID, Name: "Patchwork", Method: smart.Public, Trusted: true,
		RedirectURIs: []string{public + "/smart/callback"}, LaunchURL: public + "/launch",
		Scopes: []string{scope.OpenID, scope.FHIRUser, scope.Profile, scope.Launch, scope.LaunchPatient, scope.OnlineAccess, scope.Graph, scope.CastRead, scope.CastPrefix + "SyncError.write"},
	}
}

// sweepEvery is how often what has expired is cleared away.
const sweepEvery = 10 * time.Minute

// repeat does something now and then until the function that it gives is called, which
// waits for what is under way.
func repeat(every time.Duration, do func(ctx context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				do(ctx)
			}
		}
	}()
	return func() { cancel(); <-done }
}

// publicURL is where browsers and apps reach the server: the configured address, else the
// one that it listens on.
func (c *Config) publicURL() string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	scheme := "https"
	if c.PlainHTTP {
		scheme = "http"
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return scheme + "://localhost"
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// secretFile is where the server's secret stands: the configured file, else beside the
// database, else here.
func (c *Config) secretFile() string {
	if c.SMART.SecretFile != "" {
		return c.SMART.SecretFile
	}
	const name = "patchwork.secret"
	if path, ok := strings.CutPrefix(c.State, "sqlite:"); ok {
		path, _, _ = strings.Cut(strings.TrimPrefix(path, "//"), "?")
		return filepath.Join(filepath.Dir(path), name)
	}
	return name
}

// clientLimiter counts wrong secrets of clients as wrong passwords are.
type clientLimiter struct{ counter *lockout.Counter }

// Enter asks whether another secret may be looked at.
func (l clientLimiter) Enter(ctx context.Context, who string) (func(context.Context, error) error, error) {
	attempt, err := l.counter.Enter(ctx, who, "")
	if err != nil {
		return nil, err
	}
	return attempt.Settle, nil
}
