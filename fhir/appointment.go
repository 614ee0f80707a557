package fhir

// appointment: FHIR R4 Appointment, of the section appointments.
func appointment() *kind {
	return &kind{
		name: "Appointment", uncoded: true, profile: ukCore + "Appointment", date: []string{"start", "requestedPeriod"}, status: "status",
		parts: []part{{
			section: "appointments",
			fields: `status start end service { ...Coded } practitioner { name role organisation { ods name } }
				location reason { ...Coded }`,
			render: renderAppointment,
		}},
	}
}

func renderAppointment(a *about, e node) object {
	o := object{"participant": invited(a, e)}
	// http://hl7.org/fhir/ValueSet/appointmentstatus, required, has no unknown.
	if status := known(e.text("status"), "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in", "waitlist"); status != "" {
		o["status"] = status
	} else {
		o["_status"] = dataAbsent()
	}
	times(o, e)
	return o.set("appointmentType", concept(e.one("code"))).set("serviceType", concepts([]node{e.one("service")})).
		set("reasonCode", concepts([]node{e.one("reason")})).set("created", e.text("recorded")).set("comment", e.text("note"))
}

// times puts in when it is. FHIR wants both ends of it, to the second (R4 §12.8, app-2,
// app-3): what is not known is said to be unknown, and a day without a time of day is a
// period (hazard H-14: no time is made up). The entry's date is not used: for one without a
// start it is when it was booked.
func times(o object, e node) {
	start, end := e.text("start"), e.text("end")
	for name, at := range map[string]string{"start": start, "end": end} {
		if instant(at) != "" {
			o[name] = at
		} else {
			o["_"+name] = dataAbsent()
		}
	}
	if o["start"] == nil && start != "" {
		o["requestedPeriod"] = []object{object{"start": start}.set("end", end)}
	}
}

// invited are the person, the professional and the place. Whether they have accepted is not
// in the record.
func invited(a *about, e node) []object {
	all := []object{{"actor": a.subject(), "_status": dataAbsent()}}
	who := each([]node{e.one("practitioner")}, actor)
	if at := e.text("location"); at != "" {
		who = append(who, object{"display": at})
	}
	for _, actor := range who {
		all = append(all, object{"actor": actor, "_status": dataAbsent()})
	}
	return all
}
