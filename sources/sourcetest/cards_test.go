package sourcetest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// cards is a small connector over HTTP: the least that passes the suite. flaw makes
// it break one rule.
type cards struct {
	url  string
	flaw string
	env  sources.Env
	http *http.Client
	mu   sync.Mutex
	seen map[string][]record.Entry
}

// card is what the system sends about one person.
type card struct {
	Subject   string `json:"subject"`
	None      string `json:"none"`
	Allergies []struct{ ID, Text, Date string }
}

func (c *cards) Validate() []sources.Problem { return nil }

func (c *cards) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	opened := &cards{url: c.url, flaw: c.flaw, env: env, http: client, seen: map[string][]record.Entry{}}
	if c.flaw == "down-at-open" {
		if _, err := opened.get(ctx, ""); sources.AsError(err) != nil && sources.AsError(err).Kind == sources.Unavailable {
			return nil, err
		}
	}
	return opened, nil
}

func (c *cards) Offers() []record.Section {
	if c.flaw == "offers-twice" {
		return []record.Section{record.Allergies, record.Problems, record.Problems}
	}
	return []record.Section{record.Allergies, record.Problems}
}

func (c *cards) Close() error {
	if c.flaw == "stays-open" {
		return nil
	}
	c.http.CloseIdleConnections()
	return nil
}

func (c *cards) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	asked := map[sources.Key]bool{}
	var group sync.WaitGroup
	for i, k := range keys {
		if asked[k] && c.flaw != "answers-twice" {
			continue
		}
		asked[k] = true
		about := k
		if c.flaw == "mixes-people" && len(keys) > 10 {
			about = keys[(i+1)%len(keys)]
		}
		group.Go(func() { answer(k, c.read(ctx, about)) })
	}
	group.Wait()
}

func (c *cards) read(ctx context.Context, k sources.Key) sources.Result {
	var found card
	err := c.env.Call(ctx, func(ctx context.Context) (err error) {
		if c.flaw == "deaf" {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), 300*time.Millisecond)
			defer cancel()
		}
		found, err = c.get(ctx, k.LocalID)
		return err
	})
	switch {
	case c.flaw == "past-call" && err != nil && sources.AsError(err).Code == "breaker-open":
		found, err = c.get(ctx, k.LocalID)
	case c.flaw == "fault-is-empty" && err != nil:
		return sources.Result{}
	case c.flaw == "logs-numbers":
		c.env.Log.Info("read", "patient", k.LocalID)
	case c.flaw == "quotes-the-url" && err != nil:
		err = &sources.Error{Kind: sources.AsError(err).Kind, Code: "failed", Reason: "GET /" + k.LocalID}
	}
	if err != nil {
		return sources.Result{Err: err}
	}
	return c.result(k, found)
}

// get makes the one call for one person; nobody by that id is an empty card.
func (c *cards) get(ctx context.Context, id string) (card, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/"+id, nil)
	if err != nil {
		return card{}, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return card{}, lost(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode == http.StatusNotFound && c.flaw == "unknown-is-error":
		return card{}, errors.New("not found")
	case response.StatusCode == http.StatusNotFound:
		return card{}, nil
	case response.StatusCode != http.StatusOK:
		wait, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return card{}, &sources.Error{Kind: sources.Refused, Code: fmt.Sprint("http-", response.StatusCode),
			Reason: "It refused to answer", RetryAfter: time.Duration(wait) * time.Second}
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return card{}, lost(ctx, err)
	}
	var found card
	if err := json.Unmarshal(body, &found); err != nil {
		return card{}, &sources.Error{Kind: sources.Malformed, Code: "not-json", Reason: "Its answer could not be understood", Cause: err}
	}
	return found, nil
}

func lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return sources.AsError(ctx.Err())
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "connection-lost", Reason: "It could not be reached", Cause: err}
}

func (c *cards) result(k sources.Key, found card) sources.Result {
	var r sources.Result
	if k.Section != record.Allergies {
		return r
	}
	subject := found.Subject
	if c.flaw == "vouches" { // takes what it asked for as what it got
		subject = k.LocalID
	}
	for _, a := range found.Allergies {
		e := &record.Allergy{Base: record.Base{Subject: subject, Code: record.Text(a.Text), Date: record.Date(a.Date),
			Provenance: record.Provenance{LocalID: "allergy/" + a.ID}}}
		if c.flaw == "no-date" {
			e.Date = ""
		}
		r.Entries = append(r.Entries, e)
	}
	if found.None != "" {
		r.Asserted = []record.Assertion{{Subject: subject, Code: record.Text(found.None)}}
	}
	if c.flaw == "gives-twice" {
		c.mu.Lock()
		defer c.mu.Unlock()
		if kept, ok := c.seen[k.LocalID]; ok {
			r.Entries = kept
		}
		c.seen[k.LocalID] = r.Entries
	}
	return r
}
