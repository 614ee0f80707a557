package docfolder_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Nothing outside the folder is read, whatever an index or a reference says, and no link
// is followed, out of it or within.
func TestOutside(t *testing.T) {
	dir := fill(t)
	outside := filepath.Join(t.TempDir(), "secret.txt")
	write(t, outside, "secret")
	for link, to := range map[string]string{"RZH-1018/20260101_LETTER_link.txt": outside, "RZH-1018/20260102_LETTER_within.txt": "../RZH-1026/20260101_NOTE_Discharge.txt",
		"RZH-9": filepath.Dir(outside), "RZH-8": "RZH-1026"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"../secret.txt", outside, "RZH-1018/../../secret.txt", "RZH-1018/20260101_LETTER_link.txt", "RZH-1018/20260102_LETTER_within.txt", "RZH-9/secret.txt",
		"RZH-8/20260101_NOTE_Discharge.txt", `..\secret.txt`, "RZH-1018", "RZH-1018/.hidden_x_y.txt", "index.csv/x", "file:///etc/passwd", "RZH-1018/x\x00y", "http://127.0.0.1/"}
	rows := index
	for _, n := range names {
		if !strings.ContainsAny(n, "\x00") {
			rows += "RZH-1018,\"" + n + "\",2026-01-01,LETTER,x,N\n"
		}
	}
	write(t, filepath.Join(dir, "index.csv"), rows)
	for kind, s := range map[string]sources.Source{"index": open(t, byIndex(dir)), "names": open(t, byName(dir))} {
		for _, n := range names {
			if text, err := read(t, s, philippa, n); err == nil || text != "" {
				t.Errorf("%s: %q was read: %q", kind, n, text)
			}
		}
		r := fetchOne(t, s, philippa)
		for _, e := range r.Entries {
			if ref := e.(*record.Document).Reference; strings.Contains(ref, "..") || strings.HasPrefix(ref, "/") || kind == "names" && strings.Contains(ref, "link") {
				t.Errorf("%s: %q is listed", kind, ref)
			}
		}
		if kind == "index" && len(r.Gaps) == 0 {
			t.Error("names that lead out are passed over in silence")
		}
	}
	for _, id := range []string{"RZH-9", "RZH-8", "..", ".", "", "RZH-1018/..", "a/b"} {
		if r := fetchOne(t, open(t, byName(dir)), id); len(r.Entries) != 0 {
			t.Errorf("%q has %d documents", id, len(r.Entries))
		}
	}
}

// A document opens for whom it is, and for nobody else.
func TestOpen(t *testing.T) {
	t.Setenv("PATCHWORK_TEST_S3", "secret")
	dir := fill(t)
	dav, s3 := serve(t, dir, false), serve(t, dir, true)
	for name, s := range map[string]sources.Source{"index": open(t, byIndex(dir)), "names": open(t, byName(dir)), "webdav": open(t, byName(dav.URL+"/letters")),
		"webdav with index": open(t, byIndex(dav.URL+"/letters")), "bucket": open(t, inBucket(byName(""), s3.URL)), "bucket with index": open(t, inBucket(byIndex(""), s3.URL))} {
		r := fetchOne(t, s, philippa)
		if r.Err != nil || len(r.Entries) != 2 || len(r.Gaps) != 0 {
			t.Errorf("%s: %+v", name, r)
			continue
		}
		d := r.Entries[0].(*record.Document)
		if text, err := read(t, s, philippa, d.Reference); err != nil || text != "hello" || d.Date != "2026-03-04" || d.ContentType != "text/plain" {
			t.Errorf("%s: %q %v %+v", name, text, err, d)
		}
		for _, c := range []struct{ id, ref, code string }{{bernard, d.Reference, "wrong-patient"}, {philippa, "RZH-1018/20260304_LETTER_Gone.txt", "document-gone"}} {
			if _, err := read(t, s, c.id, c.ref); err == nil || sources.AsError(err).Code != c.code {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
	}
}

// An index that cannot be trusted is an error for everybody, never "no documents".
func TestHostileIndexes(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"nothing":               {"", "not-csv"},
		"a web page":            {"<html>\n<p>\n", "no-column"},
		"a column too few":      {"patient,file,date,type,title\n", "no-column"},
		"a column twice":        {"patient,file,date,type,title,level,level\n", "no-column"},
		"a row too short":       {index + "x,y\n", "not-csv"},
		"a quote without end":   {index + "\"x,y\n", "not-csv"},
		"cut within a row":      {index[:len(index)-9], "not-csv"},
		"cut within a cell":     {index[:len(index)-1], "index-cut"},
		"another character set": {strings.Replace(index, "older", "\xe4lter", 1), "charset"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := fill(t)
			write(t, filepath.Join(dir, "index.csv"), c.text)
			s := open(t, byIndex(dir))
			for _, id := range []string{philippa, "RZH-9999"} {
				if r := fetchOne(t, s, id); sources.AsError(r.Err) == nil || sources.AsError(r.Err).Code != c.code {
					t.Errorf("%+v, want %s", r, c.code)
				}
			}
		})
	}
	dir := fill(t)
	c := byIndex(dir)
	c.MaxFiles = 2
	if r := fetchOne(t, open(t, c), philippa); sources.AsError(r.Err) == nil {
		t.Errorf("%+v", r)
	}
}

