package demo

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// maxBundle bounds one bundle unpacked, in bytes: a small archive can hold a
// very large file.
const maxBundle = 256 << 20

// bundled is one resource of a bundle.
type bundled struct {
	kind, id string
	fullURL  string
	content  object
	file     *bundleFile
	person   *bundlePerson // whom it is about; nil for organisations and the like
	at       holder        // the systems that serve it
}

// bundleFile is what one file holds of use.
type bundleFile struct {
	name      string
	served    func(kind string) bool
	resources []*bundled
	dropped   map[string]int    // what no system serves, by type
	passed    map[string]bool   // full URLs of what is dropped
	goals     map[string]string // text of the goals, by full URL
	imaged    map[string]bool   // full URLs of the encounters with imaging
	byURL     map[string]*bundled
}

// bundleNames are the files of a directory to be read, in order.
func bundleNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		lower := strings.ToLower(e.Name())
		if !e.IsDir() && (strings.HasSuffix(lower, ".json") || strings.HasSuffix(lower, ".json.gz")) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no *.json or *.json.gz", dir)
	}
	return names, nil
}

// bundleRead is a file as read, or why it could not be.
type bundleRead struct {
	file *bundleFile
	err  error
}

// readBundles reads files as many at a time as there are processors, and gives
// them in the order of their names.
func readBundles(dir string, names []string, served func(kind string) bool) []bundleRead {
	all := make([]bundleRead, len(names))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		readers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				all[i].file, all[i].err = readBundle(dir, names[i], served)
			}
		})
	}
	readers.Wait()
	return all
}

// readBundle reads one file, entry by entry, so that what is not kept is not
// held either.
func readBundle(dir, name string, served func(kind string) bool) (file *bundleFile, err error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var r io.Reader = f
	if strings.HasSuffix(strings.ToLower(name), ".gz") {
		zip, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("not gzip: %w", err)
		}
		r = zip
	}
	file = &bundleFile{name: name, served: served, dropped: map[string]int{}, passed: map[string]bool{}, goals: map[string]string{}, imaged: map[string]bool{}}
	limited := &io.LimitedReader{R: r, N: maxBundle}
	err = file.read(json.NewDecoder(limited))
	switch {
	case limited.N == 0:
		return nil, fmt.Errorf("larger than %d MiB", maxBundle>>20)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("truncated: %w", io.ErrUnexpectedEOF)
	case err != nil:
		return nil, err
	}
	return file, file.check()
}

// read walks the members of the bundle's one object. The type may come after
// the entries, so it is checked at the end.
func (f *bundleFile) read(dec *json.Decoder) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	kind := ""
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "entry":
			err = f.entries(dec)
		case "resourceType":
			var v any
			err = dec.Decode(&v)
			kind, _ = v.(string)
		default:
			var skipped json.RawMessage
			err = dec.Decode(&skipped)
		}
		if err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if kind != "Bundle" {
		return fmt.Errorf("not a Bundle but %.40q", kind)
	}
	// Reading on to the end also checks the archive's sum.
	if t, err := dec.Token(); err == nil {
		return fmt.Errorf("more follows the Bundle: %.20v", t)
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func (f *bundleFile) entries(dec *json.Decoder) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('[') {
		return errors.New("entry is not a list")
	}
	for n := 0; dec.More(); n++ {
		var entry struct {
			FullURL  string          `json:"fullUrl"`
			Resource json.RawMessage `json:"resource"`
		}
		if err := dec.Decode(&entry); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		if err := f.entry(entry.FullURL, entry.Resource, n); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	_, err := dec.Token()
	return err
}

// entry keeps a resource that some system serves, and of others what is needed
// to divide the record.
func (f *bundleFile) entry(fullURL string, raw json.RawMessage, n int) error {
	var head struct {
		Kind        string `json:"resourceType"`
		Description struct {
			Text string `json:"text"`
		} `json:"description"`
		Encounter struct {
			Reference string `json:"reference"`
		} `json:"encounter"`
	}
	kind := leadingKind(raw)
	if kind == "" || kind == "Goal" || kind == "ImagingStudy" {
		// Goal and ImagingStudy alone have these members in this shape.
		_ = json.Unmarshal(raw, &head)
		kind = head.Kind
	}
	switch {
	case kind == "":
		return errors.New("no resource, or one without a type")
	case kind == "Goal":
		f.goals[fullURL] = head.Description.Text
	case kind == "ImagingStudy":
		f.imaged[head.Encounter.Reference] = true
	}
	if !f.served(kind) {
		f.dropped[kind]++
		f.passed[fullURL] = true
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // 7.10 is not 7.1
	r := &bundled{kind: kind, fullURL: fullURL, file: f}
	if err := dec.Decode(&r.content); err != nil {
		return err
	}
	r.content["resourceType"] = kind // said twice, the first counts
	r.id, _ = r.content["id"].(string)
	if !bundleID.MatchString(r.id) {
		if r.id = strings.TrimPrefix(fullURL, urnUUID); !bundleID.MatchString(r.id) {
			r.id = uuid("bundle", f.name, fmt.Sprint(n))
		}
	}
	f.resources = append(f.resources, r)
	return nil
}

const urnUUID = "urn:uuid:"

// bundleID is what FHIR allows as an id.
var bundleID = regexp.MustCompile(`^[A-Za-z0-9\-.]{1,64}$`)

var firstMember = regexp.MustCompile(`^\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"`)

// leadingKind is the type of a resource that states it first, as most do: the
// larger part of a bundle need not be parsed to be passed over.
func leadingKind(raw []byte) string {
	if m := firstMember.FindSubmatch(raw); m != nil {
		return string(m[1])
	}
	return ""
}

// check refuses a file that holds a record and does not say whose. A bundle of
// organisations and practitioners is about nobody, and welcome.
func (f *bundleFile) check() error {
	clinical := bundleTotal(f.dropped)
	for _, r := range f.resources {
		if r.kind == "Patient" {
			return nil
		}
		if !sharedKind(r.kind) {
			clinical++
		}
	}
	if clinical > 0 {
		return errors.New("a record without a Patient")
	}
	if len(f.resources) == 0 {
		return errors.New("an empty Bundle")
	}
	return nil
}

// sharedKind tells what many records refer to and none owns.
func sharedKind(kind string) bool {
	switch kind {
	case "Organization", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Medication":
		return true
	}
	return false
}
