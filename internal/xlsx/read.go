package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// Value is what a cell holds. Words are as they are shown; a number has its shortest form there too.
type Value struct {
	Text   string
	Number float64
	Is     Kind
	Day    calendar.Date // of a number that is shown as a day, or that would be one; else zero
}

// Kind says what a Value is.
type Kind int

// The kinds of values.
const (
	IsNothing Kind = iota
	IsText
	IsNumber
	IsDay
)

// Table is a sheet that was read. Rows stand at their own places, so that Rows[4] is row 5; those with nothing in them
// are nil.
type Table struct {
	Name   string
	Hidden bool
	Rows   [][]Value
}

// Read is what the sheets of a workbook hold. Formulas give what they last came to; merged cells all hold what the
// first one does. The text is as it was in the file: whoever shows it cleans it.
func Read(data []byte) ([]Table, error) {
	if err := admissible(data); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("this workbook is damaged: it cannot be unpacked")
	}
	r := &reader{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		r.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	return r.tables()
}

type reader struct {
	parts    map[string]*zip.File
	shared   []string
	isDay    []bool // of each style of the workbook
	from1904 bool
	cells    int // that hold something, in all sheets
	rows     int // of all sheets, the empty ones between others too
}

type sheetPlace struct{ name, id, state string }

func (r *reader) tables() ([]Table, error) {
	main := "xl/workbook.xml"
	for _, rel := range r.relations("_rels/.rels") {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			main = strings.TrimPrefix(rel.target, "/")
		}
	}
	places, err := r.workbook(main)
	if err != nil {
		return nil, err
	}
	folder, name := path.Split(main)
	targets := map[string]string{}
	for _, rel := range r.relations(folder + "_rels/" + name + ".rels") {
		target := path.Join(folder, rel.target)
		if strings.HasPrefix(rel.target, "/") {
			target = strings.TrimPrefix(rel.target, "/")
		}
		targets[rel.id] = target
		switch {
		case strings.HasSuffix(rel.kind, "/sharedStrings"):
			err = errors.Join(err, r.sharedStrings(target))
		case strings.HasSuffix(rel.kind, "/styles"):
			err = errors.Join(err, r.styles(target))
		}
	}
	if err != nil {
		return nil, err
	}
	var tables []Table
	for _, p := range places {
		if r.parts[strings.ToLower(targets[p.id])] == nil {
			continue // a chart sheet, or one of macros
		}
		rows, err := r.sheet(targets[p.id])
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", p.name, err)
		}
		tables = append(tables, Table{p.name, p.state != "" && p.state != "visible", rows})
	}
	if len(tables) == 0 {
		return nil, errors.New("this workbook has no sheet that can be read")
	}
	return tables, nil
}

// each hands the start of every element of a part to do, with the elements around it, and the words in each to say.
func (r *reader) each(
	name string, do func(e xml.StartElement) error, end func(name string), say func(words []byte),
) error {
	f := r.parts[strings.ToLower(name)]
	if f == nil {
		return errors.New("this workbook is damaged: a part of it is missing")
	}
	stream, err := f.Open()
	if err != nil {
		return errors.New("this workbook is damaged: a part of it cannot be unpacked")
	}
	defer stream.Close()
	in := &bounded{r: stream, left: LargestPart}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	depth := 0
	for {
		in.token = largestToken
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && depth <= 0:
			return nil
		case errors.Is(err, errTooLarge):
			return err
		case err != nil:
			return errors.New("this workbook is damaged: a part of it is not as it should be")
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > Deepest {
				return tooLarge("elements %d deep", depth)
			}
			if err := do(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			if end != nil {
				end(t.Name.Local)
			}
		case xml.CharData:
			if say != nil {
				say(t)
			}
		case xml.Directive:
			return errors.New("this workbook holds a document type, which no spreadsheet writes: it is not read")
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relations are the parts that a part names; none where it names none.
func (r *reader) relations(name string) (list []relation) {
	if r.parts[strings.ToLower(name)] == nil {
		return nil
	}
	_ = r.each(name, func(e xml.StartElement) error { // what is missing is missed where it is looked for
		if e.Name.Local == "Relationship" && len(list) < mostParts {
			list = append(list, relation{attribute(e, "Id"), attribute(e, "Type"), attribute(e, "Target")})
		}
		return nil
	}, nil, nil)
	return list
}

func (r *reader) workbook(name string) (places []sheetPlace, err error) {
	err = r.each(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			r.from1904 = isTrue(attribute(e, "date1904"))
		case "sheet":
			p := sheetPlace{name: attribute(e, "name"), state: attribute(e, "state")}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" { // r:id, and not sheetId
					p.id = a.Value
				}
			}
			if len(places) < mostParts {
				places = append(places, p)
			}
		}
		return nil
	}, nil, nil)
	return places, err
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// sharedStrings are the texts that cells point to; a text may be in runs of different looks, and have its reading
// beside it.
func (r *reader) sharedStrings(name string) error {
	var text strings.Builder
	in, aside := false, false
	size := 0
	return r.each(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			in = !aside
		case "rPh":
			aside = true
		}
		if size > LargestPart || len(r.shared) > MostCells {
			return tooLarge("too many different texts")
		}
		return nil
	}, func(name string) {
		switch name {
		case "t":
			in = false
		case "rPh":
			aside = false
		case "si":
			r.shared = append(r.shared, decoded(text.String()))
			text.Reset()
		}
	}, func(words []byte) {
		if in {
			size += len(words)
			text.Write(words)
		}
	})
}

