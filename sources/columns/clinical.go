package columns

import "github.com/patchworkcare/patchwork/record"

func allergies() layout {
	return layout{
		fields: join(one(
			choice("status", "clinical status", "active", "inactive", "resolved"),
			choice("verification", "how sure it is", "confirmed", "unconfirmed", "presumed", "refuted"),
			choice("kind", "allergy or intolerance", "allergy", "intolerance"),
			choice("category", "kind of agent", "food", "medication", "environment", "biologic"),
			choice("criticality", "how dangerous a further exposure is", "low", "high", "unable-to-assess"),
		), concept("reaction", "what happened; several rows of one id are several reactions"), one(
			choice("severity", "severity of the reaction", "mild", "moderate", "severe"),
			date("reaction_date", "when that reaction began"),
			date("last_occurrence", "when a reaction last happened"),
			date("ended", "when it was found no longer to hold"),
		)),
		build: func(r *row) record.Entry {
			a := &record.Allergy{
				Base: r.base(""), ClinicalStatus: r.choice("status"), Verification: r.choice("verification"),
				Kind: r.choice("kind"), Criticality: r.choice("criticality"), Reactions: r.reactions(),
				LastOccurrence: r.date("last_occurrence"), Ended: r.date("ended"),
			}
			if c := r.choice("category"); c != "" {
				a.Categories = []string{c}
			}
			return a
		},
		merge: func(e record.Entry, r *row) {
			a := e.(*record.Allergy)
			a.Reactions = append(a.Reactions, r.reactions()...)
		},
	}
}

// reactions reads the reaction of a row, coded or worded.
func (r *row) reactions() []record.Reaction {
	out := record.Reaction{Severity: r.choice("severity"), Onset: r.date("reaction_date")}
	out.Manifestations = r.concepts("reaction")
	if out.Manifestations == nil && out.Severity == "" && out.Onset == "" {
		return nil
	}
	return []record.Reaction{out}
}

func problems() layout {
	return layout{
		fields: join(one(
			choice("status", "clinical status", "active", "recurrence", "relapse", "inactive", "remission", "resolved"),
			text("verification", "how sure it is: confirmed, provisional …"),
			choice("significance", "major or minor", "major", "minor"),
		), concept("severity", "severity"), concept("category", "category"), concept("body_site", "body site"),
			one(date("ended", "when it stopped"))),
		build: func(r *row) record.Entry {
			return &record.Problem{
				Base: r.base(""), ClinicalStatus: r.choice("status"), Verification: r.text("verification"),
				Significance: r.choice("significance"), Severity: r.concept("severity"),
				Category: r.concept("category"), BodySite: r.concept("body_site"), Ended: r.date("ended"),
			}
		},
	}
}

func alerts() layout {
	return layout{
		fields: join(one(choice("status", "active or inactive", "active", "inactive")),
			concept("category", "category"), period("when it holds")),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.Alert{
				Base: r.base(p.Start), Status: r.choice("status"), Category: r.concept("category"), Period: p,
			}
		},
	}
}

func medications() layout {
	kinds := []string{
		string(record.MedicationStatement), string(record.RepeatPrescription), string(record.AcutePrescription),
		string(record.Prescription), string(record.Dispense), string(record.Device),
	}
	return layout{
		fields: join(one(
			choice("kind", "kind of statement", kinds...),
			text("status", "the source's word: active, completed, stopped, on-hold …"),
			text("dosage", "the instruction as written; several columns are joined"),
		), concept("route", "route"), concept("form", "form"), one(
			text("quantity", "amount supplied"), text("quantity_unit", "its unit"),
			text("quantity_unit_code", "its unit's UCUM code"),
		), period("when it is taken"), concept("reason", "what it is for"),
			concept("status_reason", "why it was stopped or not taken"),
			one(date("last_issued", "when it was last prescribed or dispensed"))),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.Medication{
				Base: r.base(p.Start), Kind: record.MedicationKind(r.choice("kind")), Status: r.text("status"),
				Dosage: r.text("dosage"), Route: r.concept("route"), Form: r.concept("form"), Quantity: r.quantity(),
				Period: p, Reason: r.concept("reason"), StatusReason: r.concept("status_reason"),
				LastIssued: r.date("last_issued"),
			}
		},
	}
}

func (r *row) quantity() record.Quantity {
	q := record.Quantity{Value: r.text("quantity"), Unit: r.text("quantity_unit"), Code: r.text("quantity_unit_code")}
	if q.Value == "" {
		return record.Quantity{}
	}
	if !decimalShape.MatchString(q.Value) {
		r.lacks(BadValue, "quantity")
		return record.Quantity{}
	}
	return q
}

func vaccinations() layout {
	return layout{
		fields: join(one(choice("status", "done or not", "completed", "not-done")),
			concept("disease", "what it protects against"),
			one(text("dose", "place in the series"), text("batch", "batch number")),
			concept("site", "site"), concept("route", "route"), concept("reason", "why, or why not")),
		build: func(r *row) record.Entry {
			return &record.Vaccination{
				Base: r.base(""), Status: r.choice("status"), Disease: r.concept("disease"), Dose: r.text("dose"),
				Batch: r.text("batch"), Site: r.concept("site"), Route: r.concept("route"), Reason: r.concept("reason"),
			}
		},
	}
}

func procedures() layout {
	return layout{
		fields: join(one(text("status", "the source's word: completed, in-progress …")), period("when it was done"),
			concept("body_site", "body site"), concept("reason", "why"), concept("outcome", "outcome"),
			one(text("location", "where"))),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.Procedure{
				Base: r.base(p.Start), Status: r.text("status"), Performed: p, BodySite: r.concept("body_site"),
				Reason: r.concept("reason"), Outcome: r.concept("outcome"), Location: r.text("location"),
			}
		},
	}
}
