// Package model holds the types of the graph that no room owns: pages, answers and
// the scalars' wire forms. models_gen.go is generated from the schema; the scalars
// are by hand.
package model
