package fhirr4

import "github.com/patchworkcare/patchwork/record"

// deviceUse maps DeviceUseStatement. R4 §12.14; PRSB CIS: medical devices.
func (r *reader) deviceUse() {
	m := r.slabs.medications.new()
	m.Kind = record.Device
	var device, source link
	var at record.Date
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			m.Status = r.string()
		case "timingPeriod":
			m.Period = r.period()
		case "timingDateTime":
			at = r.date()
		case "recordedOn":
			m.Recorded = r.date()
		case "source":
			source = r.link()
		case "device":
			device = r.link()
		case "reasonCode":
			m.Reason = r.firstConcept()
		default:
			r.common(&m.Base)
		}
	}
	if m.Status == enteredInError {
		return
	}
	m.Date = or(at, m.Period.Start, m.Recorded)
	r.coded(&m.Code, device)
	r.mustName(m)
	r.actor(&m.Author, source)
	r.emit(record.Medications, m)
}

// device maps Device that names a patient: an implant, for example.
func (r *reader) device() {
	m := r.slabs.medications.new()
	m.Kind = record.Device
	var name string
	var owner link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			m.Status = r.string()
		case "type":
			m.Code = r.concept()
		case "deviceName":
			name = r.deviceName()
		case "owner":
			owner = r.link()
		default:
			r.common(&m.Base)
		}
	}
	if m.Status == enteredInError {
		return
	}
	if m.Code.IsZero() {
		m.Code.Text = name
	}
	r.organisation(&m.Provenance.Organisation, owner)
	r.emit(record.Medications, m)
}
