package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// longestCell is how many UTF-16 units a spreadsheet keeps of one cell.
const longestCell = 32_767

const (
	xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relSpace  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	pkgSpace  = `http://schemas.openxmlformats.org/package/2006/`
	partType  = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// Write makes the file. It fails only for a book that breaks a rule of spreadsheets: no sheet, two of one name or with
// a name that is not allowed, or a cell that is too long.
func (b Book) Write() ([]byte, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	rules := b.ruleStyles()
	parts := []part{
		{"[Content_Types].xml", b.contentTypes()},
		{"_rels/.rels", relations([]relation{
			{"rId1", relSpace + "/officeDocument", "xl/workbook.xml"},
			{"rId2", pkgSpace + "relationships/metadata/core-properties", "docProps/core.xml"},
		})},
		{"docProps/core.xml", b.properties()},
		{"xl/workbook.xml", b.workbook()},
		{"xl/_rels/workbook.xml.rels", b.workbookRelations()},
		{"xl/styles.xml", stylesPart(rules)},
	}
	for i, s := range b.Sheets {
		parts = append(parts, part{sheetFile(i), s.xml(rules)})
		if s.Table != "" {
			parts = append(parts, part{tableFile(i), s.table(i)}, part{
				strings.Replace(sheetFile(i), "worksheets/", "worksheets/_rels/", 1) + ".rels",
				relations([]relation{{"rId1", relSpace + "/table", strings.Replace(tableFile(i), "xl/", "../", 1)}}),
			})
		}
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	fast, err := flate.NewWriter(nil, flate.BestSpeed) // a tenth larger than by default, in half the time
	if err != nil {
		return nil, err
	}
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		fast.Reset(w) // one for all parts will do, since they are packed one by one
		return fast, nil
	})
	// One fixed time, so that the same book gives the same bytes: the earliest that the format can hold.
	made := time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: made})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return out.Bytes(), err
}

type part struct{ name, text string }

type relation struct{ id, kind, target string }

func sheetFile(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

func tableFile(i int) string { return fmt.Sprintf("xl/tables/table%d.xml", i+1) }

// table is the part that makes the rows of sheet i a table.
func (s Sheet) table(i int) string {
	var w strings.Builder
	lastRow := max(len(s.Rows)-1, 1) // Excel refuses a table without a row below its headings
	area := "A1:" + At(lastRow, len(s.Rows[0].Cells)-1)
	fmt.Fprintf(&w, xmlHeader+`<table xmlns="%s" id="%d" name="%[3]s" displayName="%[3]s" ref="%[4]s" totalsRowShown="0"><autoFilter ref="%[4]s"/>`+
		`<tableColumns count="%[5]d">`, mainSpace, i+1, escape(s.Table), area, len(s.Rows[0].Cells))
	for n, c := range s.Rows[0].Cells {
		fmt.Fprintf(&w, `<tableColumn id="%d" name="%s"/>`, n+1, escape(c.Text))
	}
	return w.String() + `</tableColumns><tableStyleInfo name="TableStyleLight9" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`
}

var sheetName = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^[^\[\]:*?/\\']{1,31}$`)
}}

func (b Book) check() error {
	if len(b.Sheets) == 0 {
		return fmt.Errorf("a workbook needs a sheet")
	}
	seen := map[string]bool{}
	for _, s := range b.Sheets {
		name := strings.ToLower(s.Name)
		if !sheetName.Get().MatchString(s.Name) || seen[name] {
			return fmt.Errorf("%q cannot be the name of a sheet, or stands twice", s.Name)
		}
		seen[name] = true
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				if utf8.RuneCountInString(cell.Text) > longestCell/2 && utf16Length(cell.Text) > longestCell {
					return fmt.Errorf("sheet %s, cell %s: %d characters, and a cell holds %d", s.Name, At(r, c),
						utf16Length(cell.Text), longestCell)
				}
			}
		}
	}
	return nil
}

func utf16Length(s string) int { return len(utf16.Encode([]rune(s))) }