// decoded is a text with the characters that spreadsheets write by their numbers.
func decoded(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return coded.Get().ReplaceAllStringFunc(text, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 16) // four such figures always are a number
		return string(rune(n))
	})
}

// styles notes which styles show a number as a day.
func (r *reader) styles(name string) error {
	formats, inStyles := map[string]string{}, false
	return r.each(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if len(formats) < mostParts {
				formats[attribute(e, "numFmtId")] = attribute(e, "formatCode")
			}
		case "cellXfs":
			inStyles = true
		case "xf":
			if inStyles && len(r.isDay) < 1<<16 {
				id := attribute(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				r.isDay = append(r.isDay,
					n >= 14 && n <= 22 && n != 18 && n != 19 && n != 20 && n != 21 || showsDay(formats[id]))
			}
		}
		return nil
	}, func(name string) {
		if name == "cellXfs" {
			inStyles = false
		}
	}, nil)
}

// quoted is what a format shows as it stands, and what it says in brackets, such as a colour.
var quoted = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)
}}

// showsDay says whether a format shows a number as a day: it has a year or a day of the month in it.
func showsDay(format string) bool {
	return strings.ContainsAny(strings.ToLower(quoted.Get().ReplaceAllString(format, "")), "yd") &&
		!strings.EqualFold(format, "General")
}

// cellNow is the cell that is being read.
type cellNow struct {
	row, column int
	open        bool // an end without a beginning is no cell
	kind, style string
	text        strings.Builder
}

func (r *reader) sheet(name string) ([][]Value, error) {
	var rows [][]Value
	var merged [][4]int
	var c cellNow
	filled, row, in := 0, -1, ""
	var failed error
	err := r.each(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
				row = n - 1
			}
			c = cellNow{row: row, column: -1}
		case "c":
			at := c.column + 1
			if _, column, ok := place(attribute(e, "r")); ok {
				at = column
			}
			c = cellNow{row: max(row, 0), column: at, open: true, kind: attribute(e, "t"), style: attribute(e, "s")}
		case "v", "t":
			in = e.Name.Local
		case "mergeCell":
			if area, ok := region(attribute(e, "ref")); ok && len(merged) < MostRows {
				merged = append(merged, area)
			}
		}
		return failed
	}, func(name string) {
		switch name {
		case "v", "t":
			in = ""
		case "c":
			v, whole := r.value(&c), c.open
			c.open = false
			if v.Is == IsNothing || !whole || failed != nil {
				return
			}
			if c.row >= len(rows) || rows[c.row] == nil {
				filled++
			}
			r.rows += max(0, c.row+1-len(rows))
			if r.cells++; filled > MostRows || r.rows > lastRow || c.column >= MostColumns || r.cells > MostCells {
				failed = tooLarge("more than %d rows, %d columns or %d cells with something in them",
					MostRows, MostColumns, MostCells)
				return
			}
			rows = put(rows, c.row, c.column, v)
		}
	}, func(words []byte) {
		if in != "" {
			c.text.Write(words)
		}
	})
	if err == nil {
		err = failed // in the last cell; in others the reader has stopped for it
	}
	if err != nil {
		return nil, err
	}
	return r.spread(rows, merged)
}

func put(rows [][]Value, row, column int, v Value) [][]Value {
	for len(rows) <= row {
		rows = append(rows, nil)
	}
	for len(rows[row]) <= column {
		rows[row] = append(rows[row], Value{})
	}
	rows[row][column] = v
	return rows
}

// value is what the cell holds, by the kind that it says.
func (r *reader) value(c *cellNow) Value {
	text := c.text.String()
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n >= len(r.shared) {
			return Value{}
		}
		text = r.shared[n]
	case "inlineStr", "str":
		text = decoded(text)
	case "d":
		d, err := calendar.Parse(text[:min(len(text), 10)])
		if err == nil {
			return Value{Text: d.String(), Is: IsDay, Day: d}
		}
	case "b":
		text = lists.Pick(strings.TrimSpace(text) == "1", "TRUE", "FALSE")
	case "e":
		return Value{} // such as #N/A: nobody typed it
	default:
		return r.figure(c, strings.TrimSpace(text))
	}
	if strings.TrimSpace(text) == "" {
		return Value{}
	}
	return Value{Text: text, Is: IsText}
}

