package mock

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func region(t *testing.T) *source {
	t.Helper()
	r := newRegion(60)
	return newSource(r, "a", "http://a/R4", 4)
}

func ask(s *source, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	return w
}

func TestPeopleHaveValidNumbers(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"9434765919", "4010232137"} {
		nine := 0
		for _, c := range number[:9] {
			nine = nine*10 + int(c-'0')
		}
		if got, ok := withCheckDigit(nine); !ok || got != number {
			t.Errorf("%s became %s", number, got)
		}
	}
	if first := People(Listed, 1)[0]; !strings.HasPrefix(first.Number, "6") || len(first.Family) != len(familyPlace) {
		t.Errorf("the first of a list is %+v", first)
	}
}

// The record has the size and the number of resources that the definition says.
func TestWholeRecord(t *testing.T) {
	t.Parallel()
	s := region(t)
	number := People(Whole, 1)[0].Number
	resources, size := 0, 0
	for kind := range idPrefix {
		by := "patient"
		if kind == "Patient" {
			by = "_id"
		}
		w := ask(s, "/R4/"+kind+"?"+by+"=a-"+number+"&_count=100")
		var bundle struct {
			Total int
			Entry []struct {
				Resource struct{ ResourceType, ID string }
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &bundle); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d, %v", kind, w.Code, err)
		}
		if bundle.Total != len(bundle.Entry) {
			t.Errorf("%s: total %d of %d", kind, bundle.Total, len(bundle.Entry))
		}
		for _, e := range bundle.Entry {
			if e.Resource.ResourceType != kind || !strings.Contains(e.Resource.ID, number) {
				t.Errorf("%s holds %+v", kind, e.Resource)
			}
		}
		resources, size = resources+bundle.Total, size+w.Body.Len()
	}
	if resources != 131 || size < 223_000 || size > 229_000 {
		t.Errorf("%d resources in %d bytes", resources, size)
	}
	entries := 0
	for _, n := range Entries() {
		entries += n
	}
	if entries != 131 {
		t.Errorf("%d entries are expected", entries)
	}
}

// What cannot be answered truthfully is refused and remembered.
func TestComplaints(t *testing.T) {
	t.Parallel()
	s := region(t)
	number := People(Whole, 1)[0].Number
	for _, target := range []string{
		"/R4/Observation?patient=a-" + number + "&_sort=-date",
		"/R4/Observation?patient=a-" + number + "&_count=5",
		"/R4/Observation?patient=a-1234567890",
		"/R4/Basic?patient=a-" + number,
		"/R4/Observation",
	} {
		if w := ask(s, target); w.Code != http.StatusBadRequest {
			t.Errorf("%s is answered with %d", target, w.Code)
		}
	}
	if n := len(s.region.complaints); n != 5 {
		t.Errorf("%d complaints", n)
	}
}

// A batch is one call, and its parts are what the searches alone give.
func TestBatch(t *testing.T) {
	t.Parallel()
	s := region(t)
	about := "patient=a-" + People(Whole, 1)[0].Number + "&_count=100"
	urls := []string{"Condition?" + about, "Observation?" + about}
	post := func(kind, method string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		body := `{"resourceType":"Bundle","type":"` + kind + `","entry":[{"request":{"method":"` + method + `","url":"` + urls[0] + `"}},{"request":{"method":"GET","url":"` + urls[1] + `"}}]}`
		s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/R4", strings.NewReader(body)))
		return w
	}
	w := post("batch", "GET")
	var got struct {
		Type  string
		Entry []struct {
			Response struct{ Status string }
			Resource json.RawMessage
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || got.Type != "batch-response" || len(got.Entry) != len(urls) {
		t.Fatalf("%d, %v, %.200s", w.Code, err, w.Body)
	}
	for i, url := range urls {
		if alone := ask(s, "/R4/"+url).Body.String(); string(got.Entry[i].Resource) != alone || got.Entry[i].Response.Status != "200 OK" {
			t.Errorf("%s: %.200s", url, got.Entry[i].Resource)
		}
	}
	if n := s.counts[batchKind].Load(); n != 1 {
		t.Errorf("%d calls", n)
	}
	for _, w := range []*httptest.ResponseRecorder{post("transaction", "GET"), post("batch", "DELETE")} {
		if w.Code != http.StatusBadRequest {
			t.Errorf("%d: %.200s", w.Code, w.Body)
		}
	}
}
