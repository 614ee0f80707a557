package xds

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func seeds(f *testing.F, prefix string) {
	files, _ := filepath.Glob("testdata/cases/" + prefix + "-*.txt")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			in, _, _ := strings.Cut(string(raw), "\n----------\n")
			f.Add([]byte(in))
		}
	}
}

// FuzzRegistry: whatever a registry answers, an entry says whom it is about, and
// leads nowhere but to a configured repository.
func FuzzRegistry(f *testing.F) {
	seeds(f, "documents")
	s := &source{Config: Config{PatientAuthority: "2.16.840.1.113883.2.1.4.1", Repositories: map[string]string{"1.2.826.0.1.3680043.8.498.1": "x"}}.withDefaults()}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readMessage("application/soap+xml", bytes.NewReader(data), 1<<20)
		if err != nil {
			typed(t, err)
			return
		}
		n, err := answered(m.xml, "AdhocQueryResponse")
		if err != nil {
			typed(t, err)
			return
		}
		l, err := s.listed(n)
		if err != nil {
			typed(t, err)
			return
		}
		for _, e := range l.entries {
			d := &e.document
			if d.Subject == "" || d.Provenance.LocalID == "" || d.Code.Label() == "" {
				t.Errorf("%+v", d)
			}
			if _, err := record.ParseDate(string(d.Date)); err != nil {
				t.Error(err)
			}
			if d.Reference != "" && e.keeps.Repository != "1.2.826.0.1.3680043.8.498.1" {
				t.Error("it leads elsewhere")
			}
		}
	})
}

func typed(t *testing.T, err error) {
	t.Helper()
	if e, ok := err.(*sources.Error); !ok || e.Code == "" || e.Reason == "" { //nolint:errorlint // the very type
		t.Errorf("%T %v", err, err)
	}
}

// FuzzMTOM: whatever comes in parts is the document that was asked for, or an error.
func FuzzMTOM(f *testing.F) {
	root := "--b\r\nContent-ID: <r>\r\n\r\n<e:Envelope xmlns:e='e'><e:Body><RetrieveDocumentSetResponse><RegistryResponse status='Success'/><DocumentResponse><RepositoryUniqueId>1</RepositoryUniqueId><DocumentUniqueId>2</DocumentUniqueId><Document><Include href='cid:d'/></Document></DocumentResponse></RetrieveDocumentSetResponse></e:Body></e:Envelope>\r\n"
	f.Add(`multipart/related; boundary=b; start="<r>"`, []byte(root+"--b\r\nContent-ID: <d>\r\n\r\nhello\r\n--b--"))
	f.Add(`multipart/related; boundary=b`, []byte(root+"--b\r\nContent-ID: <d>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--"))
	f.Add(`multipart/related; boundary=b`, []byte(strings.Replace(root, "<Include href='cid:d'/>", "aGVsbG8=", 1)+"--b--"))
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		m, err := readMessage(kind, bytes.NewReader(data), 1<<20)
		if err != nil {
			typed(t, err)
			return
		}
		d, err := handed(m, reference{Repository: "1", Unique: "2"})
		if err != nil {
			typed(t, err)
			return
		}
		if _, err := io.Copy(io.Discard, d.Body); err != nil {
			typed(t, err)
		}
	})
}
