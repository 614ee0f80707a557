package columns

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// practice is a row of its own or part of a person's row; one that names no
// practice says nothing.
func practice() layout {
	return layout{
		fields: join(one(
			text("practice_ods", "ODS code of the practice"), text("practice_name", "name of the practice"),
			text("gp_name", "usual general practitioner"),
		), telecoms(), address(), period("the registration")),
		build: func(r *row) record.Entry {
			p := r.period()
			out := &record.Practice{
				Base: r.base(p.Start), GP: r.text("gp_name"), Telecoms: r.telecoms(), Address: r.address(), Period: p,
				Organisation: record.Organisation{ODS: r.text("practice_ods"), Name: r.text("practice_name")},
			}
			if out.Organisation.IsZero() && out.GP == "" {
				return nil
			}
			if out.Code.Text == "" {
				out.Code.Text = out.Organisation.Name
			}
			return out
		},
	}
}

func personalContacts() layout {
	return layout{
		fields: join(one(text("name", "the whole name, where it is one column")), humanName(), one(
			yesNo("next_of_kin", "next of kin"), yesNo("main_carer", "main carer"),
			yesNo("power_of_attorney", "holds a power of attorney"),
		), telecoms(), address(), period("when it holds")),
		build: func(r *row) record.Entry {
			p := r.period()
			c := &record.PersonalContact{
				Base: r.base(p.Start), Name: r.humanName(), Telecoms: r.telecoms(), Address: r.address(), Period: p,
			}
			// A name in one column is not cut into parts: which word is which is a guess.
			if whole := r.text("name"); whole != "" && c.Name.Family == "" && len(c.Name.Given) == 0 {
				c.Name.Given = []string{whole}
			}
			r.standing(c)
			if c.Name.IsZero() && len(c.Telecoms) == 0 && c.Code.IsZero() {
				return nil
			}
			return c
		},
	}
}

// standing says what else the person is to the patient: as codings, and in words
// after the note, because a screen may show the relationship's text alone.
func (r *row) standing(c *record.PersonalContact) {
	var words []string
	add := func(field, system, code, display string) {
		if r.yes(field) {
			c.Code.Codings = append(c.Code.Codings, record.Coding{System: system, Code: code, Display: display})
			words = append(words, display)
		}
	}
	add("next_of_kin", "http://terminology.hl7.org/CodeSystem/v2-0131", "N", "Next of kin")
	add("main_carer", "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "CAREGIVER", "Main carer")
	add("power_of_attorney", "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "POWATT", "Power of attorney")
	if len(words) == 0 {
		return
	}
	c.Note = strings.TrimSpace(c.Note + "\n" + strings.Join(words, ". ") + ".")
}

func professionalContacts() layout {
	return layout{
		fields: join(one(
			text("name", "name of the professional"),
			text("provider_ods", "ODS code of their organisation"), text("provider_name", "name of their organisation"),
			text("team", "team"),
		), telecoms(), period("when it holds")),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.ProfessionalContact{
				Base: r.base(p.Start), Name: r.text("name"), Team: r.text("team"), Telecoms: r.telecoms(), Period: p,
				Organisation: record.Organisation{ODS: r.text("provider_ods"), Name: r.text("provider_name")},
			}
		},
	}
}

func consents() layout {
	return layout{
		fields: join(one(
			text("status", "the source's word: active, inactive …"),
			choice("decision", "what was decided", "permit", "deny"),
		), concept("scope", "scope"), period("when it holds")),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.Consent{
				Base: r.base(p.Start), Status: r.text("status"), Decision: r.choice("decision"),
				Scope: r.concept("scope"), Period: p,
			}
		},
	}
}
