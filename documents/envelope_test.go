package documents_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/documents"
	"github.com/patchworkcare/patchwork/record"
)

// Plain text in an envelope is shown as it stands, and runs no more than any; what else
// there is in one stays closed.
func TestEnvelopes(t *testing.T) {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct{ name, body, want, code string }{
		{"plain text", `<text mediaType="text/plain">BP &lt;140
  line two</text>`, "<pre>BP &lt;140\n  line two</pre>", ""},
		{"plain text, packed", `<text mediaType="text/plain; charset=utf-8" representation="B64">` + b64("a\n <script>x</script> &amp;") + ` </text>`, "&lt;script&gt;x&lt;/script&gt; &amp;amp;", ""},
		{"old characters", `<text mediaType="text/plain" representation="B64">` + b64("50\x80") + `</text>`, "50€", ""},
		{"not base64", `<text mediaType="text/plain" representation="B64">?</text>`, "", documents.CodeUnreadable},
		{"nothing", `<text mediaType="text/plain"/>`, "", documents.CodeKind},
		{"a PDF", `<text mediaType="application/pdf" representation="B64">` + b64("%PDF-") + `</text>`, "", documents.CodeKind},
		{"a reference", `<text mediaType="text/plain"><reference value="http://127.0.0.1/"/></text>`, "", documents.CodeKind},
		{"markup", `<text mediaType="text/html" representation="B64">` + b64("<b>x</b>") + `</text>`, "", documents.CodeKind},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := strings.ReplaceAll(`<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody>`+c.body+`</nonXMLBody></component></ClinicalDocument>`, `\n`, "\n")
			safe, err := documents.Clean(record.CDA, "text/xml", "x", strings.NewReader(doc))
			var why *documents.Problem
			switch {
			case c.code != "" && (!errors.As(err, &why) || why.Code != c.code):
				t.Errorf("%v, want %s", err, c.code)
			case c.code == "" && (err != nil || !strings.Contains(string(safe.Body), c.want)):
				t.Errorf("%v, want %s", err, c.want)
			case c.code == "" && strings.Contains(string(safe.Body), "<script"):
				t.Error("it runs")
			}
		})
	}
}
