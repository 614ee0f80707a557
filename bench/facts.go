package main

import (
	"bufio"
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// facts are what a reader must know of how the figures came about.
type facts struct {
	when                        time.Time
	commit, cpu, system, binary string
	pinned                      bool
	rounds                      int
	seconds                     float64
	load                        string
	// asking is how the program asks, where that is not search by search.
	asking string
}

func factsOf(b *bench) facts {
	f := facts{when: time.Now(), commit: "unknown", cpu: "an unknown CPU", pinned: b.pinned, rounds: b.rounds, seconds: b.seconds}
	if b.batch {
		f.asking = " · **the program asks each source in batch Bundles**"
	}
	if out, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output(); err == nil {
		f.commit = strings.TrimSpace(string(out))
	}
	if out, err := exec.Command("uname", "-sr").Output(); err == nil {
		f.system = strings.TrimSpace(string(out))
	}
	if info, err := buildinfo.ReadFile(b.binary); err == nil {
		f.binary = "built with " + info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "-pgo" {
				f.binary += ", with a profile (PGO)"
			}
		}
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		f.load = strings.Fields(string(text))[0]
	}
	f.cpu = cpuModel(f.cpu)
	return f
}

func cpuModel(unknown string) string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return unknown
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, ok := strings.CutPrefix(lines.Text(), "model name"); ok {
			return strings.TrimLeft(name, " \t:")
		}
	}
	return unknown
}

func (f facts) text() string {
	where := "server on core 0, sources and load generator on core 1"
	if !f.pinned {
		where = "processes could **not** be pinned to cores here"
	}
	return fmt.Sprintf("Commit %s, %s · %s, %d cores, %s · %s · %d rounds of %.1f s each · load average at the end %s%s\n",
		f.commit, f.binary, f.cpu, runtime.NumCPU(), f.system, where, f.rounds, f.seconds, f.load, f.asking)
}
