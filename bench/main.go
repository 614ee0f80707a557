// Bench measures Patchwork side by side with the least that a server could do (package
// floor) over the same sources (package mock), and prints one table.
//
//	go run ./bench            the full measurement, about five minutes; kept in bench/results
//	go run ./bench -quick     one round, under a minute; printed only
//	go run ./bench -costs     what durable audit and many policies cost, instead
//	go run ./bench -list6     how long a page of a list across six sources takes, instead
//	go run ./bench -search6   how long a search across six sources takes, instead
//	go run ./bench -profile FILE   a CPU profile of Patchwork under this load instead
//
// It owns the method and the figures. It imports nothing of Patchwork: it talks to the
// built program over HTTP as anybody would. The definitions and their reasons are in
// bench/README.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/patchworkcare/patchwork/bench/floor"
	"github.com/patchworkcare/patchwork/bench/mock"
	"github.com/patchworkcare/patchwork/bench/peers"
	"github.com/patchworkcare/patchwork/bench/peers/subgraph"
)

// settings are the flags.
type settings struct {
	binary, works, peers, profile, results        string
	rounds, people                                int
	seconds                                       float64
	quick, costs, search6, list6, overload, batch bool
}

// admission has the server refuse nobody: what is measured is the work, but where it is how much
// work is too much.
func (s *settings) admission() []string {
	if s.overload {
		return nil
	}
	return []string{"load: {always: 10000}"}
}

// sourceCount is how many FHIR servers there are; as in the peers' measurement.
const sourceCount = 4

// leastPeople is enough for 64 worklists at once, each of other people.
const leastPeople = 3200

func main() {
	runtime.LockOSThread() // children end with the thread that started them
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 { // ourselves, started again as one of the processes
		switch args[0] {
		case "serve-sources":
			people, err := strconv.Atoi(args[1])
			if err != nil {
				return err
			}
			sources := sourceCount
			if len(args) > 2 {
				if sources, err = strconv.Atoi(args[2]); err != nil {
					return err
				}
			}
			return mock.Serve(sources, people, os.Stdin, os.Stdout)
		case "serve-subgraphs":
			return subgraph.Serve(args[1], os.Stdin, os.Stdout)
		case "serve-floor":
			return floor.Serve(os.Stdin, os.Stdout)
		}
	}
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, s.most())
	defer cancel()
	if s.search6 {
		return measureSearch(ctx, s)
	}
	if s.list6 {
		return measureList(ctx, s)
	}
	b, err := open(ctx, s)
	if err != nil {
		return err
	}
	defer b.close()
	if s.profile != "" {
		return b.takeProfile(ctx)
	}
	if s.overload {
		return b.measureOverload(ctx)
	}
	if s.costs {
		return b.measureCosts(ctx)
	}
	table, err := b.measure(ctx)
	if err != nil {
		return err
	}
	return b.report(table)
}

func parse(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.StringVar(&s.binary, "binary", "bin/patchwork", "the program to measure")
	f.StringVar(&s.works, "works", "q1,q1slim,q2,q2slim,q3", "what to ask: q1, q1slim, q1new, q2, q2slim, q3")
	f.StringVar(&s.peers, "peers", "all", "other servers to compare with, or none")
	f.StringVar(&s.profile, "profile", "", "write a CPU profile of the program to `FILE` instead of measuring")
	f.StringVar(&s.results, "results", "bench/results", "where a full measurement is kept")
	f.IntVar(&s.rounds, "rounds", 5, "how often each is measured")
	f.Float64Var(&s.seconds, "seconds", 2.5, "how long each measurement takes")
	f.IntVar(&s.people, "people", leastPeople, "people in each population")
	f.BoolVar(&s.costs, "costs", false, "measure what durable audit and many policies cost, against the same program without")
	f.BoolVar(&s.overload, "overload", false, "ask for twice and five times what it can do, with sources that take 50 ms")
	f.BoolVar(&s.search6, "search6", false, "measure a search across six sources that take 50 ms each")
	f.BoolVar(&s.list6, "list6", false, "measure a page of a list across six sources that take 50 ms each")
	f.BoolVar(&s.batch, "batch", false, "have the program ask each source in batch Bundles; the floor goes on asking one by one")
	f.BoolVar(&s.quick, "quick", false, "one short round, not kept")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if s.costs { // many short rounds: they meet the same of a machine that wanders
		s.works, s.rounds, s.seconds = "q1", 3*s.rounds, s.seconds/3
	}
	if s.quick {
		s.rounds, s.seconds = 1, min(s.seconds, 1)
	}
	if f.NArg() > 0 || s.rounds < 1 || s.seconds <= 0 || s.people < leastPeople || s.people > 200_000 {
		return s, fmt.Errorf("rounds and seconds must be positive, people from %d to 200000, and nothing else given", leastPeople)
	}
	return s, nil
}

// most is how long everything may take.
func (s settings) most() time.Duration {
	const phases = 5 // of a server in a round, with what lies between them
	servers := 3
	if chosen, err := peers.Named(s.peers); err == nil {
		servers += len(chosen)
	}
	asked := servers * (1 + strings.Count(s.works, ","))
	if s.costs {
		asked = len(rivalNames())
	}
	all := time.Duration(float64((s.rounds+1)*asked*phases) * s.seconds * float64(time.Second))
	return time.Duration(asked)*time.Minute + 2*all // others may be at work on the machine
}
