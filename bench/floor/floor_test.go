package floor

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestScan(t *testing.T) {
	t.Parallel()
	in := `{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"x"}],"entry":[
		{"fullUrl":"u","resource":{"resourceType":"Flag","id":"1","status":"active","text":{"div":"<p title=\"a]}\">no</p>"},"code":{"coding":[{"display":"At \"risk\""}]}},"search":{"mode":"match"}},
		{"resource":{"resourceType":"Observation","id":"2","effectiveDateTime":"2024-01-01","contained":[{"id":"c"}]}}]}`
	got := string(scan([]byte("["), []byte(in))) + "]"
	var all []struct{ Type, ID, Status, Date, Words string }
	if err := json.Unmarshal([]byte(got), &all); err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if len(all) != 2 || all[0].ID != "1" || all[0].Words != `At "risk"` || all[0].Status != "active" || all[1].Type != "Observation" || all[1].Date != "2024-01-01" {
		t.Errorf("found %+v", all)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	made, err := newText("/R4/Flag?patient=a-{0},a-{1}&_count=100")
	if err != nil {
		t.Fatal(err)
	}
	if got := string(made.with([]string{"7", "8"})); got != "/R4/Flag?patient=a-7,a-8&_count=100" {
		t.Error(got)
	}
	if _, err := newText("a{b}"); err == nil || !strings.Contains(err.Error(), "not a number") {
		t.Errorf("%v", err)
	}
}
