package snippets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// block is one fenced block of a page.
type block struct {
	page     string
	line     int    // of its fence
	language string // the first word behind the fence
	words    []string
	text     string
	// prose is what stands between the block before and this one.
	prose string
	// notRun is why it is not run; "" is run. checkedBy is the file that runs it instead.
	notRun, checkedBy string
	// slow is why only `make docs-run` runs it.
	slow string
}

// at names it as compilers do.
func (b block) at() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

// option is the value of key=value behind the fence.
func (b block) option(key string) string {
	for _, w := range b.words {
		if v, ok := strings.CutPrefix(w, key+"="); ok {
			return v
		}
	}
	return ""
}

// serves: it is run in a terminal of its own, until the page is over.
func (b block) serves() bool { return b.says("serves") || b.option("serves") != "" }

func (b block) says(word string) bool { return slices.Contains(b.words, word) }

// page is a Markdown file.
type page struct {
	name string
	// repository: it is run in a copy of the repository. demo: beside a running demo.
	repository, demo bool
	// checkedBy is the file that runs every block of it.
	checkedBy string
	blocks    []block
	// problems are what a reader could not know what to do with, each with its place.
	problems []string
}

var (
	fence  = regexp.MustCompile("^( *)(```+|~~~+)[ \t]*([^`]*)$")
	marker = regexp.MustCompile(`^ *<!-- *(page|every block|not run|checked by|slow)\b:? *(.*?) *-->$`)
	item   = regexp.MustCompile(`^ *([-*+]|\d+[.)]) `)
)

// parsePage finds the blocks of a page, with what is said of each.
func parsePage(name, text string) page {
	p := page{name: name}
	var open *block
	var ending string
	var prose []string
	next := block{}
	inList := false
	lines := strings.Split(text, "\n")
	indent := 0
	for i, line := range lines {
		if open != nil {
			if strings.TrimSpace(line) == ending {
				open.text = strings.TrimSuffix(open.text, "\n") + "\n"
				p.blocks = append(p.blocks, *open)
				open, prose = nil, nil
				continue
			}
			cut := min(indent, len(line)-len(strings.TrimLeft(line, " ")))
			open.text += line[cut:] + "\n"
			continue
		}
		if m := fence.FindStringSubmatch(line); m != nil {
			words := strings.Fields(m[3])
			next.page, next.line, next.prose = name, i+1, strings.Join(prose, "\n")
			if len(words) > 0 {
				next.language, next.words = words[0], words[1:]
			}
			b := next
			open, ending, next, indent = &b, m[2], block{}, len(m[1])
			continue
		}
		if m := marker.FindStringSubmatch(line); m != nil {
			p.mark(&next, m[1], m[2], i+1)
			continue
		}
		if next.notRun+next.checkedBy+next.slow != "" && strings.TrimSpace(line) != "" {
			p.problems = append(p.problems, fmt.Sprintf("%s:%d: the comment above says something of a block, and none follows", name, i+1))
			next = block{}
		}
		switch {
		case item.MatchString(line):
			inList = true
		case line != "" && line[0] != ' ':
			inList = false
		case strings.HasPrefix(line, "    ") && !inList && i > 0 && lines[i-1] == "" && strings.TrimSpace(line) != "":
			p.problems = append(p.problems, fmt.Sprintf("%s:%d: a block by indentation cannot say what it is: put it between fences", name, i+1))
		}
		prose = append(prose, line)
	}
	if open != nil {
		p.problems = append(p.problems, fmt.Sprintf("%s: this fence is not closed", open.at()))
	}
	return p
}

// mark keeps what a comment says: of the page, or of the block that follows.
func (p *page) mark(next *block, what, text string, line int) {
	complain := func(why string) { p.problems = append(p.problems, fmt.Sprintf("%s:%d: %s", p.name, line, why)) }
	if text == "" {
		complain(what + ": why?")
		return
	}
	switch what {
	case "page":
		for where := range strings.SplitSeq(text, ",") {
			switch strings.TrimSpace(where) {
			case "repository":
				p.repository = true
			case "demo":
				p.demo = true
			default:
				complain("a page is run in a `repository`, beside a `demo`, both (with a comma) or, without such a comment, in an empty directory")
			}
		}
		if len(p.blocks) > 0 {
			complain("this stands above the first block")
		}
	case "every block":
		file, ok := strings.CutPrefix(text, "checked by ")
		if !ok || len(p.blocks) > 0 {
			complain("`every block: checked by FILE` stands above the first block")
		}
		p.checkedBy = file
	case "not run":
		next.notRun = text
	case "checked by":
		next.checkedBy = text
	case "slow":
		next.slow = text
	}
}
