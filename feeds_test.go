package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2"
)

const whatIsFed = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id registrations { source { id } state }
	results { entries { code { label } provenance { source { id } } measurements { value { text quantity { value unit } } } } outcomes { source { id } status code reason } }
	admissions { entries { provenance { source { id } } } } documents { entries { title provenance { source { id } } content { opens } } } } }`

// What the hospital's integration engine has sent is part of the record of everybody it
// knows, and of nobody else's.
func TestFeed(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40, Feed: true}, nil)
	from := map[string]int{}
	for _, p := range r.Patients {
		a := r.ask(t, auth.RoleGP, whatIsFed, map[string]any{"n": p.NHSNumber})
		who, ok := a.at("data.patientByNHSNumber").(map[string]any)
		if !ok {
			t.Fatalf("%v", a)
		}
		state := ""
		for _, g := range object(who).list("registrations") {
			if g.text("source.id") == "hospital-feed" {
				state = g.text("state")
			}
		}
		known := slices.Contains(p.Systems, "hospital-feed")
		if known != (state == "LINKED") {
			t.Errorf("%s: the feed's registration is %s", p.Scenario, state)
		}
		for _, section := range []string{"results", "admissions", "documents"} {
			for _, e := range object(who).list(section + ".entries") {
				if e.text("provenance.source.id") == "hospital-feed" {
					if from[section]++; !known {
						t.Errorf("%s: an entry of somebody whom the feed does not know", section)
					}
				}
			}
		}
	}
	if from["results"] == 0 || from["admissions"] == 0 || from["documents"] == 0 {
		t.Errorf("%v", from)
	}
	var text bytes.Buffer
	w := httptest.NewRecorder()
	r.server.handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	text.Write(w.Body.Bytes())
	if !strings.Contains(text.String(), `patchwork_feed_total{outcome="used",source="hospital-feed"}`) {
		t.Error("no metric of the feed")
	}
}

// Somebody of whom a feed has heard nothing is not taken to be unknown there, unless it is
// known to have heard of everybody (hazard H-02).
func TestFeedHasNotHeard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ complete, status, code string }{{"demographics", "NOT_REGISTERED", ""}, {"", "PARTIAL", "feed-since"}} {
		r := startRegion(t, demo.Options{Patients: 20, Feed: true}, func(config *Config) {
			for _, s := range config.Sources {
				if feed, ok := s.connector.(*hl7v2.Config); ok && c.complete == "" {
					feed.Complete = nil
				}
			}
		})
		judged := 0
		for _, p := range r.Patients {
			if slices.Contains(p.Systems, "hospital-feed") {
				continue
			}
			a := r.ask(t, auth.RoleGP, whatIsFed, map[string]any{"n": p.NHSNumber})
			for _, o := range a.list("data.patientByNHSNumber.results.outcomes") {
				if o.text("source.id") != "hospital-feed" || o.text("status") == "WITHHELD" {
					continue
				}
				if judged++; o.text("status") != c.status || o.text("code") != c.code {
					t.Errorf("%q complete: %v", c.complete, o)
				}
			}
		}
		if judged == 0 {
			t.Error("nobody is unknown to the feed")
		}
	}
}

// A merge that a feed tells of moves what is linked with the number that is gone.
func TestFeedMerges(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 30, Feed: true}, nil)
	p := r.Patients[0]
	for _, one := range r.Patients {
		if slices.Contains(one.Systems, "hospital-feed") {
			p = one
		}
	}
	local := func() string {
		found, err := r.server.index.ByNHSNumbers(t.Context(), []record.NHSNumber{record.NHSNumber(p.NHSNumber)}, 10*time.Second)
		if err != nil || found[0].Patient == nil {
			t.Fatal(err)
		}
		for _, l := range found[0].Patient.Links {
			if l.Source == "hospital-feed" {
				return l.LocalID
			}
		}
		return ""
	}
	before := local()
	born := strings.ReplaceAll(p.BirthDate, "-", "")
	mllpSend(t, strings.TrimPrefix(r.System("hospital-feed").URL, "mllp://"), fmt.Sprintf("MSH|^~\\&|WMPAS|RZH|||20260301||ADT^A40|merge-1|P|2.4\rEVN|A40\rPID|1||H9999999^^^RZH^MR~%s^^^NHS^NH||%s^%s||%s\rMRG|%s^^^RZH^MR\r",
		p.NHSNumber, p.FamilyName, p.GivenName, born, p.LocalIDs["hospital-feed"]))
	for tick, end := time.NewTicker(20*time.Millisecond), time.After(30*time.Second); ; {
		if got := local(); got == "H9999999" {
			break
		}
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("it is linked with %q, was %q", local(), before)
		}
	}
}

// mllpSend sends one message and wants it taken.
func mllpSend(t *testing.T, address, message string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := conn.Write([]byte("\x0B" + message + "\x1C\r")); err != nil {
		t.Fatal(err)
	}
	var answer [2048]byte
	n, err := conn.Read(answer[:])
	if err != nil {
		t.Fatal(err)
	}
	return string(answer[:n])
}

// Dead letters are listed without what is in them, and replayed after the configuration
// was mended.
func TestDeadLetterCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	write := func(authority string) string {
		file := filepath.Join(dir, "patchwork.yaml")
		text := fmt.Sprintf("state: sqlite:%s/p.db\nplain_http: true\nsources:\n  - {id: lab, type: hl7v2, connect: {listen: %q, store: %q, patient_id: {authorities: [%s]}}}\n  - {id: other, type: csvfile, connect: {location: %q, people: {file: p.csv, columns: {subject: id}}}}\n",
			dir, address, filepath.Join(dir, "feed"), authority, dir)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	file := write("WRONG")
	config, err := configFrom(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(context.Background(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if got := mllpSend(t, address, "MSH|^~\\&|PAS\x1b[2J|WMI|||2026||ADT^A28|m1|P|2.4\rPID|||H1^^^RIGHT||Ashworth^Mary||19560312\r"); !strings.Contains(got, "MSA|AE|m1|") {
		t.Fatal(got)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	for _, c := range []struct {
		args []string
		exit int
		want string
	}{
		{[]string{"feed", "dead-letters", "lab"}, 0, "PAS·[2J|WMI  m1"},
		{[]string{"feed", "replay", "lab"}, 1, "1 cannot be used: It does not give the local id"},
		{[]string{"feed", "replay", "lab", "7"}, 1, "no dead letter 7"},
		{[]string{"feed", "replay", "other"}, 2, "has no dead letters"},
		{[]string{"feed", "dead-letters", "nobody"}, 2, "no source"},
	} {
		out.Reset()
		errs.Reset()
		if exit := run(append(c.args, "--config", file), &out, &errs); exit != c.exit || !strings.Contains(out.String()+errs.String(), c.want) {
			t.Errorf("%v: %d %s%s", c.args, exit, out.String(), errs.String())
		}
		if strings.Contains(out.String()+errs.String(), "Ashworth") || strings.Contains(out.String(), "\x1b") {
			t.Error(out.String())
		}
	}
	file = write("RIGHT")
	out.Reset()
	if exit := run([]string{"feed", "replay", "lab", "--config", file}, &out, &errs); exit != 0 || !strings.Contains(out.String(), "1 is in use now\n1 in use, 0 still") {
		t.Errorf("%d %s%s", exit, out.String(), errs.String())
	}
	out.Reset()
	if exit := run([]string{"feed", "dead-letters", "lab", "--config", file}, &out, &errs); exit != 0 || !strings.Contains(out.String(), "no dead letters") {
		t.Errorf("%d %s", exit, out.String())
	}
}
