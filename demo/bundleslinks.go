package demo

import (
	"net/url"
	"strings"
)

// bundleLinks knows every resource of all bundles, and so what a reference in
// one of them means.
type bundleLinks struct {
	all          []*bundled
	byReference  map[string]*bundled // Type/id
	byURL        map[string]*bundled // fullUrl
	byIdentifier map[string]*bundled // Type|system|value
	wanted       []*bundled          // shared resources to be rendered next
	missing      map[string]bool     // references to what is in no bundle, by file
}

func newBundleLinks() *bundleLinks {
	return &bundleLinks{byReference: map[string]*bundled{}, byURL: map[string]*bundled{}, byIdentifier: map[string]*bundled{},
		missing: map[string]bool{}}
}

// add indexes a file. An organisation that several bundles carry is one; a
// record's resource whose id is taken gets one of its own.
func (l *bundleLinks) add(file *bundleFile) {
	file.byURL = make(map[string]*bundled, 2*len(file.resources))
	for _, r := range file.resources {
		same := l.byReference[r.kind+"/"+r.id]
		if same != nil && sharedKind(r.kind) {
			file.note(r.fullURL, r.kind+"/"+r.id, same)
			continue
		}
		stated := r.kind + "/" + r.id
		if same != nil {
			r.id = uuid("bundle", file.name, r.fullURL, r.id)
		}
		if l.byReference[r.kind+"/"+r.id] != nil {
			continue // the same entry twice in one file
		}
		l.all = append(l.all, r)
		l.byReference[r.kind+"/"+r.id] = r
		file.note(r.fullURL, stated, r)
		if r.fullURL != "" && l.byURL[r.fullURL] == nil {
			l.byURL[r.fullURL] = r
		}
		for _, v := range walk(r.content, "identifier") {
			for _, t := range tokensOf(v) {
				key := r.kind + "|" + t.system + "|" + t.code
				if l.byIdentifier[key] == nil {
					l.byIdentifier[key] = r
				}
			}
		}
	}
}

func (f *bundleFile) note(fullURL, reference string, r *bundled) {
	f.byURL[reference] = r
	if fullURL != "" {
		f.byURL[fullURL] = r
	}
}

// find is what a reference in a file means: in that file first, for ids are
// only unique there.
func (l *bundleLinks) find(file *bundleFile, reference string) *bundled {
	if r := file.byURL[reference]; r != nil {
		return r
	}
	if r := l.byURL[reference]; r != nil {
		return r
	}
	if kind, query, conditional := strings.Cut(reference, "?"); conditional {
		values, err := url.ParseQuery(query)
		if err != nil {
			return nil
		}
		return l.byIdentifier[kind+"|"+values.Get("identifier")]
	}
	relative := referenceOf(reference)
	if r := file.byURL[relative]; r != nil {
		return r
	}
	return l.byReference[relative]
}

// settle gives every resource its person and drops those about nobody.
func (l *bundleLinks) settle(dropped map[string]int) []*bundlePerson {
	people := newBundlePeople(l.all)
	kept := l.all[:0]
	for _, r := range l.all {
		switch {
		case r.kind == "Patient":
			r.person, r.at = people.of(r), inGP|inHospital
		case !sharedKind(r.kind):
			if r.person = people.of(l.subject(r)); r.person == nil {
				dropped[r.kind]++
				continue
			}
			r.person.resources = append(r.person.resources, r)
		}
		kept = append(kept, r)
	}
	l.all = kept
	return people.sorted
}

// subject is the Patient a resource is about.
func (l *bundleLinks) subject(r *bundled) *bundled {
	for _, path := range []string{"subject.reference", "patient.reference", "participant.actor.reference"} {
		for _, v := range walk(r.content, path) {
			text, _ := v.(string)
			if found := l.find(r.file, text); found != nil && found.kind == "Patient" {
				return found
			}
		}
	}
	return nil
}

// idAt is a resource's id in one system. What both FHIR servers hold has
// another id in the second, as two systems would give it.
func (r *bundled) idAt(system holder) string {
	switch {
	case r.kind == "Patient":
		return r.person.localID(system)
	case system == inHospital && r.at&inGP != 0 && !sharedKind(r.kind):
		return uuid("hospital", r.kind, r.id)
	}
	return r.id
}

// render is a resource as one system serves it.
func (l *bundleLinks) render(r *bundled, system holder) object {
	v, _ := l.rewrite(r.content, r.file, system)
	content, ok := v.(object)
	if !ok {
		content = object{"resourceType": r.kind}
	}
	content["id"] = r.idAt(system)
	return content
}

// rewrite copies a value with its references turned into those of a system. It
// reports false for what is empty once a reference has gone.
func (l *bundleLinks) rewrite(v any, file *bundleFile, system holder) (any, bool) {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for key, child := range v {
			if key == "reference" {
				if text, ok := child.(string); ok {
					l.refer(out, text, file, system)
					continue
				}
			}
			if child, ok := l.rewrite(child, file, system); ok {
				out[key] = child
			}
		}
		return out, len(out) > 0
	case list:
		out := make(list, 0, len(v))
		for _, child := range v {
			if child, ok := l.rewrite(child, file, system); ok {
				out = append(out, child)
			}
		}
		return out, len(out) > 0
	case string:
		// A transaction's placeholder may stand in any URI.
		if strings.HasPrefix(v, urnUUID) {
			if r := l.find(file, v); r != nil && l.serves(r, system) {
				return r.kind + "/" + r.idAt(system), true
			}
		}
	}
	return v, v != nil
}

// refer writes the reference a system has in place of a bundle's. What that
// system does not hold is left out; the display, if there is one, stays.
func (l *bundleLinks) refer(out object, text string, file *bundleFile, system holder) {
	if strings.HasPrefix(text, "#") {
		out["reference"] = text
		return
	}
	r := l.find(file, text)
	if r != nil && l.serves(r, system) {
		out["reference"] = r.kind + "/" + r.idAt(system)
		return
	}
	if kind, query, conditional := strings.Cut(text, "?"); conditional && r == nil {
		values, _ := url.ParseQuery(query)
		if system, value, ok := strings.Cut(values.Get("identifier"), "|"); ok {
			out["type"], out["identifier"] = kind, object{"system": system, "value": value}
		}
	}
	if r == nil && !file.passed[text] {
		l.missing[file.name+" "+text] = true
	}
}

// serves reports whether a system holds r, and makes it hold what is shared.
func (l *bundleLinks) serves(r *bundled, system holder) bool {
	if sharedKind(r.kind) && r.at&system == 0 {
		r.at |= system
		l.wanted = append(l.wanted, r)
	}
	return r.at&system != 0
}
