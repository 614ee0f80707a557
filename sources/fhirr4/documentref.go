package fhirr4

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// What a record.Document's Reference can be: a Binary of this server, or an attachment
// that stands in its DocumentReference, by its place ("DocumentReference/1#0"). Nothing
// else is ever asked for: an address that a document brings along could lead anywhere,
// within the region's own network too, and another resource of this server could be
// somebody else's.
var (
	binaryReference = regexp.MustCompile(`^Binary/[A-Za-z0-9.\-]{1,64}(/_history/[A-Za-z0-9.\-]{1,64})?$`)
	inlineReference = regexp.MustCompile(`^DocumentReference/([A-Za-z0-9.\-]{1,64})#([0-9]{1,3})$`)
)

// opening is where the i-th attachment of d can be opened; "" if it cannot.
func (r *reader) opening(d *record.Document, i int, a attachment) string {
	if a.inline {
		if ref := d.Provenance.LocalID + "#" + strconv.Itoa(i); inlineReference.MatchString(ref) {
			return ref
		}
	}
	ref, ok := strings.CutPrefix(a.url, r.base+"/")
	if !ok && strings.Contains(a.url, ":") {
		return ""
	}
	if !binaryReference.MatchString(ref) || strings.Contains(ref, "..") {
		return ""
	}
	return ref
}
