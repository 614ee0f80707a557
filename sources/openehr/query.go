package openehr

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// maxBytes bounds the text of all rows of one query.
const maxBytes = 10 << 20

// table gathers the rows of a query and its pages, as a mapping reads them.
type table struct {
	header []string
	rows   [][]string
	gaps   []sources.Gap
	size   int
}

func (t *table) gap(code, reason string) {
	for _, g := range t.gaps {
		if g.Code == code {
			return
		}
	}
	t.gaps = append(t.gaps, columns.Partial(code, reason))
}

// run makes one query with its pages. What cannot be read after the first page is named
// as missing.
func (s *source) run(ctx context.Context, v *view, params map[string]any) (*table, error) {
	t := &table{}
	size, most := or(v.Pages.Size, 500), or(v.Pages.Max, 20)
	paged := v.Pages.By == "fetch" || v.Pages.By == "limit"
	var before [][]any
	for n, offset := 0, 0; ; n++ {
		if n == most {
			t.gap("page-cap", "It has more pages than are read")
			return t, nil
		}
		set, err := s.page(ctx, v, params, offset, size)
		if err == nil {
			err = s.take(t, v, set)
		}
		if err != nil {
			e := sources.AsError(err)
			if n == 0 {
				return nil, e
			}
			t.gap("page-"+e.Code, "Not all of its pages could be read: "+e.Reason)
			return t, nil
		}
		if len(t.rows) >= s.maxRows || t.size > maxBytes {
			return t, nil // take has named it
		}
		rows := len(set.rows)
		if !paged || rows == 0 || v.Pages.ShortEnds && rows < size {
			return t, nil
		}
		if n > 0 && reflect.DeepEqual(before, set.rows) {
			t.gap("next-loop", "Its pages go in circles")
			return t, nil
		}
		before, offset = set.rows, offset+rows
	}
}

// take adds a page's rows.
func (s *source) take(t *table, v *view, set resultSet) error {
	spread := newSpread(set.names, v.section, v.stanza, s.uris)
	header := spread.header()
	if t.header == nil {
		t.header = header
	}
	if !reflect.DeepEqual(t.header, header) {
		return badResult() // pages of different columns
	}
	for _, row := range set.rows {
		cells, odd := spread.cells(row)
		if odd {
			t.gap("value-not-understood", "Some values are of a kind that is not understood and are left out")
		}
		for _, c := range cells {
			t.size += len(c)
		}
		switch {
		case len(t.rows) == s.maxRows:
			t.gap("row-cap", "It has more rows than are read at once")
			return nil
		case t.size > maxBytes:
			t.gap("size-cap", "It has more text than is read at once")
			return nil
		}
		t.rows = append(t.rows, cells)
	}
	return nil
}

// page asks for one result set.
func (s *source) page(ctx context.Context, v *view, params map[string]any, offset, size int) (resultSet, error) {
	body := map[string]any{"query_parameters": params}
	at := s.client.URL + "/query/aql"
	switch {
	case v.Stored != "":
		name, version, _ := strings.Cut(v.Stored, "/")
		at = s.client.URL + "/query/" + url.PathEscape(name)
		if version != "" {
			at += "/" + version
		}
	case v.Pages.By == "limit":
		body["q"] = strings.TrimSpace(v.AQL) + " LIMIT " + strconv.Itoa(size) + " OFFSET " + strconv.Itoa(offset)
	default:
		body["q"] = v.AQL
	}
	if v.Pages.By == "fetch" {
		body["offset"], body["fetch"] = offset, size
	}
	text, err := json.Marshal(body)
	if err != nil {
		return resultSet{}, badQuery(v)
	}
	answer, err := s.client.Ask(ctx, jsonapi.Request{Method: http.MethodPost, URL: at, ContentType: jsonapi.JSONType, Body: text,
		Tolerate: func(a jsonapi.Answer) bool { return a.Status == 400 || a.Status == 404 || a.Status == 422 }})
	switch {
	case err != nil:
		return resultSet{}, err
	case answer.Status >= 400:
		return resultSet{}, badQuery(v)
	}
	return parse(answer.Value)
}

// badQuery is the error of a query that the repository does not take: it names the key of
// the configuration.
func badQuery(v *view) error {
	return httpfault.Malformed("bad-query", "The repository does not take the configured query "+v.key)
}

// each gives the rows to what begin returns for their header. Without rows there is no
// header to be wrong: a result set of no rows need not name its columns.
func (t *table) each(v *view, begin func(*columns.Binding) func(cells []string) error) error {
	if len(t.rows) == 0 {
		return nil
	}
	b, err := v.mapping.Bind(t.header)
	if err != nil {
		return err
	}
	take := begin(b)
	for _, cells := range t.rows {
		if b.Subject(cells) == "" {
			return httpfault.Malformed("no-subject", "The query "+v.key+" gives a row without a subject: select e/ehr_id/value AS subject")
		}
		if err := take(cells); err != nil {
			return err
		}
	}
	return nil
}
