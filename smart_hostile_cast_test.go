package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// castScopes are those of an app that follows its EPR.
const castScopes = ehrScopes + " fhircast/*.read fhircast/SyncError.write"

// castCase is a launch with a topic: what the EPR and the app have of it.
type castCase struct {
	h                     *hostile
	epr, app              string // access tokens
	topic, event, patient string
	client                *smart.Client
	eprID                 string
}

// castClients registers an app and an EPR that answers for its users.
func (h *hostile) castClients(k signingKey) (app, epr *smart.Client) {
	c := chart()
	c.Trusted = true
	c.Scopes = append(c.Scopes, "fhircast/*.read", "fhircast/SyncError.write")
	app, _ = h.app(c)
	rights := h.epr(app, keySet(h.t, k), true)
	rights.Scopes = append(rights.Scopes, "fhircast/*.*")
	epr, _ = h.app(rights)
	return app, epr
}

// castLaunch launches the app on "everything" as the GP.
func (h *hostile) castLaunch(app, epr *smart.Client, k signingKey) *castCase {
	h.t.Helper()
	c := &castCase{h: h, epr: h.serviceToken(epr.ID, k, "patchwork/launch fhircast/*.*"), client: app, eprID: epr.ID}
	minted := h.mint(c.epr, h.launchBody(app)).json()
	if c.topic = flat(minted, "hub.topic"); c.topic == "" || flat(minted, "hub.url") != h.http.URL+"/smart/cast" {
		h.t.Fatalf("no topic: %v", minted)
	}
	c.redeem(minted.text("launch"))
	return c
}

// redeem takes a launch by the ordinary road.
func (c *castCase) redeem(launch string) reply {
	c.h.t.Helper()
	q := c.h.launched(c.client, c.h.given(launch))
	q.Set("scope", castScopes)
	a := c.h.send(nil, "GET", "/smart/authorize?"+q.Encode(), nil, "")
	status, tokens := c.h.redeem(c.client, location(c.h.t, a.header).Query().Get("code"))
	if status != http.StatusOK || flat(object(tokens), "hub.topic") != c.topic || flat(object(tokens), "hub.url") != c.h.http.URL+"/smart/cast" || tokens.text("hub_event") == "" {
		c.h.t.Fatalf("no token of the topic: %s %d %v", a.header.Get("Location"), status, tokens)
	}
	c.app, c.event, c.patient = c.h.given(tokens.text("access_token")), tokens.text("hub_event"), tokens.text("patient")
	return tokens
}

// happens is an event as the EPR posts it.
func (c *castCase) happens(id, name, number, birthDate string, change func(map[string]any)) string {
	n := map[string]any{"timestamp": time.Now().UTC().Format("2006-01-02T15:04:05.000"), "id": id, "event": map[string]any{
		"hub.topic": c.topic, "hub.event": name, "context": []any{map[string]any{"key": "patient", "resource": map[string]any{
			"resourceType": "Patient", "id": "local-1", "birthDate": birthDate, "name": []any{map[string]any{"family": "Mustnotpass"}},
			"identifier": []any{map[string]any{"system": smart.NHSNumberSystem, "value": number}},
		}}},
	}}
	if change != nil {
		change(n)
	}
	return textOfJSON(c.h.t, n)
}

func (c *castCase) says(token, body string) answer {
	c.h.t.Helper()
	return c.h.send(nil, "POST", "/smart/cast", withHeader(bearer(token), "Content-Type", "application/fhir+json"), body)
}

// opens has the EPR move to somebody of the demo.
func (c *castCase) opens(id, scenario string) answer {
	p := c.h.Scenario(scenario)
	return c.says(c.epr, c.happens(id, "Patient-open", p.NHSNumber, p.BirthDate, nil))
}

func (c *castCase) follow(token, id string) answer {
	c.h.t.Helper()
	return c.h.send(nil, "POST", "/smart/cast/"+c.topic+"/follow", withHeader(bearer(token), "Content-Type", "application/json"), textOfJSON(c.h.t, map[string]any{"id": id}))
}

func (c *castCase) subscription(more url.Values) url.Values {
	return with(url.Values{"hub.channel.type": {"websocket"}, "hub.mode": {"subscribe"}, "hub.topic": {c.topic}, "hub.events": {"patient-open,Patient-close,syncerror"}}, more)
}

func (c *castCase) subscribe(token string, more url.Values) answer {
	c.h.t.Helper()
	return c.h.form("/smart/cast", c.subscription(more), bearer(token))
}

