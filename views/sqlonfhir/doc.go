// Package sqlonfhir runs ViewDefinitions of SQL on FHIR v2: what is a tree becomes rows.
//
// Compile reads and judges a definition once; a View may then be run by many callers at
// once, over one resource after the other, and its rows are handed out as they are made.
//
// # What is supported
//
// Of a definition: resource, constant (every value[x] of a primitive), where, select with
// column (type, collection), nested select, unionAll, forEach, forEachOrNull and repeat,
// and %rowIndex. What else the official ViewDefinition has (name, title, status, ...) is let
// be; what it has not is refused with its path and a near name, because a misspelt where
// would give more rows. So are an element that is there twice, and modifierExtension.
//
// Of FHIRPath: paths, choice elements (value for valueString), indexers, literals ($this,
// strings, numbers, booleans, dates, {}), %context, %resource, %rowIndex and constants,
// the operators + - * / div mod & | = != ~ !~ < > <= >= in contains is as and or xor
// implies, and the functions in the table of functions.go. Anything else is refused when
// the definition is compiled.
//
// # What is decided here
//
// There is no model of FHIR behind the paths. An element knows its type where its name
// says it (valueQuantity); elsewhere ofType judges by the shape of the JSON. Two strings
// are compared in time where one is known to be a date or both are written as full ones.
// A name that no resource has is therefore empty, not an error. Nor need a resource be one of
// FHIR: any tree of JSON runs whose resourceType is what the definition calls resource; lists
// in lists are one list. Choice elements are found there too: born finds bornDate where there
// is no born.
//
// Times are compared as far as both say them (FHIRPath §6.2): 10:00Z is before 10:01:00Z, and
// whether it is before 10:00:30Z is not known, which is empty and makes no condition hold. What
// is no day of the calendar (31 February) is refused in a definition; in a resource it is given
// as it is written, compares with nothing and has no boundary.
//
// Decimals stay as they were written; arithmetic is exact, and division is rounded to
// eight places. getReferenceKey gives Type/id of a relative reference, and nothing of one that
// is absolute, contained, conditional or a urn: Patient/1 of another server is not the
// Patient/1 here, and no row of the view has its key. Its address is in reference.
//
// One resource has at most 50,000 rows and takes at most 10,000,000 steps, which is a few
// seconds; what needs more is an error, never fewer rows.
package sqlonfhir
