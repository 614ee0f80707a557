package main

import (
	"bytes"
	_ "embed"
	"html/template"
	"os"
	"path/filepath"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

//go:embed page.html
var pageTemplate string

//go:embed page.css
var pageStyle string

var (
	pages = template.Must(template.New("page").Parse(pageTemplate))
	// Raw HTML in a document stays text: nothing in it may run.
	markdown = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

	riskCell   = regexp.MustCompile(`<td>risk ([1-5])</td>`)
	matrixCell = regexp.MustCompile(`<td>\[([1-5])\]([^<]*)</td>`)
	verdicts   = regexp.MustCompile(`<td>(passed|failed|was skipped|was not run)</td>`)
)

// pageData is what page.html shows.
type pageData struct {
	Title, Commit, Made string
	Dirty               bool
	Style               template.CSS
	Body                template.HTML
}

// page is a document as one page that loads nothing and prints well.
func (c *Case) page(title, text string) ([]byte, error) {
	var body bytes.Buffer
	if err := markdown.Convert([]byte(text), &body); err != nil {
		return nil, err
	}
	html := riskCell.ReplaceAllString(body.String(), `<td class="risk risk-$1">$1</td>`)
	html = matrixCell.ReplaceAllString(html, `<td class="risk risk-$1"><strong>$1</strong><br>$2</td>`)
	html = verdicts.ReplaceAllString(html, `<td class="verdict">$1</td>`)
	var page bytes.Buffer
	err := pages.Execute(&page, pageData{
		Title: title, Commit: short(c.Tree.Commit), Made: c.Made.UTC().Format("2 January 2006 15:04 UTC"), Dirty: c.Tree.Dirty,
		Style: template.CSS(pageStyle), Body: template.HTML(html), //nolint:gosec // goldmark has escaped what the documents hold
	})
	return page.Bytes(), err
}

// writeIndex is the pack's first page.
func (c *Case) writeIndex(dir string, documents []document) error {
	var b bytes.Buffer
	b.WriteString("# Patchwork: safety and assurance\n\n| document | |\n|---|---|\n")
	for _, d := range documents {
		b.WriteString("| [" + d.title + "](" + d.name + ".html) | " + d.about + " |\n")
	}
	b.WriteString("| [hazard-log.csv](hazard-log.csv) | the hazard log for a spreadsheet |\n")
	b.WriteString("| [sbom-server.cdx.json](sbom-server.cdx.json), [sbom-viewer.cdx.json](sbom-viewer.cdx.json) | what is built into the server and the viewer (CycloneDX) |\n")
	b.WriteString("\nEach page stands beside its Markdown. Everything here is made by `make safety-case` out of the repository and the last run of its tests.\n")
	page, err := c.page("Safety and assurance", b.String())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), page, 0o644)
}