// flat gives a member whose own name has a dot.
func flat(o object, path ...string) string {
	var v any = map[string]any(o)
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	s, _ := v.(string)
	return s
}

// listener is a connected subscriber.
type listener struct {
	t    testing.TB
	ws   *websocket.Conn
	last object // what it was told last
}

// listen subscribes, connects and takes the confirmation.
func (c *castCase) listen(token string, more url.Values) *listener {
	c.h.t.Helper()
	a := c.subscribe(token, more)
	endpoint := c.h.given(flat(a.json(), "hub.channel.endpoint"))
	if a.status != http.StatusAccepted || !strings.HasPrefix(endpoint, "ws://") {
		c.h.t.Fatalf("no endpoint: %d %s", a.status, a.body)
	}
	l := dial(c.h.t, endpoint)
	l.until(func(o object) bool { return flat(o, "hub.mode") == "subscribe" })
	return l
}

func dial(t testing.TB, endpoint string) *listener {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, endpoint, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.CloseNow() })
	return &listener{t: t, ws: ws}
}

// read gives the next message, or how the connection ended.
func (l *listener) read() (object, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, text, err := l.ws.Read(ctx)
	if err != nil {
		return nil, err
	}
	var o object
	if err := json.Unmarshal(text, &o); err != nil {
		l.t.Error(err)
	}
	l.last = o
	return o, nil
}

// until reads on to a message that is wanted.
func (l *listener) until(wanted func(object) bool) object {
	l.t.Helper()
	for {
		o, err := l.read()
		if err != nil {
			l.t.Fatalf("the connection ended before what was wanted: %v; last: %v", err, l.last)
		}
		if wanted(o) {
			return o
		}
	}
}

// event reads on to an event of an id, and answers it.
func (l *listener) event(id string, status int) object {
	l.t.Helper()
	o := l.until(func(o object) bool { return o.text("id") == id })
	l.answer(id, status)
	return o
}

func (l *listener) answer(id string, status int) {
	l.t.Helper()
	if err := l.ws.Write(context.Background(), websocket.MessageText, fmt.Appendf(nil, `{"id":%q,"status":"%d"}`, id, status)); err != nil {
		l.t.Error(err)
	}
}

// ends wants the connection to end with a denial, within a second.
func (l *listener) ends(what string) {
	l.t.Helper()
	begun := time.Now()
	denied := false
	for {
		o, err := l.read()
		if err != nil {
			break
		}
		denied = denied || flat(o, "hub.mode") == "denied"
	}
	if took := time.Since(begun); !denied || took > 3*time.Second { // a lease of 1 s, beside the rest of the suite under race
		l.t.Errorf("%s: denied %t, after %v; last: %v", what, denied, took, l.last)
	}
}

// casting goes through FHIRcast as a hostile neighbour would.
func (h *hostile) casting() {
	k := newKey(h.t, "epr")
	app, epr := h.castClients(k)
	c := h.castLaunch(app, epr, k)
	h.castingWell(c)
	h.castingEvents(h.castLaunch(app, epr, k))
	h.castingElsewhere(h.castLaunch(app, epr, k), h.castLaunch(app, epr, k), k)
	h.castingSubscriptions(h.castLaunch(app, epr, k))
	h.castingFloods(h.castLaunch(app, epr, k))
	h.castingOver(app, epr, k)
}

