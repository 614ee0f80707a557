package cast

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// settle is how long an EPR's event waits for the apps of this server to have heard it: the
// EPR that shows its next patient when it is answered shows them beside no other's record.
const settle = 800 * time.Millisecond

// event takes what happened. FHIRcast STU3 §2.6.
func (h *Hub) event(w http.ResponseWriter, r *http.Request, holder *smart.Holder) {
	ctx, app := auth.WithSession(r.Context(), holder.Session), holder.Session.App
	text, err := io.ReadAll(r.Body)
	if err != nil {
		h.refuse(w, r, app, http.StatusRequestEntityTooLarge, "An event has at most 32 KB")
		return
	}
	n, err := readNotice(text, h.Now())
	if err != nil {
		h.refuse(w, r, app, http.StatusBadRequest, err.Error())
		return
	}
	topic := n.Event.Topic
	now, err := h.topicOf(ctx, holder, topic)
	if err != nil {
		h.fail(w, r, app, err)
		return
	}
	switch {
	case !h.allow(topic):
		h.refuse(w, r, app, http.StatusTooManyRequests, "This topic is told too much: more than five times a second")
		return
	case n.Event.Name != syncError && !holder.Service():
		h.refuse(w, r, app, http.StatusForbidden, "Only the system that opened the app says who is on its screen")
		return
	case !may(holder, n.Event.Name, "write"):
		h.refuse(w, r, app, http.StatusForbidden, "The token has no scope for this event: fhircast/"+n.Event.Name+".write")
		return
	}
	sender := ""
	if n.Event.Name == syncError {
		sender = holder.Grant
		n.by(app)
	} else if again, err := h.Store.would(ctx, topic, n); err != nil || again {
		if err != nil {
			h.fail(w, r, app, err)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		return
	} else if err := h.audited(ctx, n, now.epr); err != nil {
		h.trouble(w, r, err)
		return
	}
	if err := h.tell(ctx, topic, n, sender, app); err != nil && !errors.Is(err, errSame) {
		h.fail(w, r, app, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusAccepted)
}

// audited: a change of context is in the ledger before anybody hears of it.
func (h *Hub) audited(ctx context.Context, n *notice, epr string) error {
	e := auth.EventOf(ctx, ActionContext, audit.Permit)
	e.Launch, e.Reason = epr, n.Event.Name
	return h.Ledger.Record(ctx, e)
}

// tell keeps an event and wakes whoever is connected here; those of other servers hear of it
// within half a second.
func (h *Hub) tell(ctx context.Context, topic string, n *notice, sender, by string) error {
	round := h.await(topic, n, by)
	defer round.forget()
	if err := h.Store.add(ctx, topic, n, sender); err != nil {
		return err
	}
	h.poke(topic)
	if n.Event.Name != syncError {
		round.wait(ctx)
	}
	return nil
}

// present gives the current context. FHIRcast STU3 §2.9.
func (h *Hub) present(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET")
		h.refuse(w, r, "", http.StatusMethodNotAllowed, "Only GET")
		return
	}
	holder, ok := h.holder(w, r)
	if !ok {
		return
	}
	topic := r.PathValue("topic")
	c, err := h.topicOf(r.Context(), holder, topic)
	if err == nil && !may(holder, patientOpen, "read") {
		err = &smart.Refusal{Status: http.StatusForbidden, Description: "The token has no scope fhircast/Patient-open.read"}
	}
	if err != nil {
		h.fail(w, r, holder.Session.App, err)
		return
	}
	body := map[string]any{"context.type": "", "context.versionId": c.version, "context": []item{}}
	if c.opened != nil {
		body["context.type"], body["context"] = "Patient", c.opened.Event.Context
	}
	answer(w, http.StatusOK, body)
}

// follow gives an app another launch, for the patient whom its EPR has on screen now. It is
// not of the standard, which says nothing of what a token is for.
func (h *Hub) follow(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		h.refuse(w, r, "", http.StatusMethodNotAllowed, "Only POST")
		return
	}
	holder, ok := h.holder(w, r)
	if !ok {
		return
	}
	var said struct {
		ID string `json:"id"`
	}
	topic, app := r.PathValue("topic"), holder.Session.App
	if json.NewDecoder(http.MaxBytesReader(w, r.Body, mostNotice)).Decode(&said) != nil {
		h.refuse(w, r, app, http.StatusBadRequest, `Send {"id": …}, of the event to follow, as JSON`)
		return
	}
	ctx := auth.WithSession(r.Context(), holder.Session)
	c, err := h.topicOf(ctx, holder, topic)
	switch {
	case err != nil:
		h.fail(w, r, app, err)
		return
	case holder.Service() || !may(holder, patientOpen, "read"):
		h.refuse(w, r, app, http.StatusForbidden, "Only the app that was launched with this topic follows")
		return
	case c.opened == nil || c.version != said.ID:
		h.refuse(w, r, app, http.StatusPreconditionFailed, "The EPR has moved on since that event")
		return
	case !h.allow(topic):
		h.refuse(w, r, app, http.StatusTooManyRequests, "This topic is asked too much: more than five times a second")
		return
	}
	number, birthDate := c.opened.who()
	launch, err := h.Smart.Follow(ctx, holder, number, birthDate, c.version)
	if err != nil {
		h.fail(w, r, app, err)
		return
	}
	if launch == "" {
		answer(w, http.StatusOK, map[string]any{"same": true})
		return
	}
	answer(w, http.StatusCreated, map[string]any{"launch": launch, "iss": h.Smart.Base()})
}
