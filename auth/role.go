package auth

// Role is what somebody works as. The zero Role is none; policy gives it nothing.
type Role string

// The roles that policy knows.
const (
	RoleGP                    Role = "gp"
	RolePracticeNurse         Role = "practice-nurse"
	RoleHospitalDoctor        Role = "hospital-doctor"
	RoleHospitalNurse         Role = "hospital-nurse"
	RoleMentalHealthClinician Role = "mental-health-clinician"
	RolePharmacist            Role = "pharmacist"
	RoleParamedic             Role = "paramedic"
	RoleSocialWorker          Role = "social-worker"
	RoleCareHomeNurse         Role = "care-home-nurse"
	RoleReceptionist          Role = "receptionist"
	RoleAnalyst               Role = "analyst"
	RolePrivacyOfficer        Role = "privacy-officer"
	RoleAdministrator         Role = "administrator"
	RoleDataQuality           Role = "data-quality"
	RolePatient               Role = "patient"
)

// Roles lists every role, in the order above.
func Roles() []Role {
	return []Role{
		RoleGP, RolePracticeNurse, RoleHospitalDoctor, RoleHospitalNurse, RoleMentalHealthClinician,
		RolePharmacist, RoleParamedic, RoleSocialWorker, RoleCareHomeNurse, RoleReceptionist,
		RoleAnalyst, RolePrivacyOfficer, RoleAdministrator, RoleDataQuality, RolePatient,
	}
}

// Valid reports whether the role is one of Roles.
func (r Role) Valid() bool {
	switch r {
	case RoleGP, RolePracticeNurse, RoleHospitalDoctor, RoleHospitalNurse, RoleMentalHealthClinician,
		RolePharmacist, RoleParamedic, RoleSocialWorker, RoleCareHomeNurse, RoleReceptionist,
		RoleAnalyst, RolePrivacyOfficer, RoleAdministrator, RoleDataQuality, RolePatient:
		return true
	}
	return false
}

// Purpose is what people of the role usually use the record for.
func (r Role) Purpose() Purpose {
	switch r {
	case RolePrivacyOfficer, RoleAdministrator, RoleAnalyst, RoleDataQuality:
		return PurposeOperations
	case RolePatient:
		return PurposePatient
	}
	return PurposeTreatment
}

// Purpose is why the record is used.
// http://terminology.hl7.org/ValueSet/v3-PurposeOfUse
type Purpose string

// The purposes that policy knows.
const (
	// PurposeTreatment is direct care, the default.
	PurposeTreatment Purpose = "TREAT"
	// PurposeEmergency is emergency treatment.
	PurposeEmergency Purpose = "ETREAT"
	// PurposeBreakGlass overrides a restriction, with a reason and a review.
	PurposeBreakGlass Purpose = "BTG"
	// PurposeCareManagement is planning care for known people.
	PurposeCareManagement Purpose = "CAREMGT"
	// PurposeResearch is health research; the national data opt-out applies.
	PurposeResearch Purpose = "HRESCH"
	// PurposeOperations is running and planning services; the opt-out applies.
	PurposeOperations Purpose = "HOPERAT"
	// PurposePatient is a person asking for their own record.
	PurposePatient Purpose = "PATRQT"
)