// castingWell: the standard as it is written, from the launch to the next patient.
func (h *hostile) castingWell(c *castCase) {
	l := c.listen(c.app, nil)
	first := l.event(c.event, 200)
	if name := flat(first, "event", "hub.event"); name != "Patient-open" {
		h.t.Errorf("the context is told as %q: %v", name, first)
	}
	done := make(chan answer)
	go func() { done <- c.opens("move-1", "conflict") }()
	told := l.event("move-1", 202)
	if a := <-done; a.status != http.StatusAccepted {
		h.t.Errorf("moving: %d %s", a.status, a.body)
	}
	if text := textOfJSON(h.t, told); strings.Contains(text, "Mustnotpass") || !strings.Contains(text, h.Scenario("conflict").NHSNumber) {
		h.t.Errorf("what is passed on: %s", text)
	}
	current := h.send(nil, "GET", "/smart/cast/"+c.topic, bearer(c.app), "").json()
	if flat(current, "context.type") != "Patient" || flat(current, "context.versionId") != "move-1" {
		h.t.Errorf("the context: %v", current)
	}
	was := c.app
	followed := c.follow(c.app, "move-1")
	if followed.status != http.StatusCreated {
		h.t.Fatalf("following: %d %s", followed.status, followed.body)
	}
	tokens := c.redeem(followed.json().text("launch"))
	if c.event != "move-1" || c.patient == h.everything || tokens["encounter"] != nil {
		h.t.Errorf("followed to %v", tokens)
	}
	if status, _ := h.get("/fhir/Patient/"+h.everything, c.app); status == http.StatusOK {
		h.t.Error("the token of the next patient opens the last one")
	}
	if status, _ := h.get("/fhir/Patient/"+c.patient, was); status == http.StatusOK {
		h.t.Error("the token of the last patient opens the next one")
	}
	if a := c.follow(c.app, "move-1"); a.status != http.StatusOK || a.json()["same"] != true {
		h.t.Errorf("following to who is shown: %d %s", a.status, a.body)
	}
	h.refused("a launch of following again", h.send(nil, "GET", "/smart/authorize?"+h.launched(c.client, followed.json().text("launch")).Encode(), nil, ""),
		want{http.StatusSeeOther, "invalid_request", callback, false})
	p := h.Scenario("conflict")
	if a := c.says(c.epr, c.happens("close-1", "Patient-close", p.NHSNumber, p.BirthDate, nil)); a.status != http.StatusAccepted {
		h.t.Errorf("closing: %d %s", a.status, a.body)
	}
	l.event("close-1", 200)
	current = h.send(nil, "GET", "/smart/cast/"+c.topic, bearer(c.app), "").json()
	if flat(current, "context.type") != "" || flat(current, "context.versionId") != "close-1" {
		h.t.Errorf("the context after closing: %v", current)
	}
	h.refused("following to who was closed", c.follow(c.app, "move-1"), want{status: 412})
	_ = l.ws.Close(websocket.StatusNormalClosure, "")
}

// castingEvents posts events that are wrong, and follows to people whom nobody may open so.
func (h *hostile) castingEvents(c *castCase) {
	at := func(path string, v any) func(map[string]any) {
		return func(n map[string]any) {
			if name, inside := strings.CutPrefix(path, "event."); inside {
				n["event"].(map[string]any)[name] = v
			} else {
				n[path] = v
			}
		}
	}
	p := h.Scenario("conflict")
	for what, x := range map[string]struct {
		change func(map[string]any)
		status int
	}{
		"no id":              {at("id", ""), 400},
		"a long id":          {at("id", strings.Repeat("x", 129)), 400},
		"an id with a line":  {at("id", "a\nb"), 400},
		"no time":            {at("timestamp", ""), 400},
		"a time to come":     {at("timestamp", "2099-01-01T00:00:00Z"), 400},
		"no event":           {at("event.hub.event", ""), 400},
		"another event":      {at("event.hub.event", "ImagingStudy-open"), 400},
		"a heartbeat":        {at("event.hub.event", "heartbeat"), 400},
		"no topic":           {at("event.hub.topic", ""), 403},
		"a guessed topic":    {at("event.hub.topic", auth.NewSecret()), 403},
		"no context":         {at("event.context", []any{}), 400},
		"an observation":     {at("event.context", []any{map[string]any{"key": "patient", "resource": map[string]any{"resourceType": "Observation"}}}), 400},
		"two patients":       {at("event.context", []any{map[string]any{"key": "patient", "resource": map[string]any{"resourceType": "Patient"}}, map[string]any{"key": "patient", "resource": map[string]any{"resourceType": "Patient"}}}), 400},
		"a large event":      {at("x", strings.Repeat("x", 33<<10)), 413},
		"an unknown outcome": {at("event.hub.event", "SyncError"), 400},
	} {
		h.refused(what, c.says(c.epr, c.happens("bad", "Patient-open", p.NHSNumber, p.BirthDate, x.change)), want{status: x.status})
	}
	h.refused("no JSON", c.says(c.epr, "{"), want{status: 400})
	h.refused("two of them", c.says(c.epr, "{}{}"), want{status: 400})

	// Whom it cannot find, it opens to nobody; and the app has heard that A is gone.
	for i, x := range []struct {
		what, number, birthDate string
		status                  int
	}{
		{"another birth date", p.NHSNumber, "1948-03-13", 409},
		{"somebody else's birth date", p.NHSNumber, h.Scenario("everything").BirthDate, 409},
		{"an unknown number", "9990009007", "1948-03-12", 404},
		{"a bad check digit", "9435000011", "1948-03-12", 400},
		{"no number", "", "1948-03-12", 400},
		{"no birth date", p.NHSNumber, "", 400},
		{"our own id", h.everything, p.BirthDate, 400},
	} {
		id := fmt.Sprintf("lost-%d", i)
		if a := c.says(c.epr, c.happens(id, "Patient-open", x.number, x.birthDate, nil)); a.status != http.StatusAccepted {
			h.t.Errorf("%s: %d %s", x.what, a.status, a.body)
		}
		h.refused("following to "+x.what, c.follow(c.app, id), want{status: x.status})
		c.rest()
	}
	if a := c.opens("now", "conflict"); a.status != http.StatusAccepted {
		h.t.Errorf("%d %s", a.status, a.body)
	}
	if a := c.opens("now", "conflict"); a.status != http.StatusAccepted {
		h.t.Errorf("the present event again: %d %s", a.status, a.body)
	}
	h.refused("a replay", c.opens("lost-0", "conflict"), want{status: 409})
	h.refused("an older event", c.says(c.epr, c.happens("late", "Patient-open", p.NHSNumber, p.BirthDate, at("timestamp", time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)))), want{status: 409})
	h.refused("following to another event", c.follow(c.app, "lost-1"), want{status: 412})
}

