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
