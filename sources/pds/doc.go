// Package pds reads the Personal Demographics Service, the national register of NHS
// numbers, by its published FHIR R4 API.
//
// It owns the questions (one read for each number, because the register has no read of
// many; searches, exact first), the login as an application, the pace that the register
// asks for, and the mapping of its Patient to demographics and GP practice. It does not
// own deadlines, breakers or the wrong-patient guard, which are package sources, nor the
// linking of people, which is package patient. It never writes to the register and keeps
// nothing of what it read but its own access token.
//
// The published protocol puts NHS numbers, names and birth dates into URLs. So no URL
// leaves this package: no error, log line, metric or trace holds one, and the causes of
// other libraries, which quote them, are taken apart first.
//
// See README.md for configuration and for what each element becomes.
package pds
