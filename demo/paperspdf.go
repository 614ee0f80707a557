package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// pdf is the document as a PDF of two pages in a font that every reader has.
func (p paper) pdf() []byte {
	second := []string{p.from, "", p.title, "Page 2 of 2", "", "Copies to: the patient; the practice.", "", "This document is invented. Nobody in it exists."}
	contents := []string{pageOf(p.lines()), pageOf(second)}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
		"<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	for i, content := range contents {
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// pageOf sets lines of text.
func pageOf(lines []string) string {
	var b strings.Builder
	b.WriteString("BT /F1 11 Tf 15 TL 56 780 Td\n")
	for _, line := range lines {
		b.WriteString("(" + pdfText(line) + ") Tj T*\n")
	}
	b.WriteString("ET")
	return b.String()
}

// pdfText is text in WinAnsi, as far as it goes.
func pdfText(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(byte(c))
		case c >= 0x20 && c < 0x7f:
			b.WriteByte(byte(c))
		case c >= 0xa0 && c <= 0xff:
			fmt.Fprintf(&b, "\\%03o", c)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// tracing is a picture: a made-up heart trace on squared paper.
func tracing() []byte {
	const width, height = 640, 240
	paper := color.Palette{color.RGBA{255, 250, 248, 255}, color.RGBA{240, 190, 190, 255}, color.RGBA{33, 43, 50, 255}}
	img := image.NewPaletted(image.Rect(0, 0, width, height), paper)
	for x := range width {
		for y := range height {
			if x%20 == 0 || y%20 == 0 {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	beat := []int{0, 0, -4, -8, -4, 0, 0, 6, -70, 30, 0, 0, -6, -14, -14, -6, 0, 0, 0, 0}
	last := 0
	for x := range width {
		y := beat[x/8%len(beat)]
		for step := min(y, last); step <= max(y, last); step++ {
			img.SetColorIndex(x, 130+step, 2)
			img.SetColorIndex(x, 131+step, 2)
		}
		last = y
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
