package main

import (
	"fmt"
	"os"
	"time"
)

const usage = `supply GOSEC GOVULNCHECK GITLEAKS: each a tool with its version, as the Makefile has them
supply notices: the licences of everything of others in a release, on standard output`

func main() {
	if len(os.Args) == 2 && os.Args[1] == "notices" {
		if err := Notices(".", os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	if err := pass(gates(".", Tools{os.Args[1], os.Args[2], os.Args[3]}), time.Now, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
