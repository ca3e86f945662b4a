package export

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	_ "embed" // the fonts
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/signintech/gopdf"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// The fonts of a PDF, compressed: see font/README.md.
var (
	//go:embed font/NotoSans-Regular.ttf.gz
	plainPacked []byte
	//go:embed font/NotoSans-Bold.ttf.gz
	boldPacked []byte
)

// fonts are the plain and the bold font.
var fonts = lazy.Value[[2][]byte]{Make: func() [2][]byte {
	return [2][]byte{unpacked(plainPacked), unpacked(boldPacked)}
}}

func unpacked(packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		var out []byte
		if out, err = io.ReadAll(r); err == nil {
			return out
		}
	}
	panic("the fonts for PDF are damaged in this build: " + err.Error())
}

// Measures of a page in points: A4, with margins wide enough to punch holes.
const (
	pageWide, pageHigh = 595.28, 841.89
	marginSide         = 54.0
	marginTop          = 50.0
	marginFoot         = 62.0
	textWide           = pageWide - 2*marginSide
	indent             = 12.0 // for each depth
	leading            = 1.36 // the height of a line, as a multiple of the font size
	bodySize           = 9.5
	smallSize          = 8.0
)

var (
	inkDark    = colour{0x1B, 0x25, 0x2B}
	inkSoft    = colour{0x4A, 0x55, 0x60}
	inkHead    = colour{0x12, 0x30, 0x3F}
	lineSoft   = colour{0xC9, 0xD1, 0xD6}
	headGround = colour{0xE6, 0xEC, 0xEF}
	// The lines of a chart. Dashes tell them apart too.
	chartInks = []colour{{0x0B, 0x5C, 0x8A}, {0x9A, 0x3B, 0x12}, {0x2F, 0x6B, 0x33}, {0x5B, 0x3A, 0x8C}}
)

// pdf writes a document to print, to sign and to keep in an e-portfolio: A4, with its fonts in the file, text that can
// be selected and searched, and "page 1 of 3" on each page. The library cannot write tags for screen readers: the web
// page is the format for them.
func pdf(d doc.Doc) ([]byte, error) {
	pages := 0
	widths := pdfWidths{}
	for range 2 { // the first time only counts the pages
		w := &pdfPage{title: d.Title, of: pages, widths: widths}
		if err := w.begin(); err != nil {
			return nil, err
		}
		w.document(d)
		pages = w.page
		if w.err != nil {
			return nil, w.err
		}
		if w.of == pages {
			return w.bytes()
		}
	}
	return nil, errors.New("the pages of this document cannot be counted")
}

// pdfPage writes blocks down a page, and begins new pages as they fill up.
type pdfPage struct {
	out      gopdf.GoPdf
	title    string
	y        float64 // where the next block goes, from the top of the page
	page, of int
	err      error // the first error
	widths   pdfWidths
	face     string // the font and size that are set, as a key of widths
}

// pdfWidths caches the widths of words in each font and size, since most words occur many times.
type pdfWidths map[string]map[string]float64

func (w *pdfPage) begin() error {
	w.out.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	w.out.SetCompressLevel(flate.BestSpeed) // the file is a tenth larger but takes half the time
	w.out.SetInfo(gopdf.PdfInfo{Title: w.title, Creator: "ksbcoach", Producer: "ksbcoach"})
	boxed := gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return '□' }}
	for i, face := range []string{"plain", "bold"} {
		if err := w.out.AddTTFFontDataWithOption(face, fonts.Get()[i], boxed); err != nil {
			return err
		}
	}
	w.newPage()
	return w.err
}

func (w *pdfPage) bytes() ([]byte, error) {
	var out bytes.Buffer
	_, err := w.out.WriteTo(&out)
	return out.Bytes(), err
}

// keep keeps the first error.
func (w *pdfPage) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *pdfPage) newPage() {
	w.out.AddPage()
	w.page++
	foot := fmt.Sprintf("page %d of %d", w.page, max(w.of, w.page))
	w.font("plain", smallSize, inkSoft)
	wide := w.width(foot)
	title := w.title
	for title != "" && w.width(title) > textWide-wide-indent {
		runes := []rune(strings.TrimSuffix(title, "..."))
		title = strings.TrimRight(string(runes[:len(runes)-1]), " ") + "..."
	}
	w.at(marginSide, pageHigh-marginFoot+26, title)
	w.at(pageWide-marginSide-wide, pageHigh-marginFoot+26, foot)
	w.y = marginTop
}

// room begins a new page unless so much height is left on this one.
func (w *pdfPage) room(high float64) {
	if w.y+high > pageHigh-marginFoot && w.y > marginTop {
		w.newPage()
	}
}

