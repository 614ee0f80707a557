package sources

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// cabinet is a clinic that hands out documents.
type cabinet struct {
	clinic
	open func(ctx context.Context, take func(Document) error) error
}

func (c *cabinet) Open(_ context.Context, env Env) (Source, error) {
	c.Env = env
	return c, nil
}

func (c *cabinet) OpenDocument(ctx context.Context, _, _ string, take func(Document) error) error {
	return c.open(ctx, take)
}

func handing(body string, size int64) func(context.Context, func(Document) error) error {
	return func(_ context.Context, take func(Document) error) error {
		return take(Document{ContentType: "text/plain", Size: size, Body: strings.NewReader(body)})
	}
}

// Whatever a connector does, a reader gets the whole document or an error with a code.
func TestADocumentIsWholeOrAnError(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		open func(context.Context, func(Document) error) error
		code string
	}{
		"whole":           {handing("words", 5), ""},
		"of unknown size": {handing("words", -1), ""},
		"empty":           {handing("", 0), "empty"},
		"short":           {handing("words", 6), "truncated"},
		"long":            {handing("words", 4), "truncated"},
		"too large":       {handing(strings.Repeat("x", 2000), -1), "too-large"},
		"said too large":  {handing("x", 2000), "too-large"},
		"nothing taken":   {func(context.Context, func(Document) error) error { return nil }, "no-answer"},
		"a panic":         {func(context.Context, func(Document) error) error { panic("Mr Smith") }, faultCode},
		"an error of old": {func(context.Context, func(Document) error) error { return errors.New("Mr Smith") }, "failed"},
		"an error ignored": {func(_ context.Context, take func(Document) error) error {
			_ = take(Document{Size: 9, Body: strings.NewReader("x")})
			return nil
		}, "truncated"},
		"twice": {func(ctx context.Context, take func(Document) error) error {
			if err := handing("words", 5)(ctx, take); err != nil {
				return err
			}
			return handing("words", 5)(ctx, take)
		}, "twice"},
		"a hang": {func(ctx context.Context, _ func(Document) error) error { <-ctx.Done(); return ctx.Err() }, "timeout"},
	} {
		j := &journal{}
		s := openLogged(t, &cabinet{open: c.open}, Settings{Timeout: 100 * time.Millisecond, Documents: Documents{Bytes: 1000}}, j)
		o, err := s.OpenDocument(t.Context(), "1", "d")
		var got []byte
		if err == nil {
			got, err = io.ReadAll(o)
			_ = o.Close()
		}
		switch {
		case c.code == "" && (err != nil || string(got) != "words"):
			t.Errorf("%s: %q, %v", name, got, err)
		case c.code != "" && (err == nil || AsError(err).Code != c.code):
			t.Errorf("%s: %q, %v, want %s", name, got, err, c.code)
		}
		if err != nil && strings.Contains(err.Error(), "Smith") || j.count("Smith") > 0 {
			t.Errorf("%s tells a name", name)
		}
	}
}

// Readers who take their time hold some of a source's calls, and never all of them.
func TestDocumentsLeaveRoomForReads(t *testing.T) {
	t.Parallel()
	c := &cabinet{}
	c.fetch = holds
	c.open = func(ctx context.Context, take func(Document) error) error {
		return c.Call(ctx, func(context.Context) error { return handing(strings.Repeat("x", 1<<20), -1)(ctx, take) })
	}
	s := open(t, c, Settings{Concurrency: 4, Queue: 50 * time.Millisecond})
	slow, err := s.OpenDocument(t.Context(), "1", "d")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenDocument(t.Context(), "1", "d"); err == nil || AsError(err).Code != "busy" {
		t.Errorf("a second one: %v", err)
	}
	if a := readOne(s, allergiesOf("1")); a.Err != nil {
		t.Errorf("a read beside it: %v", a.Err)
	}
	_ = slow.Close()
	for deadline := time.Now().Add(5 * time.Second); ; {
		o, err := s.OpenDocument(t.Context(), "1", "d")
		if err == nil {
			_ = o.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("its place is not free again: %v", err)
		}
	}
}

// A source that hands out none says so of every document; a kind that is not shown does
// not open either.
func TestWhatOpens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		connector Connector
		document  record.Document
		opens     bool
	}{
		"a PDF":               {&cabinet{}, record.Document{ContentType: "application/pdf", Reference: "x"}, true},
		"not said":            {&cabinet{}, record.Document{Reference: "x"}, true},
		"nowhere":             {&cabinet{}, record.Document{ContentType: "application/pdf"}, false},
		"SVG":                 {&cabinet{}, record.Document{ContentType: "image/svg+xml", Reference: "x"}, false},
		"said by a connector": {&cabinet{}, record.Document{ContentType: "video/mp4", Reference: "x", Content: record.DocumentContent{Opens: true}}, false},
		"of a source without": {&clinic{}, record.Document{ContentType: "application/pdf", Reference: "x", Content: record.DocumentContent{Opens: true}}, false},
	} {
		s := open(t, c.connector, Settings{})
		s.opens(&c.document)
		if got := c.document.Content; got.Opens != c.opens || got.Opens == (got.Reason != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, err := open(t, &clinic{}, Settings{}).OpenDocument(t.Context(), "1", "d"); !errors.Is(err, ErrNoDocuments) {
		t.Errorf("a source without: %v", err)
	}
}