func (r *reader) figure(c *cellNow, text string) Value {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != n {
		return Value{}
	}
	v := Value{Text: number(n), Number: n, Is: IsNumber}
	d, ok := DayOf(n, r.from1904)
	if !ok {
		return v
	}
	v.Day = d
	if style, err := strconv.Atoi(c.style); err == nil && style >= 0 && style < len(r.isDay) && r.isDay[style] {
		v.Is, v.Text = IsDay, d.String()
	}
	return v
}

// spread gives every merged cell what the first of them holds.
func (r *reader) spread(rows [][]Value, merged [][4]int) ([][]Value, error) {
	for _, m := range merged {
		if m[0] >= len(rows) || m[1] >= len(rows[m[0]]) || rows[m[0]][m[1]].Is == IsNothing {
			continue
		}
		// Below the last row that was filled in there is nothing that a merged cell could say anything of.
		bottom := min(m[2], len(rows)-1)
		if r.cells += (bottom - m[0] + 1) * (m[3] - m[1] + 1); r.cells > MostCells || m[3] >= MostColumns {
			return nil, tooLarge("merged cells cover more than %d", MostCells)
		}
		v := rows[m[0]][m[1]]
		for y := m[0]; y <= bottom; y++ {
			for x := m[1]; x <= m[3]; x++ {
				rows = put(rows, y, x, v)
			}
		}
	}
	return rows, nil
}

// place is the row and the column of a name such as B12, counted from 0.
func place(name string) (row, column int, ok bool) {
	m := cellName.Get().FindStringSubmatch(name)
	if m == nil || m[0] != name || len(m[1]) > 3 || len(m[2]) > 7 {
		return 0, 0, false
	}
	for _, letter := range m[1] {
		column = column*26 + int(letter-'A') + 1
	}
	row, _ = strconv.Atoi(m[2])
	return row - 1, column - 1, row > 0
}

// region is the corners of A1:C3: the first row and column, the last row and column.
func region(name string) ([4]int, bool) {
	from, to, _ := strings.Cut(name, ":")
	if to == "" {
		to = from
	}
	top, left, ok1 := place(from)
	bottom, right, ok2 := place(to)
	return [4]int{top, left, bottom, right}, ok1 && ok2 && top <= bottom && left <= right
}

// What a workbook may hold. A skills scan has a hundred rows; these let a thousand times that through and stop what was
// made to fill a memory: a file that unpacks to gigabytes, ten million rows, elements in each other without end.
const (
	LargestFile  = 16 << 20 // bytes as they lie on the disk
	LargestPart  = 12 << 20 // bytes of one part, unpacked
	MostRows     = 20_000   // with something in them
	MostColumns  = 500      // with something in them
	MostCells    = 400_000  // merged ones counted by their area
	Deepest      = 40       // elements in each other
	largestToken = 1 << 20  // bytes between two tags
	mostParts    = 2_000
	lastRow      = 200_000 // the empty ones between others counted too
)

// errTooLarge is within what Read says of a workbook that is larger than any that people fill in.
var errTooLarge = errors.New("this workbook is larger than any that people fill in")

// errSealed is what Read says of a workbook with a password, and errOld of one of before 2007, or of another Office
// file.
var (
	errSealed = errors.New("this workbook has a password: take the password off and save it again")
	errOld    = errors.New("this is the older .xls form: open it and save it as an Excel workbook (.xlsx)")
)

func tooLarge(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errTooLarge, fmt.Sprintf(format, a...))
}

// compound is how old Office files begin, and new ones with a password; the latter name the stream that holds them.
var (
	compound = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	sealed   = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// admissible says whether the bytes may be taken for a workbook at all, before anything is unpacked.
func admissible(data []byte) error {
	switch {
	case len(data) > LargestFile:
		return tooLarge("%d MB, and %d may be read", len(data)>>20, LargestFile>>20)
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, sealed):
		return errSealed
	case bytes.HasPrefix(data, compound):
		return errOld
	case !bytes.HasPrefix(data, []byte("PK")):
		return errors.New("this is no Excel workbook (.xlsx)")
	}
	// The directory at the end says how many parts there are; the reader of archives makes room for as many as it says.
	tail := data[max(0, len(data)-1<<16):]
	if at := bytes.LastIndex(tail, []byte("PK\x05\x06")); at >= 0 && at+12 <= len(tail) {
		if n := binary.LittleEndian.Uint16(tail[at+10:]); n > mostParts {
			return tooLarge("%d parts", n)
		}
	}
	return nil
}

// bounded reads no more than a part may hold, nor more than may lie between two tags.
type bounded struct {
	r           io.Reader
	left, token int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.left -= n
	b.token -= n
	if b.left < 0 || b.token < 0 {
		return 0, tooLarge("a part of it unpacks to more than %d MB", LargestPart>>20)
	}
	return n, err
}
