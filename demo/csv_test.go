package demo

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTheFolderOfFiles(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("social-care")
	_, index := get(t, s.URL+"/")
	for file, columns := range csvColumns() {
		res, body := get(t, s.URL+"/"+file)
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || strings.Join(rows[0], " ") != columns || len(rows) < 2 {
			t.Errorf("%s: %d rows, %v", file, len(rows), err)
		}
		if modified, err := http.ParseTime(res.Header.Get("Last-Modified")); err != nil || !modified.Equal(time.Date(2026, 3, 18, 2, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: Last-Modified %s", file, res.Header.Get("Last-Modified"))
		}
		if again, _ := get(t, s.URL+"/"+file, "If-Modified-Since", res.Header.Get("Last-Modified")); again.StatusCode != 304 {
			t.Errorf("%s: If-Modified-Since %d", file, again.StatusCode)
		}
		if !strings.Contains(index, file) {
			t.Errorf("%s is not in the index", file)
		}
	}
	if res, _ := get(t, s.URL+"/nothing.csv"); res.StatusCode != 404 {
		t.Error(res.StatusCode)
	}
	if res, _ := send(t, http.MethodPut, s.URL+"/people.csv", "x"); res.StatusCode != 405 {
		t.Error(res.StatusCode)
	}
	_, people := get(t, s.URL+"/people.csv")
	if !strings.Contains(people, "943 500") || !strings.Contains(people, "O'Neil-<script>alert(1)</script>") {
		t.Error("scenario people are missing")
	}
}

func TestSummerTime(t *testing.T) {
	t.Parallel()
	for utc, want := range map[string]string{
		"2026-03-29T00:59:59Z": "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z": "2026-03-29T02:00:00+01:00",
		"2026-10-25T00:59:59Z": "2026-10-25T01:59:59+01:00", "2026-10-25T01:00:00Z": "2026-10-25T01:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if got := london(at).Format(time.RFC3339); err != nil || got != want {
			t.Errorf("%s: %s, want %s", utc, got, want)
		}
	}
}
