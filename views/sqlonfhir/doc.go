// Package sqlonfhir runs ViewDefinitions of SQL on FHIR v2: what is a tree becomes rows.
//
// Compile reads and judges a definition once; a View may then be run by many callers at
// once, over one resource after the other, and its rows are handed out as they are made.
//
// # What is supported
//
// Of a definition: resource, constant (every value[x] of a primitive), where, select with
// column (type, collection), nested select, unionAll, forEach, forEachOrNull and repeat,
// and %rowIndex. Further elements (name, title, status, ...) are let be.
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
// A name that no resource has is therefore empty, not an error.
//
// Decimals stay as they were written; arithmetic is exact, and division is rounded to
// eight places. getReferenceKey gives Type/id of a relative reference and the whole of an
// absolute one, which hence never equals the key of a resource with the same id elsewhere.
package sqlonfhir
