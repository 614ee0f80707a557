// Package cda reads HL7 CDA R2 documents, C-CDA among them: whom a document is about,
// who wrote it when, and the coded entries of its sections as entries of the record.
//
// It owns what CDA means: nullFlavor, negationInd, moods, references into the narrative.
// A part of a document that is not understood, or stands there in words only, is a named
// gap and never silence; what is said not to be so is never an entry. It knows nothing
// of where documents come from, nor of showing them, which is package documents.
//
// See README.md for what each section becomes.
package cda