// plainSigns replaces some characters that the fonts lack by others that they have.
var plainSigns = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("≥", ">=", "≤", "<=", "≈", "~", "≠", "/=", "→", "->", "←", "<-", "✓", "x", "\u2028", " ")
}}

// font sets the font, size and colour of the text that follows.
func (w *pdfPage) font(face string, size float64, c colour) {
	w.keep(w.out.SetFont(face, "", size))
	w.out.SetTextColor(c.r, c.g, c.b)
	w.face = fmt.Sprint(face, size)
}

// width is the width of a text: of its words and the spaces between them, since there is no kerning.
func (w *pdfPage) width(text string) float64 {
	known := w.widths[w.face]
	if known == nil {
		known = map[string]float64{}
		w.widths[w.face] = known
	}
	measured := func(word string) float64 {
		n, ok := known[word]
		if !ok {
			var err error
			n, err = w.out.MeasureTextWidth(plainSigns.Get().Replace(word))
			w.keep(err)
			known[word] = n
		}
		return n
	}
	all := 0.0
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			all += measured(" ")
		}
		all += measured(word)
	}
	return all
}

// at writes a line with its top left corner at x, y.
func (w *pdfPage) at(x, y float64, line string) {
	if line == "" {
		return
	}
	w.out.SetXY(x, y)
	w.keep(w.out.Cell(nil, plainSigns.Get().Replace(line)))
}

