package columns

import "github.com/patchworkcare/patchwork/record"

func appointments() layout {
	return layout{
		fields: join(one(text("status", "booked, pending, arrived, cancelled …")), timed(),
			concept("service", "specialty or service"), actor("practitioner", "whom they will see"),
			one(text("location", "where")), concept("reason", "why")),
		build: func(r *row) record.Entry {
			p := r.timed()
			return &record.Appointment{
				Base: r.base(p.Start), Status: r.text("status"), Start: p.Start, End: p.End,
				Service: r.concept("service"), Practitioner: r.actor("practitioner"),
				Location: r.text("location"), Reason: r.concept("reason"),
			}
		},
	}
}

func timed() []Field {
	return join(period("time"), one(Field{
		Name: "duration_minutes", Kind: Number, Means: "minutes, where there is no end; needs a start with its time",
	}))
}

func contacts() layout {
	return layout{
		fields: join(one(text("status", "the source's word: finished, cancelled …"),
			text("class", "ambulatory, emergency, home, virtual …: its code"),
			text("class_system", "its code system"), text("class_text", "its words"),
		), timed(), concept("reason", "why"), concept("service", "specialty or service"),
			actor("practitioner", "whom they saw"), one(text("location", "where"))),
		build: func(r *row) record.Entry {
			p := r.timed()
			c := &record.Contact{
				Base: r.base(p.Start), Status: r.text("status"), Period: p, Reason: r.concept("reason"),
				Class:   record.Coding{Code: r.text("class"), System: r.text("class_system"), Display: r.text("class_text")},
				Service: r.concept("service"), Practitioner: r.actor("practitioner"), Location: r.text("location"),
			}
			if c.Class.Code == "" {
				c.Class.System = ""
			}
			return c
		},
	}
}

func admissions() layout {
	return layout{
		fields: join(one(text("status", "the source's word: in-progress, finished …")), period("the stay"),
			concept("source", "where the person came from"), concept("reason", "why"),
			one(text("ward", "ward")), concept("specialty", "treatment function"), actor("consultant", "consultant")),
		build: func(r *row) record.Entry {
			p := r.period()
			return &record.Admission{
				Base: r.base(p.Start), Status: r.text("status"), Period: p, Source: r.concept("source"),
				Reason: r.concept("reason"), Ward: r.text("ward"), Specialty: r.concept("specialty"),
				Consultant: r.actor("consultant"),
			}
		},
	}
}

func discharges() layout {
	return layout{
		fields: join(one(date("admitted", "when the stay began")), concept("destination", "where the person went"),
			concept("diagnosis", "a diagnosis of the stay; several rows of one id are several diagnoses"),
			one(text("ward", "ward")), concept("specialty", "treatment function"), actor("consultant", "consultant")),
		build: func(r *row) record.Entry {
			return &record.Discharge{
				Base: r.base(""), Admitted: r.date("admitted"), Destination: r.concept("destination"),
				Diagnoses: r.concepts("diagnosis"), Ward: r.text("ward"), Specialty: r.concept("specialty"),
				Consultant: r.actor("consultant"),
			}
		},
		merge: func(e record.Entry, r *row) {
			d := e.(*record.Discharge)
			d.Diagnoses = append(d.Diagnoses, r.concepts("diagnosis")...)
		},
	}
}

func documents() layout {
	return layout{
		fields: join(one(text("status", "the source's word: current, superseded …"), text("title", "title")),
			concept("category", "category"), one(
				text("content_type", "media type, for example application/pdf"),
				Field{Name: "size", Kind: Number, Means: "size in bytes"},
				text("custodian_ods", "ODS code of who keeps it"), text("custodian_name", "name of who keeps it"),
			), concept("service", "service"), one(text("reference", "where it can be opened; never shown"))),
		build: func(r *row) record.Entry {
			return &record.Document{
				Base: r.base(""), Status: r.text("status"), Title: r.text("title"), Category: r.concept("category"),
				ContentType: r.text("content_type"), Size: r.number("size"),
				Custodian: record.Organisation{ODS: r.text("custodian_ods"), Name: r.text("custodian_name")},
				Service:   r.concept("service"), Reference: r.text("reference"),
			}
		},
	}
}