func (b Book) contentTypes() string {
	var s strings.Builder
	s.WriteString(xmlHeader + `<Types xmlns="` + pkgSpace + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + partType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + partType + `styles+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for i, x := range b.Sheets {
		fmt.Fprintf(&s, `<Override PartName="/%s" ContentType="%sworksheet+xml"/>`, sheetFile(i), partType)
		if x.Table != "" {
			fmt.Fprintf(&s, `<Override PartName="/%s" ContentType="%stable+xml"/>`, tableFile(i), partType)
		}
	}
	return s.String() + `</Types>`
}

func relations(list []relation) string {
	all := strings.Join(lists.Each(list, func(r relation) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"/>`, r.id, r.kind, r.target)
	}), "")
	return xmlHeader + `<Relationships xmlns="` + pkgSpace + `relationships">` + all + `</Relationships>`
}

func (b Book) workbookRelations() string {
	list := make([]relation, 0, len(b.Sheets)+1)
	for i := range b.Sheets {
		list = append(list,
			relation{fmt.Sprintf("rId%d", i+1), relSpace + "/worksheet", strings.TrimPrefix(sheetFile(i), "xl/")})
	}
	return relations(append(list, relation{"rIdStyles", relSpace + "/styles", "styles.xml"}))
}

func (b Book) properties() string {
	made := ""
	if !b.Made.IsZero() {
		made = `<dcterms:created xsi:type="dcterms:W3CDTF">` + b.Made.String() + `T00:00:00Z</dcterms:created>`
	}
	return xmlHeader + `<cp:coreProperties xmlns:cp="` + pkgSpace + `metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(b.Title) + `</dc:title>` +
		`<dc:creator>ksbcoach</dc:creator><dc:language>en-GB</dc:language>` + made + `</cp:coreProperties>`
}

func (b Book) workbook() string {
	var s, names strings.Builder
	s.WriteString(xmlHeader + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `">` +
		`<bookViews><workbookView/></bookViews><sheets>`)
	for i, x := range b.Sheets {
		hidden := ""
		if x.Hidden {
			hidden = ` state="hidden"`
		}
		fmt.Fprintf(&s, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escape(x.Name), i+1, hidden, i+1)
		if x.Filter != "" {
			fmt.Fprintf(&names,
				`<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">'%s'!%s</definedName>`,
				i, escape(x.Name), absolute(x.Filter))
		}
		if x.Head > 0 {
			fmt.Fprintf(&names, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">'%s'!$1:$%d</definedName>`, i,
				escape(x.Name), x.Head)
		}
	}
	s.WriteString(`</sheets>`)
	if names.Len() > 0 {
		s.WriteString(`<definedNames>` + names.String() + `</definedNames>`)
	}
	return s.String() + `<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`
}

var cellName = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp { return regexp.MustCompile(`([A-Z]+)([0-9]+)`) }}

// absolute is a range that stays where it is: A3:J75 becomes $A$3:$J$75.
func absolute(cells string) string { return cellName.Get().ReplaceAllString(cells, `$$$1$$$2`) }

