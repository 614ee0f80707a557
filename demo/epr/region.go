package epr

import "github.com/patchworkcare/patchwork/demo"

// FromRegion gives the first n people of a demo region whom a system of it knows, with
// that system's own ids: the list of the EPR that the system is the database of.
func FromRegion(people []demo.Patient, system string, n int) []Patient {
	var all []Patient
	for _, p := range people {
		if id, ok := p.LocalIDs[system]; ok && len(all) < n {
			all = append(all, Patient{ID: id, NHSNumber: p.NHSNumber, FamilyName: p.FamilyName, GivenName: p.GivenName, BirthDate: p.BirthDate})
		}
	}
	return all
}
