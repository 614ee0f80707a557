package cast

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// lookEvery is how often a connection asks whether it may go on and what others have
	// told: what is taken away holds within a second.
	lookEvery = 500 * time.Millisecond
	// beatEvery is how often something is sent where nothing happens.
	beatEvery = 10 * time.Second
	// writeWithin is how long a subscriber may take to take a message.
	writeWithin = 5 * time.Second
	// answerWithin is how long it may take to say whether it follows. FHIRcast STU3 §2.5.
	answerWithin = 10 * time.Second
	// mostBehind is how many events it may be behind.
	mostBehind = 32
	// What it may say: answers are short, and there are as many as events.
	mostMessage  = 4 << 10
	messagesEach = 20
	messagesOnce = 60
)

// conn is one connection of one subscription.
type conn struct {
	h      *Hub
	ws     *websocket.Conn
	secret string
	is     atomic.Pointer[subscription]
	poked  chan struct{}
	seq    int64
	// waiting are the events that it has not answered, and until when it may.
	waiting map[string]expected
	answers chan reply
}

type expected struct {
	name  string
	until time.Time
}

// reply is a subscriber's answer to an event.
type reply struct {
	ID     string          `json:"id"`
	Status json.RawMessage `json:"status"` // "200" or 200
}

func (c *conn) subscription() *subscription { return c.is.Load() }

// Why a connection ends: a code of RFC 6455 §7.4.1 and a sentence.
type ending struct {
	code   websocket.StatusCode
	reason string
	// denied says so in the standard's way first.
	denied bool
}

func (e ending) Error() string { return e.reason }

// connect takes the socket of a subscription, once. The address is what proves the right:
// browsers can send no token with a socket (FHIRcast STU3 §4.3).
func (h *Hub) connect(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get("Origin"); origin != "" && !h.Smart.MayRead(r.Context(), origin) {
		h.refuse(w, r, "", http.StatusForbidden, "Pages of this origin are those of no registered app")
		return
	}
	if !h.enter() {
		h.refuse(w, r, "", http.StatusServiceUnavailable, "This server takes no more connections at the moment")
		return
	}
	defer h.leave()
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		h.refuse(w, r, "", http.StatusUpgradeRequired, "This is the address of a WebSocket")
		return
	}
	secret := r.PathValue("endpoint")
	u, err := h.Store.take(r.Context(), secret)
	if err != nil {
		h.fail(w, r, "", err)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true, CompressionMode: websocket.CompressionDisabled}) // the origin was looked at
	if err != nil {
		h.end(secret)
		return
	}
	ws.SetReadLimit(mostMessage)
	c := &conn{h: h, ws: ws, secret: secret, poked: make(chan struct{}, 1), waiting: map[string]expected{}, answers: make(chan reply, messagesOnce)}
	c.is.Store(u)
	c.serve(context.WithoutCancel(r.Context()))
}

// serve runs until the connection ends, and forgets the subscription then: whoever was cut
// off subscribes anew, and reads the present context.
func (c *conn) serve(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	topic := c.subscription().topic
	c.h.join(topic, c)
	readDone := make(chan error, 1)
	go func() { readDone <- c.read(ctx) }()
	why := c.run(ctx, readDone)
	c.h.part(topic, c)
	if why.denied {
		u := c.subscription()
		_ = c.write(ctx, map[string]string{"hub.mode": "denied", "hub.topic": topic, "hub.events": strings.Join(u.events, ","), "hub.reason": why.reason})
	}
	// Close waits for the other side's answer; the reader must be gone by then.
	cancel()
	_ = c.ws.Close(why.code, why.reason)
	_ = c.ws.CloseNow()
	if err := <-readDone; err != nil {
		c.h.Log.Debug("a socket is closed", "kind", fmt.Sprintf("%T", err))
	}
	c.h.end(c.secret)
}

// run sends what happens, and gives why it ended.
func (c *conn) run(ctx context.Context, readDone chan error) ending {
	look, beat := time.NewTicker(lookEvery), time.NewTicker(beatEvery)
	defer look.Stop()
	defer beat.Stop()
	err := c.begin(ctx)
	for err == nil {
		select {
		case <-c.h.ended:
			return ending{code: websocket.StatusGoingAway, reason: "the server is going down"}
		case gone := <-readDone:
			readDone <- gone
			return c.left(ctx, gone)
		case a := <-c.answers:
			c.answered(ctx, a)
		case <-c.poked:
			err = c.news(ctx)
		case <-look.C:
			if err = c.look(ctx); err == nil {
				err = c.news(ctx)
			}
		case <-beat.C:
			err = c.beat(ctx)
		}
	}
	var e ending
	if errors.As(err, &e) {
		return e
	}
	return ending{code: websocket.StatusTryAgainLater, reason: "subscribe anew"}
}

// begin confirms the subscription and tells who is open. FHIRcast STU3 §2.4.
func (c *conn) begin(ctx context.Context) error {
	if err := c.look(ctx); err != nil {
		return err
	}
	u := c.subscription()
	now, err := c.h.Store.present(ctx, u.topic)
	if err != nil {
		return err
	}
	c.seq = now.seq
	if err := c.confirm(ctx, u); err != nil {
		return err
	}
	if now.opened != nil && u.hears(patientOpen) {
		return c.send(ctx, now.opened)
	}
	return nil
}

func (c *conn) confirm(ctx context.Context, u *subscription) error {
	return c.write(ctx, map[string]any{
		"hub.mode": "subscribe", "hub.topic": u.topic, "hub.events": strings.Join(u.events, ","),
		"hub.lease_seconds": int(u.expires.Sub(c.h.Now()).Seconds()),
	})
}