// Files whose names say not whose they are make everybody's list one that is not whole.
func TestHostileNames(t *testing.T) {
	dir := fill(t)
	write(t, filepath.Join(dir, "RZH-1018", "scan0001.pdf"), "x")
	r := fetchOne(t, open(t, byName(dir)), philippa)
	if len(r.Entries) != 2 || len(r.Gaps) != 1 || r.Gaps[0].Code != "names" {
		t.Errorf("%+v", r)
	}
	c := byName(dir)
	c.Ignore = append(c.Ignore, "scan*.pdf")
	if r := fetchOne(t, open(t, c), philippa); len(r.Entries) != 2 || len(r.Gaps) != 0 {
		t.Errorf("%+v", r)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if r := fetchOne(t, open(t, c), philippa); sources.AsError(r.Err) == nil || sources.AsError(r.Err).Code != "no-folder" {
		t.Errorf("%+v", r)
	}
}

// Whatever a share or bucket answers, it is a list of its own or an error.
func TestHostileLists(t *testing.T) {
	t.Setenv("PATCHWORK_TEST_S3", "secret")
	dav := func(href string) string {
		return `<D:multistatus xmlns:D="DAV:"><D:response><D:href>` + href + `</D:href><D:propstat><D:prop><D:resourcetype/></D:prop></D:propstat></D:response></D:multistatus>`
	}
	bucket := func(inside string) string { return `<ListBucketResult>` + inside + `</ListBucketResult>` }
	for _, c := range []struct {
		bucket     bool
		name, code string
		answer     handler
	}{
		{false, "a web page", "not-dav", answering(200, "<html/>")},
		{false, "another document", "not-dav", answering(207, "<a/>")},
		{false, "entities", "not-xml", answering(207, `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`)},
		{false, "another host", "foreign-entry", answering(207, dav("http://127.0.0.1:1/letters/RZH-1018/x"))},
		{false, "another folder", "foreign-entry", answering(207, dav("/other/RZH-1018/x"))},
		{false, "a way out", "foreign-entry", answering(207, dav("/letters/RZH-1018/../../x"))},
		{false, "another person's folder", "foreign-entry", answering(207, dav("/letters/RZH-1026/x"))},
		{false, "too deep a file", "foreign-entry", answering(207, dav("/letters/RZH-1018/a/b"))},
		{false, "nothing there at all", "no-folder", status(404)},
		{false, "a fault", "http-500", status(500)},
		{true, "a web page", "not-s3", answering(200, "<html/>")},
		{true, "no bucket", "no-folder", status(404)},
		{true, "refused", "http-403", status(403)},
		{true, "not said whether whole", "not-whole", answering(200, bucket(""))},
		{true, "more, without a way to it", "not-whole", answering(200, bucket("<IsTruncated>true</IsTruncated>"))},
		{true, "circles", "page-loop", answering(200, bucket("<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>"))},
		{true, "another prefix", "foreign-entry", answering(200, bucket("<IsTruncated>false</IsTruncated><Contents><Key>in/RZH-1026/x</Key></Contents>"))},
	} {
		t.Run(fmt.Sprint(c.bucket, " ", c.name), func(t *testing.T) {
			s := serve(t, fill(t), c.bucket)
			s.behave(c.answer)
			config := byName(s.URL + "/letters")
			if c.bucket {
				config = inBucket(byName(""), s.URL)
			}
			r := fetchOne(t, open(t, config), philippa)
			if e := sources.AsError(r.Err); e == nil || e.Code != c.code || strings.Contains(e.Error(), "RZH") {
				t.Errorf("%+v, want %s", r, c.code)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	c := byIndex("ftp://x")
	c.Pattern = "{patient}"
	c.Index = nil
	c.Confidentiality, c.Ignore, c.MaxFiles = "X", []string{"*"}, -1
	var paths []string
	for _, p := range c.Validate() {
		paths = append(paths, p.Path)
	}
	if got := strings.Join(paths, " "); got != "confidentiality ignore location max_files pattern" {
		t.Error(got)
	}
}
