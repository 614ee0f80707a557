package cast

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/smart"
)

// ActionContext is an EPR saying which patient is on its screen now: Launch is the EPR,
// Reason the event.
const ActionContext = "context-change"

// Config is what a Hub is made of. All fields must be set.
type Config struct {
	Store  *Store
	Smart  *smart.Server
	Ledger *audit.Ledger
	// Locate puts where a request comes from into its context.
	Locate func(http.Handler) http.Handler
	Log    *slog.Logger
	Now    func() time.Time
}

// Hub is the hub. Safe for concurrent use. Close it.
type Hub struct {
	Config
	ended chan struct{}
	open  sync.WaitGroup

	mu     sync.Mutex
	over   bool
	conns  map[string]map[*conn]struct{} // by topic
	seats  map[string]map[string]*seat   // by topic and endpoint
	all    int
	limits map[string]*limit
}

// How much a topic may be told: an EPR moves on when its user does.
const (
	perSecond = 5
	atOnce    = 20
	// mostConns is how many connections a server takes.
	mostConns = 1000
	// mostLimits is how many topics' rates are remembered.
	mostLimits = 10_000
)

type limit struct {
	*rate.Limiter
	used time.Time
}

// New makes one.
func New(c Config) *Hub {
	return &Hub{Config: c, ended: make(chan struct{}), conns: map[string]map[*conn]struct{}{}, seats: map[string]map[string]*seat{}, limits: map[string]*limit{}}
}

// Routes serves /smart/cast and the discovery document.
func (h *Hub) Routes(mux *http.ServeMux) {
	serve := func(pattern string, f http.HandlerFunc) { mux.Handle(pattern, h.Smart.CORS(h.Locate(f))) }
	for _, base := range []string{"/smart/cast", "/fhir"} {
		mux.Handle(base+"/.well-known/fhircast-configuration", smart.AnyOrigin(http.HandlerFunc(h.configuration)))
	}
	serve("/smart/cast", h.post)
	serve("/smart/cast/{topic}", h.present)
	serve("/smart/cast/{topic}/follow", h.follow)
	mux.Handle(socketPath+"{endpoint}", h.Locate(http.HandlerFunc(h.connect)))
}

// End ends all connections at once and lets none begin: they would keep the server from
// going down. It does not wait.
func (h *Hub) End() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.over {
		h.over = true
		close(h.ended)
	}
}

// Close is End, and waits until they are gone.
func (h *Hub) Close() {
	h.End()
	h.open.Wait()
}

// configuration: FHIRcast STU3 §2.7.
func (h *Hub) configuration(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"eventsSupported": eventNames, "websocketSupport": true, "fhircastVersion": "3.0.0", "fhirVersion": "R4", "getCurrentSupport": true,
		"capabilities": map[string]bool{"supportsGetCurrentContext": true, "supportsNonCurrentContextUpdates": false},
		"hub.url":      h.Smart.HubURL(), // not of the standard: for who has found this below the FHIR base
	})
}

// post takes subscriptions, which are forms, and events, which are JSON.
func (h *Hub) post(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		h.refuse(w, r, "", http.StatusMethodNotAllowed, "Only POST")
		return
	}
	holder, ok := h.holder(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostNotice)
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "application/x-www-form-urlencoded":
		h.subscription(w, r, holder)
	case "application/json", "application/fhir+json":
		h.event(w, r, holder)
	default:
		h.refuse(w, r, holder.Session.App, http.StatusUnsupportedMediaType, "A subscription is a form, an event is JSON")
	}
}

// holder says whose token a request carries, or has answered.
func (h *Hub) holder(w http.ResponseWriter, r *http.Request) (*smart.Holder, bool) {
	holder, err := h.Smart.HolderOf(r)
	switch {
	case errors.Is(err, auth.ErrNoSession):
		w.Header().Set("WWW-Authenticate", `Bearer scope="`+scope.CastRead+`"`)
		h.refuse(w, r, "", http.StatusUnauthorized, "Send an access token that is valid")
		return nil, false
	case errors.Is(err, smart.ErrForeignPage):
		smart.Unread(w)
		h.refuse(w, r, "", http.StatusForbidden, smart.ErrForeignPage.Error())
		return nil, false
	case err != nil:
		h.trouble(w, r, err)
		return nil, false
	}
	return holder, true
}

// topicOf gives a topic that the holder has to do with: the EPR whose it is, or the app that
// was launched with it. Of any other nobody learns whether it is there.
func (h *Hub) topicOf(ctx context.Context, holder *smart.Holder, topic string) (current, error) {
	c, err := h.Store.present(ctx, topic)
	if err != nil {
		return c, err
	}
	launch := holder.Session.Launch
	if holder.Service() && holder.Session.App == c.epr || launch != nil && launch.Topic == topic && launch.Client == c.epr {
		return c, h.Smart.Approved(ctx, c.epr)
	}
	return c, errNoTopic
}

// may reports whether the holder's scopes allow it. An EPR that may open an app on a patient
// may say that it has moved on.
func may(holder *smart.Holder, event, how string) bool {
	scopes := holder.Session.Scopes
	if holder.Service() && scope.Permits(scopes, scope.OpenLaunch) {
		return true
	}
	return event == heartbeat || scope.Cast(scopes, event, how)
}

// allow counts a request of a topic; false if there are too many.
func (h *Hub) allow(topic string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.Now()
	l := h.limits[topic]
	if l == nil {
		if len(h.limits) >= mostLimits {
			for name, old := range h.limits {
				if now.Sub(old.used) > time.Minute {
					delete(h.limits, name)
				}
			}
		}
		l = &limit{Limiter: rate.NewLimiter(perSecond, atOnce)}
		h.limits[topic] = l
	}
	l.used = now
	return l.AllowN(now, 1)
}

// refuse answers in plain text, as the standard has it, and notes it. The words repeat
// nothing that was sent.
func (h *Hub) refuse(w http.ResponseWriter, r *http.Request, app string, status int, words string) {
	_ = h.Smart.Refused(r.Context(), app, &smart.Refusal{Code: "fhircast", Description: words, Status: status})
	w.Header().Set("Cache-Control", "no-store")
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	http.Error(w, words, status)
}

// fail answers what a store or the server of launches says.
func (h *Hub) fail(w http.ResponseWriter, r *http.Request, app string, err error) {
	var said *smart.Refusal
	switch {
	case errors.Is(err, errNoTopic), errors.Is(err, auth.ErrNoSession):
		h.refuse(w, r, app, http.StatusForbidden, "The topic is not one of this token, or it is over")
	case errors.Is(err, errNoEndpoint):
		h.refuse(w, r, app, http.StatusNotFound, "There is no such endpoint, or it is over: subscribe anew")
	case errors.Is(err, errFull):
		h.refuse(w, r, app, http.StatusTooManyRequests, "The topic has ten subscribers already")
	case errors.Is(err, errReplayed):
		h.refuse(w, r, app, http.StatusConflict, "An event of this id happened before")
	case errors.Is(err, errOld):
		h.refuse(w, r, app, http.StatusConflict, "The event is older than the present context")
	case errors.As(err, &said):
		status := said.Status
		if status == 0 {
			status = http.StatusBadRequest
		}
		h.refuse(w, r, app, status, said.Description)
	default:
		h.trouble(w, r, err)
	}
}

func (h *Hub) trouble(w http.ResponseWriter, r *http.Request, err error) {
	h.Log.Error("the hub could not answer", "cause", err.Error(), "requestId", auth.CallerFrom(r.Context()).RequestID)
	http.Error(w, "This cannot be done at the moment", http.StatusServiceUnavailable)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
