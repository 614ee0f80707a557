// Package epr is a hospital's electronic patient record, for the demo and the tests of
// launching: one plain page with a clinician signed in and a patient on screen, and a
// button for every way of opening the shared record on that patient.
//
//   - Its back end mints a launch, server to server, and opens the address it is given.
//   - It posts a launch signed with its own key.
//   - It posts an NHS number and a birth date, as old systems do.
//   - It is a SMART App Launch 2.2 server itself, and opens the record as its app.
//
// It can be told to misbehave, and counts what it is asked (README.md). It speaks wire
// formats only, and every rule of a standard that it holds its apps to is written here
// anew, so that it cannot share the server's bugs.
package epr
