package saml

import (
	"github.com/beevik/etree"
)

// claims are all that an assertion says of the user: every attribute as a list of strings,
// by its Name and by its FriendlyName unless that means two, or hides a Name; and nameID,
// nameIDFormat and authnContext, which no attribute replaces.
func claims(a *etree.Element, n name, class string) map[string]any {
	all := map[string]any{}
	friendly := map[string][]string{} // to the Names
	for _, attribute := range attributes(a) {
		key := attr(attribute, "Name")
		if key == "" {
			continue
		}
		list, _ := all[key].([]any)
		for _, v := range values(attribute) {
			list = append(list, v)
		}
		all[key] = list
		if f := attr(attribute, "FriendlyName"); f != "" && f != key {
			friendly[f] = append(friendly[f], key)
		}
	}
	addFriendly(all, friendly)
	all["nameID"], all["nameIDFormat"], all["authnContext"] = n.Value, n.Format, class
	return all
}

func addFriendly(all map[string]any, friendly map[string][]string) {
	added := map[string]any{}
	for f, names := range friendly {
		if _, hidden := all[f]; hidden {
			continue
		}
		same := true
		for _, other := range names {
			same = same && other == names[0]
		}
		if same {
			added[f] = all[names[0]]
		}
	}
	for f, v := range added {
		all[f] = v
	}
}

// attributes are those of all statements (core §2.7.3). Encrypted ones are passed over:
// whole assertions can be encrypted.
func attributes(a *etree.Element) (all []*etree.Element) {
	for _, statement := range children(a, nsAssertion, "AttributeStatement") {
		all = append(all, children(statement, nsAssertion, "Attribute")...)
	}
	return all
}

// values are an attribute's texts. A value that is a NameID (eduPersonTargetedID) counts by
// its text; other structures are passed over.
func values(attribute *etree.Element) (all []string) {
	for _, v := range children(attribute, nsAssertion, "AttributeValue") {
		switch inner := v.ChildElements(); {
		case len(inner) == 0:
			all = append(all, text(v))
		case len(inner) == 1 && is(inner[0], nsAssertion, "NameID"):
			all = append(all, text(inner[0]))
		}
	}
	return all
}

// valuesOf are the values of the attribute of that Name, or else of that FriendlyName.
func valuesOf(a *etree.Element, wanted string) []string {
	for _, key := range []string{"Name", "FriendlyName"} {
		var all []string
		for _, attribute := range attributes(a) {
			if attr(attribute, key) == wanted {
				all = append(all, values(attribute)...)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}