// broken wraps a text into lines of a width, breaking a word only if it is longer than a line.
func (w *pdfPage) broken(text string, wide float64) []string {
	var lines []string
	line, taken := "", 0.0
	space := w.width(" ") - 2*w.width("")
	for word := range strings.FieldsSeq(text) {
		own := w.width(word)
		if line != "" && taken+space+own <= wide {
			line += " " + word
			taken = taken + space + own
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line, taken = word, own
		for taken > wide {
			n := w.fits(line, wide)
			lines = append(lines, line[:n])
			line = line[n:]
			taken = w.width(line)
		}
	}
	return append(lines, line)
}

// fits is how many bytes of a word fit into a width: one letter at least.
func (w *pdfPage) fits(word string, wide float64) int {
	last := 0
	for i := range word {
		if i > 0 && w.width(word[:i]) > wide {
			break
		}
		last = i
	}
	if last == 0 {
		return len(string([]rune(word)[:1]))
	}
	return last
}

// paragraph writes a text in lines that begin at x, over several pages if need be.
func (w *pdfPage) paragraph(x float64, text string, size float64) {
	for _, line := range w.broken(text, pageWide-marginSide-x) {
		w.line(x, line, size)
	}
}

func (w *pdfPage) line(x float64, line string, size float64) {
	w.room(size * leading)
	w.at(x, w.y, line)
	w.y += size * leading
}

func left(depth int) float64 { return marginSide + float64(max(0, depth-1))*indent }

func (w *pdfPage) document(d doc.Doc) {
	if d.Exact != "" {
		w.exact(d)
		return
	}
	if d.Title != "" {
		w.font("bold", 16, inkHead)
		w.paragraph(marginSide, d.Title, 16)
		w.y += 6
	}
	for i, b := range d.Blocks {
		var before doc.Block
		if i > 0 {
			before = d.Blocks[i-1]
		}
		if _, ok := b.(doc.Heading); ok && i+1 < len(d.Blocks) {
			if c, ok := d.Blocks[i+1].(doc.Chart); ok && drawn(c) {
				w.room(chartRoom + 80) // a heading stays with its chart
			}
		}
		w.block(b, before)
	}
}

// exact writes a text unchanged, since its check code covers every letter. It only breaks lines that are too long.
func (w *pdfPage) exact(d doc.Doc) {
	w.font("plain", bodySize, inkDark)
	for line := range strings.Lines(d.Exact) {
		line = strings.TrimRight(line, "\r\n")
		rest := strings.TrimLeft(line, " ")
		w.paragraph(marginSide+float64(len(line)-len(rest))*4, rest, bodySize)
	}
}

func (w *pdfPage) block(b, before doc.Block) {
	switch b := b.(type) {
	case doc.Heading:
		w.heading(b)
	case doc.Para:
		if b.SpaceBefore {
			w.y += 4
		}
		w.font("plain", bodySize, inkDark)
		w.paragraph(left(b.Depth), b.Text, bodySize)
		w.y += 3
	case doc.Item:
		w.font("plain", bodySize, inkDark)
		w.room(bodySize * leading)
		w.at(left(b.Depth), w.y, "•")
		w.paragraph(left(b.Depth)+9, strings.TrimSpace(b.Text), bodySize)
		w.y += 1.5
	case doc.Pair:
		w.pair(left(b.Depth), b.Label, b.Text)
	case doc.Bar:
		w.pair(left(b.Depth), b.Label, b.Text)
		w.bar(b)
	case doc.Table:
		w.table(b, nil)
	case doc.Grid:
		w.caption(b.Caption)
		w.table(b.Table(), func(row, column int) (colour, bool) {
			if column == 0 {
				return colour{}, false
			}
			c, ok := groundOf.Get()[b.Lines[row].Cells[column-1].Tone]
			return c, ok
		})
	case doc.Chart:
		if drawn(b) {
			w.room(chartRoom + 20)
		}
		w.caption(b.Caption)
		w.chart(b)
		w.table(b.Table(), nil)
	case doc.Signature:
		if _, again := before.(doc.Signature); !again {
			w.y += 8
		}
		w.signature(b)
	}
}

func (w *pdfPage) heading(b doc.Heading) {
	size, gap := 12.5, 12.0
	if b.Depth > 0 {
		size, gap = 10.0, 6.0
	}
	w.room(gap + size*leading + 40) // a heading stays with the text below it
	if w.y > marginTop {
		w.y += gap
	}
	w.font("bold", size, inkHead)
	w.paragraph(left(b.Depth), b.Text, size)
	if b.Depth == 0 {
		w.rule(marginSide, w.y, textWide, lineSoft)
		w.y += 4
	}
}

func (w *pdfPage) rule(x, y, wide float64, c colour) {
	w.out.SetLineType("solid")
	w.out.SetLineWidth(0.6)
	w.out.SetStrokeColor(c.r, c.g, c.b)
	w.out.Line(x, y, x+wide, y)
}

func (w *pdfPage) ground(x, y, wide, high float64, c colour) {
	w.out.SetFillColor(c.r, c.g, c.b)
	w.out.RectFromUpperLeftWithStyle(x, y, wide, high, "F")
}

func (w *pdfPage) caption(text string) {
	if text == "" {
		return
	}
	w.room(60)
	w.font("plain", bodySize, inkSoft)
	w.paragraph(marginSide, text, bodySize)
	w.y += 3
}

func (w *pdfPage) pair(x float64, label, text string) {
	w.font("bold", bodySize, inkDark)
	wide := max(90, w.width(label)+8)
	w.room(bodySize * leading)
	page, y := w.page, w.y
	w.at(x, y, label)
	w.font("plain", bodySize, inkDark)
	w.paragraph(x+wide, text, bodySize)
	if w.page == page && w.y == y {
		w.y += bodySize * leading
	}
	w.y++
}

func (w *pdfPage) bar(b doc.Bar) {
	if b.Of <= 0 {
		return
	}
	const high = 5.0
	w.room(high + 4)
	x := left(b.Depth) + 90
	wide := pageWide - marginSide - x
	w.ground(x, w.y, wide, high, headGround)
	w.ground(x, w.y, wide*max(0, min(1, b.Value/b.Of)), high, chartInks[0])
	w.y += high + 4
}

// signature writes a name and role, and lines for the signature and the date.
func (w *pdfPage) signature(b doc.Signature) {
	w.room(52)
	w.font("plain", bodySize, inkDark)
	w.paragraph(left(b.Depth), strings.TrimSpace(dotted(signer(b))), bodySize)
	w.y += 20
	x := left(b.Depth)
	w.rule(x, w.y, 260, inkSoft)
	w.rule(x+280, w.y, 120, inkSoft)
	w.font("plain", smallSize, inkSoft)
	w.at(x, w.y+2, "Signature")
	w.at(x+280, w.y+2, "Date")
	w.y += smallSize*leading + 10
}

// colour is a colour on paper and in a workbook. A web page has its own in page.css, since it may be dark.
type colour struct{ r, g, b uint8 }

// hex is the colour as RRGGBB.
func (c colour) hex() string { return fmt.Sprintf("%02X%02X%02X", c.r, c.g, c.b) }

// groundOf gives the background of a tone, and inkOn the colour of text on it. Words must always say the same as the
// colour.
var groundOf = lazy.Value[map[doc.Tone]colour]{Make: func() map[doc.Tone]colour {
	return map[doc.Tone]colour{
		doc.ToneOpen: {0xF2, 0xF4, 0xF5}, doc.ToneBehind: {0xFB, 0xE0, 0xD3},
		doc.ToneBelow: {0xFF, 0xF3, 0xCC}, doc.ToneMet: {0xDD, 0xF1, 0xE0},
	}
}}

var inkOn = lazy.Value[map[doc.Tone]colour]{Make: func() map[doc.Tone]colour {
	return map[doc.Tone]colour{
		doc.ToneBehind: {0x7A, 0x2E, 0x0E}, doc.ToneBelow: {0x5C, 0x46, 0x00}, doc.ToneMet: {0x14, 0x53, 0x2D},
	}
}}
