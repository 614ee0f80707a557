package snippets

import (
	"fmt"
	"path/filepath"
	"strings"
)

// step is one thing that a reader does.
type step struct {
	block block
	// script is run by bash; serves: in a terminal of its own, until the page is over.
	script string
	serves bool
	// ready is a file that is there when the server is, beside its answers.
	ready string
	// mayFail: what is shown of its output judges it, and not its exit code.
	mayFail bool
	// want is what the page shows of its output, and wantAt where; compared: it shows any.
	want, wantAt string
	compared     bool
	// file is written with text instead of a script, or appended to.
	file, text string
	append     bool
}

// stepsOf is what a reader of the page does, in order. Blocks that others run, and those
// that say why they are not, are left out.
func stepsOf(p page, all bool) (steps []step, problems []string) {
	complain := func(b block, why string) { problems = append(problems, b.at()+": "+why) }
	for i, b := range p.blocks {
		if b.notRun != "" || b.checkedBy+p.checkedBy != "" || b.slow != "" && !all {
			continue
		}
		file, appended := b.option("file"), b.option("append")
		switch {
		case file != "" || appended != "":
			s := step{block: b, file: file + appended, text: b.text, append: appended != ""}
			if !strings.Contains(b.prose, s.file) {
				complain(b, fmt.Sprintf("no reader sees that this is %s: name it in the text above", s.file))
			}
			if !filepath.IsLocal(s.file) {
				complain(b, s.file+" is outside of the page's directory")
			}
			if !p.repository && !usedLater(p.blocks[i+1:], s.file) {
				complain(b, fmt.Sprintf("%s is written and no command after it uses it", s.file))
			}
			steps = append(steps, s)
		case b.language == "sh":
			steps = append(steps, step{block: b, script: b.text, serves: b.serves(), ready: b.option("serves")})
		case b.language == "console":
			some, why := consoleSteps(b)
			if why != "" {
				complain(b, why)
			}
			steps = append(steps, some...)
		case b.language == "text" && b.says("output"):
			if len(steps) == 0 || steps[len(steps)-1].compared || steps[len(steps)-1].script == "" || i == 0 || steps[len(steps)-1].block.line != p.blocks[i-1].line {
				if i > 0 && p.blocks[i-1].slow != "" && !all {
					continue
				}
				complain(b, "this is the output of no command: it stands below a block `sh`")
				continue
			}
			last := &steps[len(steps)-1]
			last.want, last.wantAt, last.compared = b.text, b.at(), true
		case b.language == "text":
			for line := range strings.SplitSeq(b.text, "\n") {
				if command.MatchString(line) {
					complain(b, fmt.Sprintf("%q is something to type: make the block `sh` or `console`", strings.TrimSpace(line)))
					break
				}
			}
		case checked[b.language] != nil:
		case b.language == "":
			complain(b, "what is it? Name its language behind the fence: sh, console, yaml, json, graphql, text …")
		default:
			complain(b, fmt.Sprintf("nothing runs %s: give it a file=PATH, or a comment above: `<!-- not run: why -->`, `<!-- checked by FILE -->`", b.language))
		}
	}
	return steps, problems
}

func usedLater(blocks []block, file string) bool {
	for _, b := range blocks {
		if (b.language == "sh" || b.language == "console") && strings.Contains(b.text, filepath.Base(file)) {
			return true
		}
	}
	return false
}

// consoleSteps are the commands of a block that shows them with their output: "$ command",
// and below what it prints.
func consoleSteps(b block) (steps []step, problem string) {
	at := b.line
	continued := false
	for line := range strings.Lines(b.text) {
		at++
		switch {
		case continued:
			steps[len(steps)-1].script += line
		case strings.HasPrefix(line, "$ "):
			steps = append(steps, step{block: b, script: line[2:], wantAt: fmt.Sprintf("%s:%d", b.page, at)})
		case len(steps) == 0:
			return nil, "a console begins with a command: $ …"
		default:
			s := &steps[len(steps)-1]
			s.want, s.compared, s.mayFail = s.want+line, true, true
			continue
		}
		continued = strings.HasSuffix(strings.TrimSpace(line), `\`)
	}
	return steps, ""
}
