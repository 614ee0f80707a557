package main

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// faultDNS is that the names of systems are not known on the network: an address that no
// resolver answers (RFC 6761 §6.4). It is no fault that heals: the server is started with it,
// once on people whom it knows already, and once on somebody whom it has never seen.
const faultDNS = "dns"

// namesAreUnknown looks at the same region by servers whose half of the systems have names
// that nobody knows.
func (m *matrix) namesAreUnknown(t *testing.T, half []string) {
	dir := t.TempDir()
	before := m.reopened(t, dir, nil)
	looks := map[string]seen{}
	for _, s := range looksWithoutState() {
		looks[s.name] = s.look(t, before)
	}
	before.closed(t)
	now := m.reopened(t, dir, half)
	for _, s := range looksWithoutState() {
		for _, wrong := range m.cells.judge(s.name, faultDNS, half, looks[s.name], s.look(t, now)) {
			t.Error(wrong)
		}
	}
	somebody, known := m.stranger(t, half)
	delete(known, place{"registration", "hospital-feed"}) // it is not there
	for _, wrong := range m.cells.judge(firstOpening, faultDNS, half, known, now.openFirst(t, somebody)) {
		t.Error(wrong)
	}
	now.closed(t)
}

// looksWithoutState are the surfaces for which nothing has to be kept first.
func looksWithoutState() []readingWay {
	return slices.DeleteFunc(matrixSurfaces(), func(s readingWay) bool {
		return slices.Contains([]string{"a subscription to a list", "documents, opened", "a view's run"}, s.name)
	})
}

// reopened is another server over the same systems but the feed, whose port is taken.
func (m *matrix) reopened(t *testing.T, dir string, nameless []string) *matrix {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	same := &demo.Region{Patients: m.Patients}
	for _, s := range m.Systems {
		one := *s
		if slices.Contains(nameless, s.ID) {
			one.URL = strings.Replace(s.URL, "127.0.0.1", s.ID+".invalid", 1)
		}
		if s.Kind != "hl7v2" {
			same.Systems = append(same.Systems, &one)
		}
	}
	config, err := demoConfig(same, filepath.Join(dir, "patchwork.db"))
	if err != nil {
		t.Fatal(err)
	}
	config.hashMemory, config.PublicURL = 64, m.http.URL
	config.Answers, config.Search = AnswerConfig{Wait: matrixTimeout * 10, MaxWait: matrixTimeout * 10}, m.search
	remember(config, 0)
	for i := range config.Sources {
		config.Sources[i].Timeout = matrixTimeout
	}
	o := &matrix{region: &region{Region: same, tokens: map[auth.Role]string{}}, person: m.person, others: m.others, names: m.names, titles: m.titles, long: m.long}
	if o.server, err = open(ctx, config, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	users, err := o.server.seedUsers(ctx, same, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range slices.Backward(users) {
		o.tokens[u.Role] = u.Token
	}
	o.http = httptest.NewServer(o.server.handler())
	o.id = o.idOf(t, auth.RoleGP, m.person.NHSNumber)
	return o
}

func (m *matrix) closed(t *testing.T) {
	t.Helper()
	m.http.Close()
	if err := m.server.close(); err != nil {
		t.Error(err)
	}
}
