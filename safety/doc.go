// Safety makes the clinical safety case out of the hazard log and the last run of the tests.
//
// It owns the reading of docs/safety, the judging of each control by its tests, and the
// documents of dist/safety. It runs no test and knows nothing of the server: what holds is
// what the runners wrote into .results (scripts/recorded.sh).
package main
