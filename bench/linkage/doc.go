// Package linkage measures how people of a region are told apart: a generated region that
// is as hostile as registers are, linked by the real index and judged against the truth.
// It has tests only (`make linkage`).
package linkage
