package cast

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/smart"
)

// subscription takes a request to hear of events, to hear of others, or of none any more.
// FHIRcast STU3 §2.4.
func (h *Hub) subscription(w http.ResponseWriter, r *http.Request, holder *smart.Holder) {
	app := holder.Session.App
	form, err := formOf(r)
	if err != nil {
		h.refuse(w, r, app, http.StatusBadRequest, err.Error())
		return
	}
	u := &subscription{topic: form.Get("hub.topic"), app: app, grant: holder.Grant, signIn: holder.Session.ID, name: nameOf(form.Get("subscriber.name"), holder)}
	if _, err := h.topicOf(r.Context(), holder, u.topic); err != nil {
		h.fail(w, r, app, err)
		return
	}
	if !h.allow(u.topic) {
		h.refuse(w, r, app, http.StatusTooManyRequests, "This topic is told too much: more than five times a second")
		return
	}
	if form.Get("hub.mode") == "unsubscribe" {
		secret, ok := h.secretOf(form.Get("hub.channel.endpoint"))
		if !ok {
			err = errNoEndpoint
		} else {
			err = h.Store.unsubscribe(r.Context(), secret, u)
		}
		h.subscribed(w, r, u, secret, err)
		return
	}
	if u.events = heard(form.Get("hub.events"), holder); len(u.events) == 0 {
		h.refuse(w, r, app, http.StatusForbidden, "hub.events has no event that this hub knows and that the token's scopes let it hear")
		return
	}
	lease, err := h.lease(form.Get("hub.lease_seconds"), holder)
	if err != nil {
		h.refuse(w, r, app, http.StatusBadRequest, err.Error())
		return
	}
	u.expires = lease
	secret, again := h.secretOf(form.Get("hub.channel.endpoint"))
	switch {
	case again:
		err = h.Store.resubscribe(r.Context(), secret, u)
	case form.Has("hub.channel.endpoint"):
		err = errNoEndpoint
	default:
		secret, err = h.Store.subscribe(r.Context(), u)
	}
	h.subscribed(w, r, u, secret, err)
}

func (h *Hub) subscribed(w http.ResponseWriter, r *http.Request, u *subscription, secret string, err error) {
	if err != nil {
		h.fail(w, r, u.app, err)
		return
	}
	if len(u.events) > 0 { // not of one that unsubscribes
		h.seat(u.topic, secret, u.app, u.events)
	}
	h.poke(u.topic)
	answer(w, http.StatusAccepted, map[string]string{"hub.channel.endpoint": h.endpoint(secret)})
}

var formFields = []string{
	"hub.channel.type", "hub.mode", "hub.topic", "hub.events", "hub.lease_seconds", "hub.channel.endpoint", "subscriber.name",
}

// formOf reads a form in which each parameter stands at most once, and nothing of the address.
func formOf(r *http.Request) (url.Values, error) {
	if err := r.ParseForm(); err != nil || r.URL.RawQuery != "" {
		return nil, errors.New("send a form of at most 32 KB, and nothing in the address")
	}
	form := r.PostForm
	for _, name := range formFields {
		if len(form[name]) > 1 {
			return nil, errors.New(name + " stands there more than once")
		}
	}
	switch {
	case form.Get("hub.channel.type") != "websocket":
		return nil, errors.New("hub.channel.type is websocket")
	case form.Get("hub.mode") != "subscribe" && form.Get("hub.mode") != "unsubscribe":
		return nil, errors.New("hub.mode is subscribe or unsubscribe")
	case form.Get("hub.topic") == "":
		return nil, errors.New("hub.topic is missing")
	}
	return form, nil
}

// nameOf is what others are told of a subscriber: what it says if that can be shown, else
// the name of its client.
func nameOf(said string, holder *smart.Holder) string {
	if said == "" || len(said) > mostWords || strings.ContainsFunc(said, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return holder.Session.App
	}
	return said
}

// heard are the events asked for that there are and that the token may hear of.
func heard(list string, holder *smart.Holder) []string {
	var events []string
	for _, name := range strings.Split(list, ",") {
		e := eventOf(strings.TrimSpace(name))
		if e != "" && !slices.Contains(events, e) && may(holder, e, "read") {
			events = append(events, e)
		}
	}
	return events
}

// lease is until when a subscription lasts: never longer than the token.
func (h *Hub) lease(seconds string, holder *smart.Holder) (time.Time, error) {
	if seconds == "" {
		return holder.Until, nil
	}
	n, err := strconv.ParseInt(seconds, 10, 32)
	if err != nil || n <= 0 {
		return time.Time{}, errors.New("hub.lease_seconds is a positive whole number")
	}
	asked := h.Now().UTC().Add(time.Duration(n) * time.Second)
	if asked.After(holder.Until) {
		return holder.Until, nil
	}
	return asked, nil
}

const socketPath = "/smart/socket/"

// endpoint is the address of a subscription's socket.
func (h *Hub) endpoint(secret string) string {
	return "ws" + strings.TrimPrefix(h.Smart.Public, "http") + socketPath + secret
}

// secretOf takes it apart again; false if it is none of this hub.
func (h *Hub) secretOf(endpoint string) (string, bool) {
	secret, ok := strings.CutPrefix(endpoint, h.endpoint(""))
	return secret, ok && secret != "" && len(secret) <= 256
}
