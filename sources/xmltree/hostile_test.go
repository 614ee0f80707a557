package xmltree_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources/sourcetest"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

var limits = xmltree.Limits{Bytes: 8 << 20, Elements: 50_000, Depth: 100, Tag: 64 << 10}

func read(s string) (*xmltree.Node, error) { return xmltree.Read(strings.NewReader(s), limits) }

// What is not plain XML within its bounds is a typed error, and costs no memory to find.
func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		want      error
	}{
		{"nothing", "", xmltree.ErrNotXML},
		{"words", "hello", xmltree.ErrNotXML},
		{"a cut one", "<a><b>", xmltree.ErrNotXML},
		{"ends crossed", "<a><b></a></b>", xmltree.ErrNotXML},
		{"two roots", "<a/><b/>", xmltree.ErrNotXML},
		{"words after the end", "<a/>x", xmltree.ErrNotXML},
		{"not UTF-8", "<a>\xff</a>", xmltree.ErrNotXML},
		{"a file read by entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`, xmltree.ErrDoctype},
		{"a file read by parameter entity", `<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><a/>`, xmltree.ErrDoctype},
		{"a thousand million laughs", `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>`, xmltree.ErrDoctype},
		{"a document type after the root began", `<a><!DOCTYPE a></a>`, xmltree.ErrDoctype},
		{"an entity that nobody declared", `<a>&x;</a>`, xmltree.ErrNotXML},
		{"too deep", strings.Repeat("<a>", 10_000), xmltree.ErrTooDeep},
		{"too many elements", "<a>" + strings.Repeat("<b/>", 60_000) + "</a>", xmltree.ErrTooLarge},
		{"too large", "<a>" + strings.Repeat("x", 9<<20) + "</a>", xmltree.ErrTooLarge},
		{"a value too long", `<a b="` + strings.Repeat("x", 1<<20) + `"/>`, xmltree.ErrLongTag},
		{"a value too long with ends in it", `<a b="` + strings.Repeat("x>", 1<<19) + `"/>`, xmltree.ErrLongTag},
		{"a value too long after a quote in a comment", `<a><!-- <a " --><b c="` + strings.Repeat("x>", 1<<19) + `"/></a>`, xmltree.ErrLongTag},
		{"a value too long after a quote in plain text", `<a><![CDATA[<a "]]><b c="` + strings.Repeat("x>", 1<<19) + `"/></a>`, xmltree.ErrLongTag},
		{"too many attributes", `<a ` + strings.Repeat(`b='' `, 1<<18) + `/>`, xmltree.ErrLongTag},
		{"a name too long", `<` + strings.Repeat("a", 1<<20) + `/>`, xmltree.ErrLongTag},
		{"another character set", `<?xml version="1.0" encoding="utf-16"?><a/>`, xmltree.ErrEncoding},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := read(c.doc); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			runtime.ReadMemStats(&after)
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
				t.Errorf("%d MiB", used)
			}
		})
	}
}

// TestSamplesHostile reads the XML that others made to break readers.
func TestSamplesHostile(t *testing.T) {
	c := &sourcetest.Tally{Connector: "xmltree, made to break readers"}
	for _, s := range sourcetest.Samples(t, c.Connector, "hostile/xml/*") {
		c.Files++
		for piece := range bytes.SplitSeq(s.Body, []byte("\n\n")) {
			for _, doc := range [][]byte{piece, s.Body} {
				n, err := xmltree.Read(bytes.NewReader(doc), limits)
				switch {
				case err == nil && bytes.Contains(doc, []byte("<!ENTITY")) && !bytes.Contains(doc, []byte("CDATA")):
					t.Errorf("%s: %q was read", s.Name, n.Name)
				case err != nil:
					c.Not("refused: " + err.Error())
				default:
					c.Understood("pieces", 1)
				}
			}
		}
	}
	c.Report(t)
}

// Errors of the place that the document comes from are not taken for its own.
func TestReadersErrors(t *testing.T) {
	want := errors.New("the line is cut")
	if _, err := xmltree.Read(io.MultiReader(strings.NewReader("<a>"), failing{want}), limits); !errors.Is(err, want) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestTree(t *testing.T) {
	n, err := read(`<?xml version="1.0" encoding="windows-1252"?><!-- <a> --><d xmlns="urn:x" xmlns:y="urn:y"><t id="1">BP &lt;140 ` + "\x80" +
		`<b>5</b> mg<![CDATA[ & ]]></t><t y:id="2"/></d>`)
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Child("t").Words(); got != "BP <140 € 5 mg &" {
		t.Errorf("%q", got)
	}
	if n.Space != "urn:x" || len(n.All("t")) != 2 || n.Child("t").Attr("id") != "1" || n.All("t")[1].AttrIn("urn:y", "id") != "2" {
		t.Errorf("%+v", n)
	}
	var nobody *xmltree.Node
	if nobody.Child("a", "b").Attr("x")+nobody.Words() != "" || nobody.All("x") != nil {
		t.Error("a node that is not there says something")
	}
}

// Long plain text with marks in it is no tag.
func TestLongText(t *testing.T) {
	for _, s := range []string{`<a><![CDATA[<b "` + strings.Repeat("x", 1<<20) + `]]></a>`, `<a><!-- <b ' ` + strings.Repeat("x", 1<<20) + `--><c d="e"/></a>`,
		`<?x <b " ` + strings.Repeat("x", 1<<20) + `?><a/>`} {
		if _, err := read(s); err != nil {
			t.Error(err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`<a b="1">x<c/>y</a>`, `<!DOCTYPE a><a/>`, `<a><![CDATA[<b>]]></a>`, "<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := read(s)
		if (n == nil) == (err == nil) {
			t.Error("neither a tree nor an error")
		}
		if err == nil {
			seen := 0
			n.Walk(func(*xmltree.Node) bool { seen++; return true })
			if n.Words(); seen > limits.Elements {
				t.Error("more than allowed")
			}
		}
	})
}