// xml is the part of the sheet. The standard fixes the order of the elements; Excel repairs a file in another order.
func (s Sheet) xml(rules map[ruleColours]int) string {
	var w strings.Builder
	w.WriteString(xmlHeader + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `">` +
		`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" showGridLines="0">`)
	if s.Head > 0 {
		fmt.Fprintf(&w, `<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, s.Head,
			s.Head+1)
	}
	w.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	if len(s.Widths) > 0 {
		w.WriteString(`<cols>`)
		for i, width := range s.Widths {
			fmt.Fprintf(&w, `<col min="%d" max="%d" width="%s" customWidth="1"/>`, i+1, i+1, number(width))
		}
		w.WriteString(`</cols>`)
	}
	w.WriteString(`<sheetData>`)
	for i, row := range s.Rows {
		row.xml(&w, i, s.Widths)
	}
	w.WriteString(`</sheetData>`)
	if s.Locked {
		w.WriteString(`<sheetProtection sheet="1" objects="1" scenarios="1"` +
			` formatColumns="0" formatRows="0" autoFilter="0" sort="0"/>`)
	}
	if s.Filter != "" {
		w.WriteString(`<autoFilter ref="` + s.Filter + `"/>`)
	}
	if len(s.Merged) > 0 {
		writeList(&w, "mergeCells", s.Merged, func(ref string) string { return `<mergeCell ref="` + ref + `"/>` })
	}
	for i, r := range s.Rules {
		fmt.Fprintf(&w,
			`<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s`+
				`</formula></cfRule></conditionalFormatting>`, r.Cells, rules[ruleColours{r.Fill, r.Ink}], i+1,
			escape(r.Formula))
	}
	if len(s.Choices) > 0 {
		writeList(&w, "dataValidations", s.Choices, Choice.xml)
	}
	orientation := lists.Pick(s.Tall, "portrait", "landscape")
	w.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="` + orientation + `" fitToWidth="1" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>`)
	if s.Table != "" {
		w.WriteString(`<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`)
	}
	w.WriteString(`</worksheet>`)
	return w.String()
}

func (c Choice) xml() string {
	list := c.From
	if list == "" {
		list = `"` + strings.Join(c.Values, ",") + `"`
	}
	return fmt.Sprintf(
		`<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="%[1]s"`+
			` error="%[2]s" promptTitle="%[1]s" prompt="%[3]s" sqref="%[4]s"><formula1>%[5]s</formula1></dataValidation>`,
		escape(c.Title), escape(c.Refuse), escape(c.Ask), c.Cells, escape(list))
}

func (r Row) xml(w *strings.Builder, at int, widths []float64) {
	height := ` ht="` + number(r.heightNeeded(widths)) + `"`
	if r.Height > 0 {
		height = ` ht="` + number(r.Height) + `" customHeight="1"`
	}
	fmt.Fprintf(w, `<row r="%d"%s>`, at+1, height)
	for i, c := range r.Cells {
		c.xml(w, At(at, i))
	}
	w.WriteString(`</row>`)
}

// lineHeight is the height of a line of words, in points.
const lineHeight = 15

// heightNeeded estimates how high a row has to be for its words, in points, since not every program works that out for
// itself. The width of a column counts digits; letters are narrower, but some room is lost where lines wrap.
func (r Row) heightNeeded(widths []float64) float64 {
	if len(r.Cells) > 0 && r.Cells[0].Style == Title {
		return 1.5 * lineHeight
	}
	lines := 1
	for i, c := range r.Cells {
		if i >= len(widths) || looks[c.Style].border == 0 {
			continue
		}
		n := 0
		for line := range strings.SplitSeq(c.Text, "\n") {
			n += 1 + int(float64(utf8.RuneCountInString(line))/(widths[i]*1.02))
		}
		lines = max(lines, n)
	}
	return min(float64(lines*lineHeight), 400) // Excel allows 409
}

func (c Cell) xml(w *strings.Builder, name string) {
	w.WriteString(`<c r="` + name + `" s="` + strconv.Itoa(int(c.Style)) + `"`)
	formula := ""
	if c.Formula != "" {
		formula = `<f>` + escape(c.Formula) + `</f>`
	}
	switch {
	case c.Number != nil && !math.IsNaN(*c.Number) && !math.IsInf(*c.Number, 0):
		w.WriteString(`>` + formula + `<v>` + number(*c.Number) + `</v></c>`)
	case c.Day != (calendar.Date{}):
		w.WriteString(`>` + formula + `<v>` + strconv.Itoa(serial(c.Day)) + `</v></c>`)
	case formula != "":
		w.WriteString(` t="str">` + formula + `<v>` + escape(c.Text) + `</v></c>`)
	case c.Text != "":
		w.WriteString(` t="inlineStr"><is><t xml:space="preserve">` + escape(c.Text) + `</t></is></c>`)
	default:
		w.WriteString(`/>`)
	}
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// charCode matches a character that spreadsheets write as a code, such as _x000D_.
var charCode = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)
}}

// escape makes a text fit for between tags or quotes; what XML cannot hold becomes U+FFFD. A text such as _x000D_ would
// be read as the character with that code, so its first underscore is written as a code itself.
func escape(text string) string {
	if needsNoEscape(text) {
		return text
	}
	for at := 0; at < len(text); at++ { // two codes may share an underscore
		m := charCode.Get().FindStringIndex(text[at:])
		if m == nil {
			break
		}
		at += m[0]
		text = text[:at] + "_x005F" + text[at:]
		at += len("_x005F")
	}
	var s strings.Builder
	_ = xml.EscapeText(&s, []byte(text))
	return s.String()
}

// needsNoEscape is a quick test that is true for most texts.
func needsNoEscape(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r > '~' || strings.ContainsRune(`_&<>"'`, r)
	})
}

type ruleColours struct{ fill, ink string }

