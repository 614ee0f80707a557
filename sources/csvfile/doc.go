// Package csvfile reads a care record out of extracts: CSV or XLSX files in a
// folder, or in a folder served over HTTP, as systems without an interface write
// them once a night.
//
// It owns where the files are, how their bytes become rows, and how old they are;
// package columns turns rows into entries. It keeps nothing: a file is read from its
// beginning for each Fetch, once for all people and sections, and only rows of the
// people asked for are held.
//
// An extract is as old as it is: its time is shown (Result.AsOf), and one that is
// older than stale_after says so (hazard H-03). A file that is cut off, ragged or
// lacks a column is no answer, never a shorter one (hazard H-02).
package csvfile
