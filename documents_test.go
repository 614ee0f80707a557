package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/documents"
)

// openedDocument is what POST /documents answered.
type openedDocument struct {
	status int
	header http.Header
	body   []byte
	// cut: the connection broke off before the end.
	cut bool
}

func (o openedDocument) code() string {
	var e struct {
		Error struct{ Code, Message, RequestID string }
	}
	if json.Unmarshal(o.body, &e) != nil {
		return ""
	}
	return e.Error.Code
}

func (r *region) openDocument(t *testing.T, token, patient, document string) openedDocument {
	t.Helper()
	body, err := json.Marshal(map[string]string{"patient": patient, "document": document})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/documents", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return openedDocument{resp.StatusCode, resp.Header, got, err != nil}
}

const documentsOf = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id documents { withheldFields
	outcomes { source { id } status } entries { id title contentType content { opens reason } provenance { source { id } localId } } } } }`

// documentsFor lists a person's documents as a role sees them.
func (r *region) documentsFor(t *testing.T, role auth.Role, number string) (patient string, list []object) {
	t.Helper()
	p := object(r.ask(t, role, documentsOf, map[string]any{"n": number}).at("data.patientByNHSNumber").(map[string]any))
	return p.text("id"), p.list("documents.entries")
}

func titled(list []object, source, title string) object {
	for _, d := range list {
		if d.text("provenance.source.id") == source && strings.HasPrefix(d.text("title"), title) {
			return d
		}
	}
	return nil
}

// Every document that is said to open opens, as what it is, with headers under which a
// browser runs nothing of it.
func TestDocumentsOpen(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	kinds := map[string]int{}
	for _, p := range r.Patients {
		id, list := r.documentsFor(t, auth.RoleGP, p.NHSNumber)
		for _, d := range list {
			got := r.openDocument(t, r.tokens[auth.RoleGP], id, d.text("id"))
			if d.at("content.opens") != true {
				if got.status < 400 || d.text("content.reason") == "" {
					t.Errorf("%s does not open, and did: %d %v", d.text("title"), got.status, d)
				}
				continue
			}
			if got.status != http.StatusOK || got.cut || len(got.body) == 0 {
				t.Errorf("%s (%s): %d %.200s", d.text("title"), d.text("contentType"), got.status, got.body)
				continue
			}
			kinds[got.header.Get("Content-Type")]++
			for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Disposition": "filename",
				"Content-Security-Policy": "sandbox; "} {
				if !strings.Contains(got.header.Get(name), want) {
					t.Errorf("%s: %q", name, got.header.Get(name))
				}
			}
			if strings.HasPrefix(got.header.Get("Content-Type"), "text/") && !strings.Contains(string(got.body), "BP") && !strings.Contains(string(got.body), "Priority") {
				t.Errorf("%s lost its words: %.300s", d.text("title"), got.body)
			}
			if s := string(got.body); strings.Contains(s, "<script") || strings.Contains(s, "onload=\"") || strings.Contains(s, "example.invalid") {
				t.Errorf("%s still holds what runs or loads: %s", d.text("title"), s)
			}
		}
	}
	t.Log(kinds)
	for _, kind := range []string{"application/pdf", "image/png", "text/plain; charset=utf-8", "text/html; charset=utf-8"} {
		if kinds[kind] == 0 {
			t.Errorf("none is %s", kind)
		}
	}
}

// One event for an opening, in the ledger before the first byte; none, no byte.
func TestADocumentIsAuditedFirst(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	id, list := r.documentsFor(t, auth.RoleGP, number)
	d := titled(list, "hospital", "Heart trace")
	before := len(r.ledgerEvents(t))
	if got := r.openDocument(t, r.tokens[auth.RoleGP], id, d.text("id")); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	events := r.ledgerEvents(t)
	if len(events) != before+1 {
		t.Fatalf("%d events for one opening", len(events)-before)
	}
	e := events[slices.IndexFunc(events, func(e audit.Event) bool { return e.Action == audit.ActionDocument })]
	if e.Patient != id || e.Decision != audit.Permit || e.Target != d.text("provenance.localId") || len(e.Sources) != 1 || e.Sources[0].Source != "hospital" ||
		len(e.Sources[0].LocalIDs) != 1 || !slices.Equal(e.Fields, []string{"Document.content"}) || e.Relationship == "" || e.OperationHash == "" {
		t.Errorf("%+v", e)
	}
	if text, _ := json.Marshal(e); strings.Contains(string(text), number) || strings.Contains(string(text), "Heart trace") {
		t.Errorf("the event holds personal data: %s", text)
	}

	r.control(t, "DELETE", "hospital", "/counts", "")
	r.readOnly(t, true)
	got := r.openDocument(t, r.tokens[auth.RoleGP], id, d.text("id"))
	r.readOnly(t, false)
	if got.status != http.StatusServiceUnavailable || got.code() != "AUDIT_UNAVAILABLE" {
		t.Errorf("without a ledger: %d %.200s", got.status, got.body)
	}
	if n := r.calls(t, "hospital")["/Binary"]; n != 0 {
		t.Errorf("the source was asked %v times before the audit was written", n)
	}
}

// Who may see that there are documents, and not what stands in them, gets no byte: nor
// does anybody else whom policy, objections, labels or scopes keep away.
func TestNoByteOfWhatIsWithheld(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	id, list := r.documentsFor(t, auth.RoleGP, number)
	d := titled(list, "hospital", "Chest X-ray")
	other, otherList := r.documentsFor(t, auth.RoleGP, r.Scenario("conflict").NHSNumber)

	_, crew := r.documentsFor(t, auth.RoleParamedic, number)
	seen := titled(crew, "hospital", "Chest X-ray")
	if seen == nil || seen.at("content") != nil {
		t.Fatalf("a crew sees %v", seen)
	}
	r.control(t, "DELETE", "hospital", "/counts", "")
	for _, c := range []struct {
		who, patient, document, token string
		status                        int
		code                          string
	}{
		{"a crew that only sees it is there", id, d.text("id"), r.tokens[auth.RoleParamedic], 403, "WITHHELD"},
		{"a receptionist", id, d.text("id"), r.tokens[auth.RoleReceptionist], 404, "DOCUMENT_NOT_FOUND"},
		{"an analyst", id, d.text("id"), r.tokens[auth.RoleAnalyst], 403, "FORBIDDEN"},
		{"nobody", id, d.text("id"), "", 401, "UNAUTHENTICATED"},
		{"an app without the scope", id, d.text("id"), r.app(t, auth.RoleGP, id, "epr", "patient/Condition.rs"), 404, "DOCUMENT_NOT_FOUND"},
		{"a session of another patient", id, d.text("id"), r.app(t, auth.RoleGP, other, "epr", "patchwork/graph"), 404, "PATIENT_NOT_FOUND"},
		{"a document of somebody else", other, d.text("id"), r.tokens[auth.RoleGP], 404, "DOCUMENT_NOT_FOUND"},
		{"a made-up document", id, "AAAAAAAAAAAAAAAAAAAA", r.tokens[auth.RoleGP], 404, "DOCUMENT_NOT_FOUND"},
		{"a made-up patient", "nobody", d.text("id"), r.tokens[auth.RoleGP], 404, "PATIENT_NOT_FOUND"},
		{"no document", id, "", r.tokens[auth.RoleGP], 400, "BAD_INPUT"},
	} {
		got := r.openDocument(t, c.token, c.patient, c.document)
		if got.status != c.status || got.code() != c.code {
			t.Errorf("%s: %d %.200s", c.who, got.status, got.body)
		}
		// With its blank: the id of a request may hold any two letters.
		if bytes.Contains(got.body, []byte("BP ")) || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s got bytes: %s", c.who, got.body)
		}
	}
	if n := r.calls(t, "hospital")["/Binary"]; n != 0 {
		t.Errorf("the hospital was asked for content %v times", n)
	}
	_ = otherList
}

// What goes wrong at the source is said with a code; a failure is never an empty or a
// half document.
func TestDocumentFaults(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		for i := range c.Sources {
			c.Sources[i].Timeout = 3 * time.Second
		}
	})
	id, list := r.documentsFor(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	d := titled(list, "hospital", "Chest X-ray")
	for fault, want := range map[string]string{
		`{"fault":"status-500"}`: "UNAVAILABLE", `{"fault":"status-401"}`: "UNAVAILABLE", `{"fault":"reset"}`: "", `{"fault":"hang"}`: "UNAVAILABLE",
		`{"fault":"redirect-internal"}`: "UNREADABLE", `{"fault":"wrong-patient"}`: "MISMATCHED", `{"fault":"html"}`: "", `{"fault":"empty"}`: "UNREADABLE",
		`{"fault":"gzip-bomb"}`: "", `{"fault":"huge"}`: "",
	} {
		r.control(t, "PUT", "hospital", "", strings.TrimSuffix(fault, "}")+`,"paths":["/Binary"]}`)
		got := r.openDocument(t, r.tokens[auth.RoleGP], id, d.text("id"))
		r.control(t, "DELETE", "hospital", "", "")
		if got.status == http.StatusOK && !got.cut || got.status != http.StatusOK && got.code() == "" || want != "" && got.code() != want {
			t.Errorf("%s: %d %.200s, cut %v, want %s", fault, got.status, got.body, got.cut, want)
		}
		r.reopened(t, id, d.text("id"))
	}
	if n := r.calls(t, "hospital")["/trap"]; n != 0 {
		t.Errorf("an address that the source gave was followed %v times", n)
	}
}

// reopened waits until the document opens again.
func (r *region) reopened(t *testing.T, patient, document string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		got := r.openDocument(t, r.tokens[auth.RoleGP], patient, document)
		if got.status == http.StatusOK && !got.cut {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("it does not open again: %d %s", got.status, got.body)
		}
	}
}

// The viewer's policy allows the one style of letters, by its hash.
func TestTheViewerAllowsTheStyleOfLetters(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 4}, nil)
	resp, err := http.Get(r.http.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "style-src 'self' "+documents.StyleHash()+";") {
		t.Errorf("the hash of letters' style is %s; package web has %s", documents.StyleHash(), csp)
	}
}