// ruleStyles gives each pair of colours that the rules of any sheet use its place in the table of styles.
func (b Book) ruleStyles() map[ruleColours]int {
	places := map[ruleColours]int{}
	for _, s := range b.Sheets {
		for _, r := range s.Rules {
			if _, ok := places[ruleColours{r.Fill, r.Ink}]; !ok {
				places[ruleColours{r.Fill, r.Ink}] = len(places)
			}
		}
	}
	return places
}

// look is what a style is made of: indexes into fonts and fills, 1 for a border, and so on.
type look struct {
	font, fill, border int
	format             int    // the number format: 0 for General, 14 for a date, 49 for text, or dayFormat
	align              string // across the cell; "" for the default
	open               bool
}

// dayFormat shows days as 28 Nov 2026, so that nobody takes the day for the month. Numbers below 164 are built in.
const dayFormat = 164

var looks = [styles]look{
	Plain:   {border: 1},
	Title:   {font: 1},
	Head:    {font: 2, fill: 2, border: 1},
	Strong:  {font: 3, border: 1},
	Figure:  {border: 1, align: "center"},
	Date:    {border: 1, format: dayFormat, align: "center"},
	Faint:   {font: 4},
	Open:    {fill: 3, border: 1, format: 49, open: true}, // words, even where they look like a sum or a day
	OpenDay: {fill: 3, border: 1, format: 14, align: "left", open: true},
	Choose:  {font: 3, fill: 3, border: 1, align: "center", open: true},
}

// fonts and fills are what looks point to. The file format fixes the first two fills.
var (
	fonts = []string{
		`<sz val="11"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="15"/><color rgb="FF12303F"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="11"/><name val="Calibri"/><family val="2"/>`,
		`<sz val="10"/><color rgb="FF4A5560"/><name val="Calibri"/><family val="2"/>`,
	}
	fills = []string{
		`<patternFill patternType="none"/>`,
		`<patternFill patternType="gray125"/>`,
		`<patternFill patternType="solid"><fgColor rgb="FF12303F"/><bgColor indexed="64"/></patternFill>`,
		`<patternFill patternType="solid"><fgColor rgb="FFFFF8E1"/><bgColor indexed="64"/></patternFill>`,
	}
)

const thinLine = `style="thin"><color rgb="FFC9D1D6"/></`

// stylesPart is the table of styles: one for each Style, and one for each pair of colours of a rule.
func stylesPart(rules map[ruleColours]int) string {
	var s strings.Builder
	s.WriteString(xmlHeader + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1">`)
	fmt.Fprintf(&s, `<numFmt numFmtId="%d" formatCode="d mmm yyyy"/></numFmts>`, dayFormat)
	writeList(&s, "fonts", fonts, func(font string) string { return `<font>` + font + `</font>` })
	writeList(&s, "fills", fills, func(fill string) string { return `<fill>` + fill + `</fill>` })
	s.WriteString(`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>`)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.WriteString(`<` + side + ` ` + thinLine + side + `>`)
	}
	s.WriteString(`<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	writeList(&s, "cellXfs", looks[:], look.xml)
	s.WriteString(`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`)
	byPlace := make([]ruleColours, len(rules))
	for p, at := range rules {
		byPlace[at] = p
	}
	writeList(&s, "dxfs", byPlace, func(p ruleColours) string {
		return fmt.Sprintf(
			`<dxf><font><color rgb="FF%s"/></font><fill><patternFill patternType="solid"><fgColor rgb="FF%[2]s"/>`+
				`<bgColor rgb="FF%[2]s"/></patternFill></fill></dxf>`, p.ink, p.fill)
	})
	return s.String() + `</styleSheet>`
}

func (l look) xml() string {
	align := ""
	if l.align != "" {
		align = ` horizontal="` + l.align + `"`
	}
	// Words without a border, such as a title, are not wrapped: they run on over the next cells.
	return fmt.Sprintf(
		`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1"`+
			` applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">`+
			`<alignment%s vertical="top" wrapText="%d"/><protection locked="%d"/></xf>`,
		l.format, l.font, l.fill, l.border, align, l.border, lists.Pick(l.open, 0, 1))
}

// writeList writes an element with a list in it and the attribute count.
func writeList[T any](s *strings.Builder, name string, list []T, item func(T) string) {
	fmt.Fprintf(s, `<%s count="%d">%s</%[1]s>`, name, len(list), strings.Join(lists.Each(list, item), ""))
}
