// Package sourcetest is the conformance suite that every connector must pass.
//
// A connector's test says how to start the real system on the other side (an HTTP
// server, a database, a folder of files: never a mock of our own code), whom that
// system knows, and how to make it misbehave; Run does the rest:
//
//	func TestConformance(t *testing.T) {
//		sourcetest.Run(t, sourcetest.Case{
//			Start: func(t *testing.T) sourcetest.World {
//				server := startServer(t) // normal data; stops itself by t.Cleanup
//				return sourcetest.World{
//					Connector: &Config{URL: server.URL},
//					Behave: func(b sourcetest.Behaviour) (bool, string) {
//						switch b {
//						case sourcetest.Normal:
//							server.heal()
//						case sourcetest.Down:
//							server.refuseConnections()
//						…
//						default:
//							return false, "a file has no users" // shown as not applicable
//						}
//						return true, ""
//					},
//				}
//			},
//			Known:   []string{"p1", "p2"},
//			Unknown: "p999",
//			Secrets: []string{"9990000018", "Ashworth", "1956-03-12"},
//			Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
//				… // serve input as the system's answer, Fetch, return the Result
//			},
//		})
//	}
//
// The suite runs its parts one after another and counts goroutines: do not call
// t.Parallel in or beside it. Golden cases are files testdata/cases/<section>-<what>.txt
// (section by its configuration name, for example allergies-degraded.txt) that hold
// the system's raw data, a line of ten hyphens, and the entries as a nurse can read
// them; `go test -run Conformance -update` writes the second half.
// Golden cases of rosters are testdata/rosters/<ward|clinic|caseload>-<what>.txt.
package sourcetest