// rest lets the topic be told more again.
func (c *castCase) rest() {
	for range 3 {
		<-time.After(250 * time.Millisecond)
	}
}

// castingElsewhere uses tokens that have nothing to do with the topic.
func (h *hostile) castingElsewhere(c, other *castCase, k signingKey) {
	rights := h.epr(c.client, keySet(h.t, k), true)
	third, _ := h.app(rights)
	b := h.browser().signIn(auth.RoleGP)
	own := h.tokensFor(b, c.client, nil).text("access_token")
	p := h.Scenario("conflict")
	move := c.happens("foreign", "Patient-open", p.NHSNumber, p.BirthDate, nil)
	for what, x := range map[string]struct {
		token  string
		status int
	}{
		"no token": {"", 401}, "a wrong token": {c.app + "x", 401}, "a session's secret": {h.tokens[auth.RoleGP], 401},
		"another launch's token": {other.app, 403}, "a token without a launch": {own, 403},
		"another EPR's token": {h.serviceToken(third.ID, k, "patchwork/launch"), 403},
	} {
		header := map[string]string{}
		if x.token != "" {
			header = bearer(x.token)
		}
		h.refused("an event by "+what, h.send(nil, "POST", "/smart/cast", withHeader(header, "Content-Type", "application/json"), move), want{status: x.status})
		h.refused("a subscription by "+what, h.form("/smart/cast", c.subscription(nil), header), want{status: x.status})
		h.refused("the context by "+what, h.send(nil, "GET", "/smart/cast/"+c.topic, header, ""), want{status: x.status})
		h.refused("following by "+what, h.send(nil, "POST", "/smart/cast/"+c.topic+"/follow", withHeader(header, "Content-Type", "application/json"), `{"id":"`+c.event+`"}`), want{status: x.status})
	}
	h.refused("the app moves its EPR", c.says(c.app, move), want{status: 403})
	h.refused("the EPR follows", c.follow(c.epr, c.event), want{status: 403})
	h.refused("a cookie", h.send(b.Client, "GET", "/smart/cast/"+c.topic, nil, ""), want{status: 401})
}

