// Package check probes one source, as somebody who joins a system needs it: what passes
// and what fails, each failure with how it is mended, and a scorecard against the PRSB
// Core Information Standard.
//
// It owns the probing (Run) and the judging, which is pure functions over entries. It
// reads as the server does, through sources.System with its wrong-patient guard.
//
// What it hands out never holds a name, number, birth date, local id or clinical text:
// an entry is named by its section and its place, everything else is counts, shares and
// fixed sentences.
package check
