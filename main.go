// Patchwork is a shared care record: it asks the systems that hold a person's records,
// live, and shows one person across all of them. It keeps no copy.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes: 0 well, 1 it failed, 2 wrong use or configuration.
const (
	exitFailed = 1
	exitUsage  = 2
)

type commands struct {
	Init     initCommand     `cmd:"" help:"Write the directory of a new region: configuration, policies, keys, the first administrator."`
	Serve    serveCommand    `cmd:"" help:"Serve a region."`
	Reload   reloadCommand   `cmd:"" help:"Have the server that runs here read its configuration again."`
	Demo     demoCommand     `cmd:"" help:"Start a synthetic region on loopback and serve it."`
	Config   configCommand   `cmd:"" help:"Look at a configuration."`
	Doctor   doctorCommand   `cmd:"" help:"Go through the whole installation: what is well, what is not, and how it is mended."`
	Health   healthCommand   `cmd:"" help:"Ask a running server whether it is well."`
	Version  versionCommand  `cmd:"" help:"Say which program this is."`
	Source   sourceCommand   `cmd:"" help:"Look at sources."`
	Login    loginCommand    `cmd:"" help:"Look at the organisations' sign-ins."`
	Launcher launcherCommand `cmd:"" help:"Look at the EPRs that open the viewer."`
	User     userCommand     `cmd:"" help:"Manage local accounts."`
	Client   clientCommand   `cmd:"" help:"Keep the registry of SMART apps, services and electronic patient records."`
	Key      keyCommand      `cmd:"" help:"Look after the keys that sign and seal."`
	Linkage  linkageCommand  `cmd:"" help:"Estimate and measure the weights by which records of one person are found."`
	Policy   policyCommand   `cmd:"" help:"Test, explain, compare, import and export policies."`
	View     viewCommand     `cmd:"" help:"Keep custom views that stand in files."`
	Feed     feedCommand     `cmd:"" help:"Look after messages that feeds could not use."`
	Audit    auditCommand    `cmd:"" help:"Verify, prove and export the ledger of who saw what."`
	Backup   backupCommand   `cmd:"" help:"Copy the database while servers write to it."`
	Restore  restoreCommand  `cmd:"" help:"Make the database of a backup again, and end what it must not bring back."`
}

// terminal is where a command writes and how it is told to stop.
type terminal struct {
	ctx context.Context
	out io.Writer
	log *slog.Logger
}

func main() {
	tune() // the whole process, which is a server only here
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program; it returns the exit code.
func run(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("patchwork"), kong.Vars{"roles": roleList()}, kong.Description("A shared care record."),
		kong.Writers(out, errs), kong.Exit(func(code int) { exit = code }))
	if err != nil {
		fmt.Fprintln(errs, "patchwork:", err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	switch {
	case exit >= 0:
		return exit // --help
	case err != nil:
		fmt.Fprintln(errs, "patchwork:", err)
		return exitUsage
	}
	t := &terminal{ctx: ctx, out: out, log: slog.New(slog.NewJSONHandler(errs, nil))}
	if err := command.Run(t); err != nil {
		var status exitStatus
		if errors.As(err, &status) {
			return int(status) // all has been said
		}
		fmt.Fprintln(errs, "patchwork:", err)
		var config *ConfigError
		var usage usageError
		if errors.As(err, &config) || errors.As(err, &usage) {
			return exitUsage
		}
		return exitFailed
	}
	return 0
}

// usageError is a wrong use of the command line.
type usageError string

// Error is the sentence.
func (e usageError) Error() string { return string(e) }

// memoryEach is the bound of memory for each processor: more of them work on more at once.
const memoryEach = 160 << 20

// tune sets the collector for a server of short bursts: garbage is let grow further
// between collections than by default, within a bound, unless the operator says.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryEach * int64(max(2, runtime.GOMAXPROCS(0))))
	}
}
