package fhirr4_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// many are n allergies of p1.
func many(n int) []object {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"resourceType":"AllergyIntolerance","id":"a%d","patient":{"reference":"Patient/p1"},"code":{"text":"Agent %d"},"recordedDate":"2020-01-02"}`, i, i))
	}
	return entries(all...)
}

var allergies = sources.Key{Section: record.Allergies, LocalID: "p1"}

func codes(r sources.Result) []string {
	var all []string
	for _, g := range r.Gaps {
		all = append(all, g.Code)
	}
	return all
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newServer(t, many(25)...)
	for _, c := range []struct {
		name    string
		config  fhirr4.Config
		entries int
		gaps    []string
	}{
		{"one page", fhirr4.Config{}, 25, nil},
		{"three pages", fhirr4.Config{PageSize: 10}, 25, nil},
		{"too many pages", fhirr4.Config{PageSize: 10, MaxPages: 2}, 20, []string{"page-cap"}},
		{"too many entries", fhirr4.Config{PageSize: 10, MaxEntries: 15}, 15, []string{"page-cap"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.config.URL = s.URL
			r := fetchOne(t, &c.config, allergies)
			if r.Err != nil || len(r.Entries) != c.entries || !slices.Equal(slices.Compact(codes(r)), c.gaps) {
				t.Errorf("%d entries, gaps %v, error %v", len(r.Entries), codes(r), r.Err)
			}
		})
	}
}

// TestNextLinks: what was read stays, and the gap says why there is no more.
func TestNextLinks(t *testing.T) {
	t.Parallel()
	var trapped atomic.Int32
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { trapped.Add(1) }))
	t.Cleanup(trap.Close)
	for _, c := range []struct{ name, next, gap string }{
		{"another host", trap.URL + "/fhir/AllergyIntolerance?page=2", "next-link"},
		{"another scheme", "ftp://HOST/fhir/AllergyIntolerance?page=2", "next-link"},
		{"a user", "http://user:secret@HOST/fhir/AllergyIntolerance?page=2", "next-link"},
		{"out of the base", "http://HOST/admin?page=2", "next-link"},
		{"out of the base by dots", "http://HOST/fhir/../admin", "next-link"},
		{"out of the base by hidden dots", "http://HOST/fhir/%2e%2e/admin", "next-link"},
		{"a base that only begins alike", "http://HOST/fhirhose?page=2", "next-link"},
		{"not an address", "http://[::bad", "next-link"},
		{"itself", "SELF", "next-loop"},
		{"a page that fails", "http://HOST/fhir/AllergyIntolerance?page=500", "page-http-500"},
		{"a page that is no list", "http://HOST/fhir/AllergyIntolerance?page=html", "page-not-fhir"},
		{"a page relative to this one", "AllergyIntolerance?page=last", ""},
		{"a page at the base", "http://HOST/fhir?page=last", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.behave(func(w http.ResponseWriter, r *http.Request) bool {
				next := strings.ReplaceAll(c.next, "HOST", r.Host)
				if next == "SELF" {
					next = "http://" + r.Host + r.URL.String()
				}
				b := object{"resourceType": "Bundle", "type": "searchset", "entry": many(2), "link": []object{{"relation": "next", "url": next}}}
				switch r.Form.Get("page") {
				case "500":
					w.WriteHeader(500)
					return true
				case "html":
					return text("text/html", "<html>")(w, r)
				case "last":
					b["entry"], b["link"] = many(3)[2:], []object{}
				}
				if !strings.HasPrefix(r.URL.Path, "/fhir") || strings.HasPrefix(r.URL.Path, "/fhirhose") {
					t.Errorf("asked for %s", r.URL.Path)
				}
				reply(w, b)
				return true
			})
			r := fetchOne(t, &fhirr4.Config{URL: s.URL + "/fhir"}, allergies)
			want, n := []string{c.gap}, 2
			if c.gap == "" {
				want, n = nil, 3
			}
			if r.Err != nil || len(r.Entries) != n || !slices.Equal(codes(r), want) {
				t.Errorf("%d entries, gaps %v, error %v", len(r.Entries), codes(r), r.Err)
			}
		})
	}
	if trapped.Load() > 0 {
		t.Error("walked into a trap")
	}
}

// TestTotals: a server that caps in silence is found out.
func TestTotals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		more object
		gaps []string
	}{
		{"total says more", object{"total": 3}, []string{"fewer-than-total"}},
		{"total fits", object{"total": 2}, nil},
		{"a full page and no word of more", object{}, []string{"page-full"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.behave(func(w http.ResponseWriter, _ *http.Request) bool {
				b := object{"resourceType": "Bundle", "type": "searchset", "entry": many(2)}
				for k, v := range c.more {
					b[k] = v
				}
				reply(w, b)
				return true
			})
			if r := fetchOne(t, &fhirr4.Config{URL: s.URL, PageSize: 2}, allergies); !slices.Equal(codes(r), c.gaps) {
				t.Errorf("gaps %v, want %v", codes(r), c.gaps)
			}
		})
	}
}
