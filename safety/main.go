package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

const usage = `safety makes the clinical safety case (docs/safety.md).

  safety case [--dirty]   judge every control by the last run, and write dist/safety
  safety page             write docs/safety.md from docs/safety/hazards.yaml
`

func main() {
	err := run(".", os.Args[1:], time.Now, os.Stdout)
	switch {
	case errors.Is(err, errUse):
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var errUse = errors.New("wrong use")

func run(root string, args []string, now func() time.Time, out io.Writer) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	switch {
	case len(args) >= 1 && len(args) <= 2 && args[0] == "case":
		dirty := len(args) == 2 && args[1] == "--dirty"
		if len(args) == 2 && !dirty {
			return errUse
		}
		c, err := makeCase(root, dirty, now, out)
		if err != nil {
			return err
		}
		return c.write(root, out)
	case len(args) == 1 && args[0] == "page":
		log, problems := ReadLog(root)
		if len(problems) > 0 {
			return say(out, problems)
		}
		return os.WriteFile(filepath.Join(root, safetyPage), []byte(log.page()), 0o644)
	}
	return errUse
}
