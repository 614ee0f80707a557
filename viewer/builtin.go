package viewer

import (
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// position is a role, and where it works; "" is anywhere.
type position struct {
	role        auth.Role
	careSetting string
}

// usual is for whoever has no order of their own, and what follows what the orders below
// name: what is dangerous, what is wrong, what is being done, what was found, who is
// involved, who it is.
const usual = `allergies alerts endOfLife medications problems observations results procedures vaccinations documents
	carePlans aboutMe appointments admissions discharges contacts personalContacts professionalContacts demographics practice consents`

// first says, for those who look, what they need first; "-" before a name folds it. What a
// build has no section for is passed over.
var first = map[position]string{
	// The whole person over years: what is wrong, what they take, what others did since.
	{auth.RoleGP, ""}: "allergies alerts problems medications discharges results observations documents contacts appointments carePlans endOfLife vaccinations -practice",
	// Reviews of long-term conditions, smears, wounds and jabs.
	{auth.RolePracticeNurse, ""}: "allergies alerts problems medications observations vaccinations results appointments carePlans -practice",
	// What brought them in, what they were on before, what was done elsewhere.
	{auth.RoleHospitalDoctor, ""}: "allergies alerts endOfLife medications problems results observations admissions discharges procedures documents contacts personalContacts -vaccinations -consents",
	// Minutes, and a person who may not be able to say: what must not be done, what is usual for them.
	{auth.RoleHospitalDoctor, "emergency"}: "allergies alerts endOfLife medications problems observations results discharges admissions carePlans personalContacts procedures documents -appointments -vaccinations -consents",
	// At the bedside: how they are, what they get, whom to ring, what matters to them.
	{auth.RoleHospitalNurse, ""}: "allergies alerts endOfLife observations medications problems aboutMe personalContacts carePlans admissions discharges -vaccinations -consents",
	// Risk first; the crisis plan, who else is involved, what is agreed.
	{auth.RoleMentalHealthClinician, ""}: "alerts allergies carePlans medications problems contacts admissions professionalContacts personalContacts appointments aboutMe consents discharges documents -vaccinations",
	// Is it safe to supply: allergies, all medicines, why they have them, kidneys and liver, what changed at discharge.
	{auth.RolePharmacist, ""}: "allergies alerts medications problems results observations discharges vaccinations professionalContacts -procedures -personalContacts",
	// At the door: is it safe to go in, may they be resuscitated, what are they on, who is next of kin.
	{auth.RoleParamedic, ""}: "alerts allergies endOfLife medications problems observations carePlans personalContacts aboutMe discharges admissions -vaccinations -appointments -consents",
	// Who is there for them, what matters to them, what is planned; then what health says.
	{auth.RoleSocialWorker, ""}: "alerts personalContacts aboutMe carePlans allergies professionalContacts appointments contacts admissions discharges consents problems medications endOfLife",
	// A resident for years, whom an emergency may find at night.
	{auth.RoleCareHomeNurse, ""}: "allergies alerts endOfLife medications aboutMe carePlans observations problems personalContacts professionalContacts appointments discharges vaccinations",
	// When they come and how to reach them.
	{auth.RoleReceptionist, ""}: "appointments alerts allergies demographics practice personalContacts",
	// Whose record it is, and what they object to.
	{auth.RolePrivacyOfficer, ""}: "demographics consents practice",
	{auth.RoleDataQuality, ""}:    "demographics practice",
	{auth.RoleAnalyst, ""}:        "demographics problems medications results observations",
	{auth.RoleAdministrator, ""}:  "demographics",
	// The person themselves.
	{auth.RolePatient, ""}: "allergies alerts aboutMe appointments medications problems results vaccinations documents carePlans endOfLife discharges contacts",
}

// builtIn is the built-in arrangement for a position.
func builtIn(role auth.Role, careSetting string) Order {
	words, ok := first[position{role, careSetting}]
	if !ok {
		words = first[position{role, ""}]
	}
	return orderOf(words).before(orderOf(usual).within(headings()))
}

// orderOf reads "allergies -consents".
func orderOf(words string) Order {
	var o Order
	for word := range strings.FieldsSeq(words) {
		name, folded := strings.CutPrefix(word, "-")
		o = append(o, Placed{name, folded})
	}
	return o
}

// headings is every section of the record, in reading order.
func headings() Order {
	var o Order
	for _, h := range record.Headings() {
		o = append(o, Placed{Name: h.Name})
	}
	return o
}
