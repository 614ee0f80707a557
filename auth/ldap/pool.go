package ldap

import (
	"context"
	"sync"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// idleFor is how long an unused connection of the service account is kept: less than
// directories and firewalls do.
const idleFor = time.Minute

// pool keeps connections that are bound as the service account, and bounds how much is
// under way.
type pool struct {
	slots chan struct{}

	mu     sync.Mutex
	idle   []*link
	closed bool
}

// enter waits for its turn; leave must follow.
func (p *provider) enter(ctx context.Context) (leave func(), err error) {
	select {
	case p.pool.slots <- struct{}{}:
		return func() { <-p.pool.slots }, nil
	case <-ctx.Done():
		return nil, auth.Refuse(auth.RefusedUnavailable, "too many sign-ins are under way at the directory")
	}
}

// service does one operation as the service account. A connection that was kept may have
// been closed by the directory meanwhile: then the next is tried, the last a new one.
func (p *provider) service(ctx context.Context, do func(*ldap.Conn) error) error {
	for {
		l, kept := p.pool.take(), true
		if l == nil {
			var err error
			if l, err = p.dialService(ctx); err != nil {
				return err
			}
			kept = false
		}
		err := l.run(ctx, do)
		if _, answered := resultCode(err); answered && ctx.Err() == nil {
			p.pool.put(l)
			return err
		}
		l.close()
		if !kept || ctx.Err() != nil || isTooMany(err) {
			return err
		}
	}
}

func (p *provider) dialService(ctx context.Context) (*link, error) {
	l, err := p.dial(ctx)
	if err != nil {
		return nil, err
	}
	err = l.run(ctx, func(c *ldap.Conn) error { return c.Bind(p.config.BindDN, p.password) })
	if err == nil {
		return l, nil
	}
	l.close()
	return nil, serviceRefusal(err)
}

// take gives the connection used last, or nil.
func (p *pool) take() *link {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.idle) > 0 {
		l := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if !l.conn.IsClosing() && time.Since(l.used) < idleFor {
			return l
		}
		l.close()
	}
	return nil
}

func (p *pool) put(l *link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		l.close()
		return
	}
	l.used = time.Now()
	p.idle = append(p.idle, l) // as many as slots at most
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, l := range p.idle {
		l.close()
	}
	p.idle = nil
}
