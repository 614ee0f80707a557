package ldap

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// subject is the id of an entry that never changes hands.
func (p *provider) subject(entry *ldap.Entry) (string, error) {
	attribute := p.config.subjectAttribute()
	values := entry.GetEqualFoldRawAttributeValues(attribute)
	if len(values) != 1 {
		return "", auth.Refuse(auth.RefusedInvalid, "the entry has not exactly one value of subject_attribute")
	}
	subject := string(values[0])
	if isGUID(attribute) {
		subject = guid(values[0])
	}
	if !auth.GoodSubject(subject) {
		return "", auth.Refuse(auth.RefusedInvalid, "the value of subject_attribute cannot be an id")
	}
	return subject, nil
}

// subjectFilter finds an entry by its subject again; false if it can be nobody's.
func (p *provider) subjectFilter(subject string) (string, bool) {
	attribute := p.config.subjectAttribute()
	if !isGUID(attribute) {
		return "(" + attribute + "=" + ldap.EscapeFilter(subject) + ")", auth.GoodSubject(subject)
	}
	raw, ok := guidBytes(subject)
	return "(" + attribute + "=" + ldap.EscapeFilter(string(raw)) + ")", ok
}

// isGUID: Active Directory's ids are 16 bytes.
func isGUID(attribute string) bool { return strings.EqualFold(attribute, "objectGUID") }

// guid writes a GUID packet (MS-DTYP §2.3.4.2) as a string (§2.3.4.3): three little-endian
// numbers and eight bytes. "" if there are not 16 bytes.
func guid(b []byte) string {
	if len(b) != 16 {
		return ""
	}
	le := binary.LittleEndian
	return fmt.Sprintf("%08x-%04x-%04x-%x-%x", le.Uint32(b), le.Uint16(b[4:]), le.Uint16(b[6:]), b[8:10], b[10:])
}

func guidBytes(s string) ([]byte, bool) {
	b, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(b) != 16 {
		return nil, false
	}
	be, le := binary.BigEndian, binary.LittleEndian
	le.PutUint32(b, be.Uint32(b))
	le.PutUint16(b[4:], be.Uint16(b[4:]))
	le.PutUint16(b[6:], be.Uint16(b[6:]))
	return b, guid(b) == s
}

// groupsClaim is the claim with the names of a person's groups.
const groupsClaim = "groups"

// claims are the attributes by the names of the stanza, each a list of texts. What is no
// text is left out.
func (p *provider) claims(entry *ldap.Entry) map[string]any {
	claims := map[string]any{}
	for _, name := range p.config.attributes() {
		claims[name] = texts(entry.GetEqualFoldAttributeValues(name))
	}
	if _, taken := claims["name"]; taken {
		return claims
	}
	for _, name := range []string{"displayName", "cn"} {
		if values := texts(entry.GetEqualFoldAttributeValues(name)); len(values) > 0 {
			claims["name"] = values[0]
			break
		}
	}
	return claims
}

func texts(values []string) []any {
	all := make([]any, 0, len(values))
	for _, v := range values {
		if v != "" && utf8.ValidString(v) {
			all = append(all, v)
		}
	}
	return all
}
