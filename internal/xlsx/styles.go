package xlsx

import (
	"fmt"
	"strings"
)

// paint is the colours of a rule.
type paint struct{ fill, ink string }

// rules are the colours that the rules of all sheets use, with their places in the table of styles.
func (b Book) rules() map[paint]int {
	places := map[paint]int{}
	for _, s := range b.Sheets {
		for _, r := range s.Rules {
			if _, ok := places[paint{r.Fill, r.Ink}]; !ok {
				places[paint{r.Fill, r.Ink}] = len(places)
			}
		}
	}
	return places
}

// look is how a style is made: the places of its font and its background in the lists below.
type look struct {
	font, fill, border int
	format             int // 0 as it comes, or dayFormat
	across             string
	open               bool
}

// dayFormat is the number of the form of days, 28 Nov 2026, which nobody reads as month and day; own forms begin here.
const dayFormat = 164

var looks = [styles]look{
	Plain:   {border: 1},
	Title:   {font: 1},
	Head:    {font: 2, fill: 2, border: 1},
	Strong:  {font: 3, border: 1},
	Figure:  {border: 1, across: "center"},
	Date:    {border: 1, format: dayFormat, across: "center"},
	Faint:   {font: 4},
	Open:    {fill: 3, border: 1, format: 49, open: true}, // words, even where they look like a sum or a day
	OpenDay: {fill: 3, border: 1, format: 14, across: "left", open: true},
	Choose:  {font: 3, fill: 3, border: 1, across: "center", open: true},
}

// fonts and grounds are what looks name. The first two backgrounds are laid down by the format.
var (
	fonts = []string{
		`<sz val="11"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="15"/><color rgb="FF12303F"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/>`,
		`<b/><sz val="11"/><name val="Calibri"/><family val="2"/>`,
		`<sz val="10"/><color rgb="FF4A5560"/><name val="Calibri"/><family val="2"/>`,
	}
	grounds = []string{
		`<patternFill patternType="none"/>`,
		`<patternFill patternType="gray125"/>`,
		`<patternFill patternType="solid"><fgColor rgb="FF12303F"/><bgColor indexed="64"/></patternFill>`,
		`<patternFill patternType="solid"><fgColor rgb="FFFFF8E1"/><bgColor indexed="64"/></patternFill>`,
	}
)

const thinLine = `style="thin"><color rgb="FFC9D1D6"/></`

// stylesPart is the table of styles: one for each Style, and one for each pair of colours of a rule.
func stylesPart(rules map[paint]int) string {
	var s strings.Builder
	s.WriteString(head + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1">`)
	fmt.Fprintf(&s, `<numFmt numFmtId="%d" formatCode="d mmm yyyy"/></numFmts>`, dayFormat)
	list(&s, "fonts", "font", fonts)
	list(&s, "fills", "fill", grounds)
	s.WriteString(`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>`)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.WriteString(`<` + side + ` ` + thinLine + side + `>`)
	}
	s.WriteString(`<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&s, `<cellXfs count="%d">`, len(looks))
	for _, l := range looks {
		across := ""
		if l.across != "" {
			across = ` horizontal="` + l.across + `"`
		}
		locked := map[bool]int{true: 0, false: 1}[l.open]
		fmt.Fprintf(&s,
			`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1"`+
				` applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">`+
				`<alignment%s vertical="top" wrapText="%d"/><protection locked="%d"/></xf>`,
			l.format, l.font, l.fill, l.border, across, l.border, locked) // a title may run over the cells beside it
	}
	s.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`)
	byPlace := make([]paint, len(rules))
	for p, at := range rules {
		byPlace[at] = p
	}
	fmt.Fprintf(&s, `<dxfs count="%d">`, len(byPlace))
	for _, p := range byPlace {
		fmt.Fprintf(&s,
			`<dxf><font><color rgb="FF%s"/></font><fill><patternFill patternType="solid"><fgColor rgb="FF%[2]s"/>`+
				`<bgColor rgb="FF%[2]s"/></patternFill></fill></dxf>`, p.ink, p.fill)
	}
	return s.String() + `</dxfs></styleSheet>`
}

func list(s *strings.Builder, name, item string, texts []string) {
	fmt.Fprintf(s, `<%s count="%d">`, name, len(texts))
	for _, t := range texts {
		s.WriteString(`<` + item + `>` + t + `</` + item + `>`)
	}
	s.WriteString(`</` + name + `>`)
}