// look asks whether the subscription may go on, and as what.
func (c *conn) look(ctx context.Context) error {
	u, err := c.h.Store.find(ctx, c.secret)
	switch {
	case errors.Is(err, errNoEndpoint):
		return ending{websocket.StatusNormalClosure, "the subscription has ended", true}
	case err != nil:
		return err
	case !u.expires.After(c.h.Now()):
		return ending{websocket.StatusNormalClosure, "the lease has ended", true}
	}
	if err := c.stands(ctx, u); errors.Is(err, auth.ErrNoSession) || errors.Is(err, errNoTopic) {
		return ending{websocket.StatusNormalClosure, "access has ended", true}
	} else if err != nil {
		return err
	}
	before := c.is.Swap(u)
	for id, e := range c.waiting {
		if c.h.Now().After(e.until) {
			c.outOfStep(ctx, id, e.name, "A subscriber does not answer")
			return ending{websocket.StatusPolicyViolation, "an event was not answered within ten seconds", true}
		}
	}
	if before.edition != u.edition {
		return c.confirm(ctx, u)
	}
	return nil
}

// stands: neither the token's sign-in nor the EPR may be gone.
func (c *conn) stands(ctx context.Context, u *subscription) error {
	if err := c.h.Smart.Stands(ctx, u.grant, u.signIn, u.app); err != nil {
		return err
	}
	now, err := c.h.Store.present(ctx, u.topic)
	if err != nil {
		return err
	}
	return c.h.Smart.Approved(ctx, now.epr)
}

// news sends the events since the last one.
func (c *conn) news(ctx context.Context) error {
	u := c.subscription()
	events, err := c.h.Store.after(ctx, u.topic, c.seq, mostBehind)
	if err != nil {
		return err
	}
	if len(events) == mostBehind {
		return ending{websocket.StatusTryAgainLater, "too far behind: subscribe anew", true}
	}
	for _, h := range events {
		c.seq = h.seq
		if h.sender == u.grant || !u.hears(h.notice.Event.Name) {
			continue
		}
		if err := c.send(ctx, h.notice); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) send(ctx context.Context, n *notice) error {
	if len(c.waiting) >= mostBehind {
		return ending{websocket.StatusPolicyViolation, "events are not answered", true}
	}
	c.waiting[n.ID] = expected{n.Event.Name, c.h.Now().Add(answerWithin)}
	return c.write(ctx, n)
}

// beat is a ping for who takes one, and an event for a page.
func (c *conn) beat(ctx context.Context) error {
	u := c.subscription()
	if u.hears(heartbeat) {
		now := c.h.Now().UTC()
		return c.write(ctx, notice{Timestamp: now.Format(time.RFC3339Nano), ID: "beat-" + strconv.FormatInt(now.UnixMicro(), 36),
			Event: event{Topic: u.topic, Name: heartbeat, Context: []item{{Key: "period", Decimal: strconv.Itoa(int(beatEvery.Seconds()))}}}})
	}
	ctx, cancel := context.WithTimeout(ctx, writeWithin)
	defer cancel()
	return c.ws.Ping(ctx)
}

func (c *conn) write(ctx context.Context, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, writeWithin)
	defer cancel()
	return c.ws.Write(ctx, websocket.MessageText, text)
}

// read takes answers until the connection ends.
func (c *conn) read(ctx context.Context) error {
	rates := rate.NewLimiter(messagesEach, messagesOnce)
	for {
		kind, text, err := c.ws.Read(ctx)
		if err != nil {
			return err
		}
		var a reply
		if kind != websocket.MessageText || json.Unmarshal(text, &a) != nil {
			return ending{websocket.StatusInvalidFramePayloadData, "a message is JSON with id and status", true}
		}
		if !rates.Allow() {
			return ending{websocket.StatusPolicyViolation, "too many messages", true}
		}
		select {
		case c.answers <- a:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// answered takes one: whoever does not follow is told of to the others (FHIRcast STU3 §2.5).
func (c *conn) answered(ctx context.Context, a reply) {
	e, there := c.waiting[a.ID]
	if !there {
		return
	}
	delete(c.waiting, a.ID)
	c.h.heard(c, a.ID)
	status, err := strconv.Atoi(strings.Trim(string(a.Status), `"`))
	if err != nil || status < 200 || status > 299 {
		why := "A subscriber refuses to follow"
		if status >= http.StatusInternalServerError {
			why = "A subscriber cannot follow"
		}
		c.outOfStep(ctx, a.ID, e.name, why)
	}
}

// outOfStep tells the others that this one does not follow. A SyncError about a SyncError
// would have no end.
func (c *conn) outOfStep(ctx context.Context, about, name, why string) {
	u := c.subscription()
	if name == syncError {
		return
	}
	n := outOfStep(u.topic, about, name, u.name, why, c.h.Now())
	if err := c.h.tell(ctx, u.topic, n, u.grant, u.app); err != nil && !errors.Is(err, errNoTopic) {
		c.h.Log.Warn("the hub could not tell that a subscriber is out of step", "cause", err.Error())
	}
}

// left words how the other side ended the connection; one that broke off is told of.
func (c *conn) left(ctx context.Context, gone error) ending {
	var e ending
	if errors.As(gone, &e) {
		return e
	}
	switch websocket.CloseStatus(gone) {
	case websocket.StatusNormalClosure, websocket.StatusGoingAway:
	default:
		c.outOfStep(ctx, "", "", "The connection of a subscriber broke off")
	}
	return ending{code: websocket.StatusNormalClosure, reason: ""}
}
