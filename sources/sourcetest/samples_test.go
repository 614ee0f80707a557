package sourcetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readers says who reads a folder of samples, or why nobody does. A folder that comes new is
// in nobody's list, and the test says so.
var readers = map[string]string{
	"cda":                                "cda, xds, documents",
	"edifact-pathology":                  "",
	"fhir-r4-official/examples":          "fhirr4, mhd and nrl; fhir as XML",
	"fhir-r4-official/graphql-testsuite": "",
	"fhir-r4-uk":                         "fhirr4, pds, mhd and nrl",
	"fhir-stu3":                          "gpconnect, fhirstu3",
	"hl7v2":                              "hl7v2",
	"hostile/fhir-invalid":               "fhirr4",
	"hostile/hl7v2":                      "hl7v2",
	"hostile/json":                       "jsonscan",
	"hostile/strings":                    "",
	"hostile/xml":                        "xmltree",
	"linkage":                            "csvfile, and what links people",
	"openehr/aql":                        "openehr",
	"openehr/composition":                "openehr",
	"openehr/templates":                  "",
	"sql-on-fhir":                        "",
	"synthea":                            "fhirr4, and the demo",
}

// unread says why nobody reads what is there.
var unread = map[string]string{
	"edifact-pathology":                  "no connector reads EDIFACT: laboratories' messages come as HL7 v2 or FHIR, and the FHIR that these mean is read by fhirr4",
	"fhir-r4-official/graphql-testsuite": "questions to a GraphQL server of FHIR's own schema, which no system of a region is asked by",
	"hostile/strings":                    "words without a format of their own",
	"openehr/templates":                  "forms for a repository; a query is answered without them",
	"sql-on-fhir":                        "views over FHIR, which are no system",
}

// TestSamplesAreRead: every folder of samples has a reader, or a reason why it has none.
func TestSamplesAreRead(t *testing.T) {
	dir := shared(t)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("samples: skipped: absent: ../shared/data")
	}
	var nobody []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == dir {
			return err
		}
		at, _ := filepath.Rel(dir, filepath.Dir(path))
		if at = filepath.ToSlash(at); !slices.ContainsFunc(folders(at), func(f string) bool { _, ok := readers[f]; return ok }) && !slices.Contains(nobody, at) {
			nobody = append(nobody, at)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(nobody) > 0 {
		t.Errorf("in nobody's list: %v", nobody)
	}
	for folder, by := range readers {
		if (by == "") != (unread[folder] != "") {
			t.Errorf("%s: read by %q, and not because %q", folder, by, unread[folder])
		}
	}
	var reasons []string
	for folder, why := range unread {
		files, _ := filepath.Glob(filepath.Join(dir, folder, "*"))
		if len(files) > 0 {
			reasons = append(reasons, folder+": "+why)
		}
	}
	slices.Sort(reasons)
	t.Log("samples fhirr5, sqlview, rest, docfolder: skipped: absent: nobody has published any; the mapping of R5 is fhirr4's, the documents of a folder are cda's")
	t.Logf("samples that nobody reads:\n    %s", strings.Join(reasons, "\n    "))
}

// folders are a folder and those it lies in.
func folders(at string) (all []string) {
	for ; at != "."; at = filepath.ToSlash(filepath.Dir(at)) {
		all = append(all, at)
	}
	return all
}
