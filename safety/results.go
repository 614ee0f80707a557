package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Part is one part of the last run of the tests, as scripts/recorded.sh keeps it.
type Part struct {
	Name   string    `json:"part"`
	Commit string    `json:"commit"`
	Dirty  bool      `json:"dirty"`
	Began  time.Time `json:"began"`
	// Ended is the zero time if the part broke off.
	Ended time.Time `json:"ended"`
	// Changed says that the tree was another one at the end.
	Changed bool `json:"changed"`
	Exit    int  `json:"exit"`

	Passed, Skipped, Failed int `json:"-"`
}

// Result is how a test ended.
type Result int

// How a test ended; NotRun is none of the last run's.
const (
	NotRun Result = iota
	Skipped
	Passed
	Failed
)

func (r Result) String() string {
	return [...]string{"was not run", "was skipped", "passed", "failed"}[r]
}

// Results are those of the last run: .results.
type Results struct {
	Parts []*Part
	// goTests are by folder and name; a test that was run in two ways has both.
	goTests map[string][]Result
	web     map[string][]webTest
}

type webTest struct {
	titles []string
	result Result
}

const modulePath = "github.com/patchworkcare/patchwork"

// parts of a run, and what their runners write.
var parts = []string{"go", "go-exhaustive", "web", "e2e"}

// ReadResults reads what the runners wrote below root.
func ReadResults(root string) (*Results, error) {
	r := &Results{goTests: map[string][]Result{}, web: map[string][]webTest{}}
	for _, name := range parts {
		p := &Part{Name: name}
		b, err := os.ReadFile(filepath.Join(root, ".results", name+".run.json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = json.Unmarshal(b, p)
		}
		if err != nil {
			return nil, fmt.Errorf("%s.run.json of .results: %w", name, err)
		}
		r.Parts = append(r.Parts, p)
		files, _ := filepath.Glob(filepath.Join(root, ".results", name+".[0-9]*.json*"))
		for _, file := range files {
			read := r.readWeb
			if strings.HasPrefix(name, "go") {
				read = r.readGo
			}
			if err := read(p, root, file); err != nil {
				return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
			}
		}
	}
	return r, nil
}

// readGo reads the events of `go test -json`.
func (r *Results) readGo(p *Part, _, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	running := map[string]bool{}
	lines := bufio.NewReader(f)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 {
			break
		}
		var e struct{ Action, Package, Test string }
		if json.Unmarshal(line, &e) != nil {
			continue // the end of a run that was killed
		}
		key := goKey(strings.TrimPrefix(strings.TrimPrefix(e.Package, modulePath), "/"), e.Test)
		switch e.Action {
		case "run":
			running[key] = true
		case "pass", "fail", "skip":
			if e.Test != "" {
				delete(running, key)
				r.add(p, key, map[string]Result{"pass": Passed, "fail": Failed, "skip": Skipped}[e.Action])
			}
		}
		if err != nil {
			break
		}
	}
	for key := range running { // it was under way when its program ended
		r.add(p, key, Failed)
	}
	return nil
}

func (r *Results) add(p *Part, key string, result Result) {
	r.goTests[key] = append(r.goTests[key], result)
	p.count(result)
}

func (p *Part) count(result Result) {
	switch result {
	case Passed:
		p.Passed++
	case Skipped:
		p.Skipped++
	default:
		p.Failed++
	}
}

// readWeb reads vitest's report.
func (r *Results) readWeb(p *Part, root, file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var report struct {
		TestResults []struct {
			Name             string
			AssertionResults []struct {
				AncestorTitles []string
				Title, Status  string
			}
		}
	}
	if err := json.Unmarshal(b, &report); err != nil {
		return err
	}
	for _, f := range report.TestResults {
		path, err := filepath.Rel(root, f.Name)
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
		for _, a := range f.AssertionResults {
			result := Failed
			switch a.Status {
			case "passed":
				result = Passed
			case "skipped", "pending", "todo", "disabled":
				result = Skipped
			}
			r.web[path] = append(r.web[path], webTest{append(slices.Clone(a.AncestorTitles), a.Title), result})
			p.count(result)
		}
	}
	return nil
}

// Of is how the test of a reference ended, and how many of its parts were skipped though it
// passed. One failure is a failure, whatever else passed.
func (r *Results) Of(ref Reference) (Result, int) {
	if ref.File == "" {
		own := r.goTests[goKey(ref.Package, ref.Test)]
		skipped := 0
		for key, results := range r.goTests {
			if strings.HasPrefix(key, goKey(ref.Package, ref.Test)+"/") && worst(results) == Skipped {
				skipped++
			}
		}
		return worst(own), skipped
	}
	var all []Result
	skipped := 0
	for _, t := range r.web[ref.File] {
		if len(t.titles) < len(ref.Titles) {
			continue
		}
		if slices.EqualFunc(ref.Titles, t.titles[:len(ref.Titles)], fits) {
			all = append(all, t.result)
			if t.result == Skipped {
				skipped++
			}
		}
	}
	if worst(all) != Passed {
		skipped = 0
	}
	return worst(all), skipped
}

// worst of several results of one test: what failed once failed, what passed once was not
// only skipped.
func worst(all []Result) Result {
	result := NotRun
	for _, r := range all {
		result = max(result, r)
	}
	return result
}

func goKey(folder, test string) string { return folder + "." + test }
