// Package stages keeps in which stage of its life each system of the region is (shadow,
// clinical safety testing, live), holds every server of one database to it within a second,
// and tries systems out that are not live: it asks them as they would be asked, and keeps
// nothing of their answers but numbers.
//
// It owns the tables source_stage and source_score and the audit of every change. It does not
// decide who may change a stage or what a stage shows (policy does both).
package stages
