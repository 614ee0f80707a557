// Package fhirversion writes FHIR STU3 and R5 as R4, so that the clinical mapping of
// package fhirr4 serves all three.
//
// It owns one table for each version (stu3.go, r5.go): what an element was called, and
// what shape it had. It does not own what an element means to a reader, the questions
// that are put to a server, or anything of one country's profiles beyond the names of
// their extensions. What a table does not name stays as it is: it means the same in R4,
// or the mapping does not read it. What is not of the shape that the table expects stays
// as it is too, so that the mapping finds and names it; nothing is guessed.
//
// The texts, codes and digits of a resource pass through unaltered (hazard H-10).
package fhirversion
