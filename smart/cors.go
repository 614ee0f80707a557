package smart

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// AnyOrigin lets every site read: for documents that are the same for everybody.
func AnyOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		if preflight(r) {
			w.Header().Set("Access-Control-Allow-Methods", "GET, HEAD")
			w.Header().Set("Access-Control-Allow-Headers", "Accept, X-Request-Id")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// CORS lets the pages of registered apps ask, and no others; whose token a page shows is
// looked at where the token is (auth.Authenticator, HolderOf). Credentials are never allowed:
// an app shows its token, and a cookie of ours is of no use to another site.
func (s *Server) CORS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		allowed := origin != "" && s.origins.has(r.Context(), s, origin)
		if allowed {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Expose-Headers", "X-Request-Id, WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy, Location")
		}
		if !preflight(r) {
			next.ServeHTTP(w, r)
			return
		}
		if !allowed {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Access-Control-Allow-Methods", "GET, HEAD, POST")
		w.Header().Set("Access-Control-Allow-Headers", "Authorization, Accept, Content-Type, X-Request-Id, X-Patchwork-Request, X-Patchwork-Passive, Patchwork-Cost, Prefer")
		w.Header().Set("Access-Control-Max-Age", "600")
		w.WriteHeader(http.StatusNoContent)
	})
}

// preflight: Fetch standard, "CORS-preflight request".
func preflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}

// originsKept is how long the registry's origins are believed: a page that was taken out of
// it reads nothing without a token anyway.
const originsKept = 2 * time.Second

// origins are those of the pages of approved apps, and of the EPRs in whose frames they open.
type origins struct {
	mu     sync.Mutex
	read   time.Time
	apps   map[string][]string // the ids of the apps that have pages of an origin
	frames []string
}

func (o *origins) has(ctx context.Context, s *Server, origin string) bool {
	apps, _ := o.get(ctx, s)
	return len(apps[origin]) > 0
}

// PageOf reports whether the pages of an origin are those of an app, which is approved.
func (s *Server) PageOf(ctx context.Context, app, origin string) bool {
	apps, _ := s.origins.get(ctx, s)
	return slices.Contains(apps[origin], app)
}

// Frames are the origins of the EPRs in whose frames pages of a launch may stand; nil if
// there are none or they cannot be read.
func (s *Server) Frames() []string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, frames := s.origins.get(ctx, s)
	return frames
}

func (o *origins) get(ctx context.Context, s *Server) (apps map[string][]string, frames []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if now := s.Now(); o.apps == nil || now.Sub(o.read) > originsKept {
		clients, err := s.Store.List(ctx)
		if err != nil {
			return nil, nil // and nobody is let in
		}
		o.apps, o.frames, o.read = map[string][]string{}, nil, now
		for _, c := range clients {
			o.add(c)
		}
	}
	return o.apps, o.frames
}

func (o *origins) add(c *Client) {
	if c.State != Approved {
		return
	}
	for _, uri := range append([]string{c.LaunchURL}, c.RedirectURIs...) {
		if origin := originOf(uri); origin != "" {
			o.apps[origin] = append(o.apps[origin], c.ID)
		}
	}
	if c.Launching != nil {
		o.frames = append(o.frames, c.Launching.Origins...)
	}
}
