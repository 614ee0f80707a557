package cda

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// odsRoots are the OIDs under which organisations' ODS codes stand.
var odsRoots = map[string]bool{"2.16.840.1.113883.2.1.3.2.4.19.1": true, "2.16.840.1.113883.2.1.3.2.4.19.2": true, "1.2.826.0.1285.0.1.10": true}

// author reads author, performer or informant; nil if it names nobody.
func (v values) author(n *xmltree.Node) *record.Actor {
	for _, name := range []string{"assignedAuthor", "assignedEntity"} {
		role := n.Child(name)
		if role == nil {
			continue
		}
		a := record.Actor{Name: personName(role.Child("assignedPerson", "name")), Role: v.concept(role.Child("code")).Label(),
			Organisation: organisation(role.Child("representedOrganization"))}
		if a.Name == "" {
			a.Name = role.Child("assignedAuthoringDevice", "softwareName").Words()
		}
		if !a.IsZero() {
			return &a
		}
	}
	return nil
}

// personName is a name as one line, in the order in which it is written.
func personName(n *xmltree.Node) string {
	if n == nil || n.Attr("nullFlavor") != "" {
		return ""
	}
	if len(n.Children) == 0 {
		return n.Words()
	}
	var parts []string
	for _, c := range n.Children {
		if w := c.Words(); w != "" && c.Name != "validTime" {
			parts = append(parts, w)
		}
	}
	return strings.Join(parts, " ")
}

func organisation(n *xmltree.Node) (o record.Organisation) {
	o.Name = n.Child("name").Words()
	for _, id := range n.All("id") {
		if odsRoots[id.Attr("root")] {
			o.ODS = id.Attr("extension")
		}
	}
	return o
}