// castingSubscriptions subscribes wrongly.
func (h *hostile) castingSubscriptions(c *castCase) {
	for what, x := range map[string]struct {
		more   url.Values
		status int
	}{
		"no channel":                 {url.Values{"hub.channel.type": {""}}, 400},
		"a webhook":                  {url.Values{"hub.channel.type": {"webhook"}}, 400},
		"another mode":               {url.Values{"hub.mode": {"publish"}}, 400},
		"two topics":                 {url.Values{"hub.topic": {c.topic, c.topic}}, 400},
		"no topic":                   {url.Values{"hub.topic": {""}}, 400},
		"no events":                  {url.Values{"hub.events": {""}}, 403},
		"unknown events":             {url.Values{"hub.events": {"ImagingStudy-open,*"}}, 403},
		"no lease":                   {url.Values{"hub.lease_seconds": {"0"}}, 400},
		"a lease in words":           {url.Values{"hub.lease_seconds": {"soon"}}, 400},
		"another hub's endpoint":     {url.Values{"hub.channel.endpoint": {"wss://evil.example/x"}}, 404},
		"a guessed endpoint":         {url.Values{"hub.channel.endpoint": {"ws" + strings.TrimPrefix(h.http.URL, "http") + "/smart/socket/guess"}}, 404},
		"nothing to be unsubscribed": {url.Values{"hub.mode": {"unsubscribe"}}, 404},
	} {
		h.refused(what, c.subscribe(c.app, x.more), want{status: x.status})
	}
	h.refused("a guessed socket", h.send(nil, "GET", "/smart/socket/guess", map[string]string{"Upgrade": "websocket", "Connection": "Upgrade"}, ""), want{status: 404})
	h.refused("no socket at all", h.send(nil, "GET", "/smart/socket/guess", nil, ""), want{status: 426})
	h.refused("a page of elsewhere", h.send(nil, "GET", "/smart/socket/guess", map[string]string{"Origin": "https://evil.example"}, ""), want{status: 403})

	c.rest()
	a := c.subscribe(c.app, url.Values{"hub.lease_seconds": {"1"}})
	endpoint := flat(a.json(), "hub.channel.endpoint")
	l := dial(h.t, endpoint)
	if _, _, err := websocket.Dial(context.Background(), endpoint, nil); err == nil {
		h.t.Error("two connections of one endpoint")
	}
	l.event(c.event, 200)
	begun := time.Now()
	l.ends("a lease that has ended")
	if time.Since(begun) > 3*time.Second {
		h.t.Error("the lease went on")
	}
	h.refused("an old endpoint", c.subscribe(c.app, url.Values{"hub.channel.endpoint": {endpoint}}), want{status: 404})
}

// castingFloods: too many, too large and too slow.
func (h *hostile) castingFloods(c *castCase) {
	l := c.listen(c.app, nil)
	l.event(c.event, 200)
	for range 1000 {
		if l.ws.Write(context.Background(), websocket.MessageText, []byte(`{"id":"x","status":"200"}`)) != nil {
			break
		}
	}
	l.ends("a thousand messages")
	c.rest()
	l = c.listen(c.app, nil)
	_ = l.ws.Write(context.Background(), websocket.MessageText, []byte(`{"id":"`+strings.Repeat("x", 5<<10)+`"}`))
	for {
		if _, err := l.read(); err != nil {
			if websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
				h.t.Errorf("a large message: %v", err)
			}
			break
		}
	}
	c.rest()
	h.turns.stay.Store(true) // the rate of a topic is that of each server
	passed, began := 0, time.Now()
	for i := range 60 {
		if a := c.opens(fmt.Sprintf("flood-%d", i), "conflict"); a.status != http.StatusTooManyRequests {
			passed++
		}
	}
	h.turns.stay.Store(false)
	if took := time.Since(began); float64(passed) > 21+5*took.Seconds() { // twenty at once, and five a second
		h.t.Errorf("of 60 events within %s %d were let through", took, passed)
	}
	c.rest()
	c.rest()
	for range 10 {
		if a := c.subscribe(c.app, nil); a.status != http.StatusAccepted && a.status != http.StatusTooManyRequests {
			h.t.Errorf("%d %s", a.status, a.body)
		}
		<-time.After(200 * time.Millisecond)
	}
	h.refused("the eleventh subscriber", c.subscribe(c.app, nil), want{status: 429})
}

// castingOver: whatever ends the right to hear ends the connection within a second.
func (h *hostile) castingOver(app, epr *smart.Client, k signingKey) {
	for what, end := range map[string]func(c *castCase){
		"the token is given back": func(c *castCase) {
			h.form("/smart/revoke", url.Values{"token": {c.app}, "client_id": {app.ID}}, nil)
		},
		"unsubscribed": func(c *castCase) {
			h.exec(`DELETE FROM cast_subscription WHERE grant_id IN (SELECT grant_id FROM smart_token WHERE key_hash = $1)`, hashed(c.app[strings.LastIndex(c.app, ".")+1:]))
		},
	} {
		c := h.castLaunch(app, epr, k)
		l := c.listen(c.app, nil)
		l.event(c.event, 200)
		end(c)
		l.ends(what)
	}
	c := h.castLaunch(app, epr, k)
	l := c.listen(c.app, nil)
	l.event(c.event, 200)
	h.switched(true, "CLIENT", epr.ID)
	l.ends("the EPR is switched off")
	h.refused("its event", c.opens("off", "conflict"), want{status: 401})
	h.switched(false, "CLIENT", epr.ID)
	c = h.castLaunch(app, epr, k)
	l = c.listen(c.app, nil)
	l.event(c.event, 200)
	h.switched(true, "CLIENT", app.ID)
	l.ends("the app is switched off")
	h.switched(false, "CLIENT", app.ID)
}
