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

// Value is what a cell holds.
type Value struct {
	Text   string // as the file has it; the shortest form of a number; a day as YYYY-MM-DD
	Number float64
	Is     Kind
	Day    calendar.Date // also of an IsNumber that could be a day, see DayOf; else zero
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

// Table is a sheet that was read.
type Table struct {
	Name   string
	Hidden bool
	Rows   [][]Value // Rows[4] is row 5 of the sheet; an empty row is nil
}

// Read reads the sheets of a workbook. A formula gives its last result, and merged cells all hold the value of the
// first one. Names and texts come as they are in the file and must be cleaned before they are shown. The errors say
// what is wrong with "this workbook", in words for the user.
func Read(data []byte) ([]Table, error) {
	if err := checkFile(data); err != nil {
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
	parts      map[string]*zip.File // by name in lower case
	shared     []string             // the texts that cells point to by number
	styleIsDay []bool               // by number of the style: does it show numbers as days?
	from1904   bool
	cells      int // cells with something in them, in all sheets so far
	rows       int // rows of all sheets so far, with the empty ones in between
}

// sheetEntry is a sheet as the workbook lists it; id leads to its part.
type sheetEntry struct{ name, id, state string }

func (r *reader) tables() ([]Table, error) {
	bookPart := "xl/workbook.xml"
	for _, link := range r.relationsOf("_rels/.rels") {
		if strings.HasSuffix(link.kind, "/officeDocument") {
			bookPart = strings.TrimPrefix(link.target, "/")
		}
	}
	entries, err := r.readWorkbook(bookPart)
	if err != nil {
		return nil, err
	}
	folder, name := path.Split(bookPart)
	targets := map[string]string{}
	for _, link := range r.relationsOf(folder + "_rels/" + name + ".rels") {
		target := path.Join(folder, link.target)
		if strings.HasPrefix(link.target, "/") {
			target = strings.TrimPrefix(link.target, "/")
		}
		targets[link.id] = target
		switch {
		case strings.HasSuffix(link.kind, "/sharedStrings"):
			err = errors.Join(err, r.readSharedStrings(target))
		case strings.HasSuffix(link.kind, "/styles"):
			err = errors.Join(err, r.readStyles(target))
		}
	}
	if err != nil {
		return nil, err
	}
	var tables []Table
	for _, entry := range entries {
		if r.parts[strings.ToLower(targets[entry.id])] == nil {
			continue // a sheet without cells, such as a chart
		}
		rows, err := r.readSheet(targets[entry.id])
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", entry.name, err)
		}
		tables = append(tables, Table{entry.name, entry.state != "" && entry.state != "visible", rows})
	}
	if len(tables) == 0 {
		return nil, errors.New("this workbook has no sheet that can be read")
	}
	return tables, nil
}

// walk reads the XML of a part: it calls start and end for each element and text for the words in between. end and text
// may be nil.
func (r *reader) walk(
	name string, start func(e xml.StartElement) error, end func(name string), text func(words []byte),
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
	limited := &boundedReader{r: stream, left: LargestPart}
	d := xml.NewDecoder(limited)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	depth := 0
	for {
		limited.untilTag = largestToken
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
			if err := start(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			if end != nil {
				end(t.Name.Local)
			}
		case xml.CharData:
			if text != nil {
				text(t)
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

// relationsOf reads a part that lists related parts. A missing or damaged list is no error: what it should have named
// is reported as missing where it is needed.
func (r *reader) relationsOf(name string) (list []relation) {
	if r.parts[strings.ToLower(name)] == nil {
		return nil
	}
	_ = r.walk(name, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && len(list) < mostParts {
			list = append(list, relation{attribute(e, "Id"), attribute(e, "Type"), attribute(e, "Target")})
		}
		return nil
	}, nil, nil)
	return list
}

func (r *reader) readWorkbook(name string) (entries []sheetEntry, err error) {
	err = r.walk(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			r.from1904 = isTrue(attribute(e, "date1904"))
		case "sheet":
			entry := sheetEntry{name: attribute(e, "name"), state: attribute(e, "state")}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" { // r:id
					entry.id = a.Value
				}
			}
			if len(entries) < mostParts {
				entries = append(entries, entry)
			}
		}
		return nil
	}, nil, nil)
	return entries, err
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// readSharedStrings reads the texts that cells point to by number. A text (si) may be split into runs with fonts of
// their own, each in a t; the Japanese reading aids (rPh) among them are left out.
func (r *reader) readSharedStrings(name string) error {
	var text strings.Builder
	inText, inPhonetic := false, false
	size := 0
	return r.walk(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			inText = !inPhonetic
		case "rPh":
			inPhonetic = true
		}
		if size > LargestPart || len(r.shared) > MostCells {
			return tooLarge("too many different texts")
		}
		return nil
	}, func(name string) {
		switch name {
		case "t":
			inText = false
		case "rPh":
			inPhonetic = false
		case "si":
			r.shared = append(r.shared, decodeChars(text.String()))
			text.Reset()
		}
	}, func(words []byte) {
		if inText {
			size += len(words)
			text.Write(words)
		}
	})
}

// decodeChars puts characters in the place of codes such as _x000D_.
func decodeChars(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return charCode.Get().ReplaceAllStringFunc(text, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 16) // cannot fail: charCode matches four hex digits
		return string(rune(n))
	})
}

// readStyles finds out which styles show a number as a day.
func (r *reader) readStyles(name string) error {
	formats, inStyles := map[string]string{}, false
	return r.walk(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if len(formats) < mostParts {
				formats[attribute(e, "numFmtId")] = attribute(e, "formatCode")
			}
		case "cellXfs":
			inStyles = true
		case "xf":
			if inStyles && len(r.styleIsDay) < 1<<16 {
				id := attribute(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				builtIn := n >= 14 && n <= 17 || n == 22 // 18 to 21 show only the time
				r.styleIsDay = append(r.styleIsDay, builtIn || showsDay(formats[id]))
			}
		}
		return nil
	}, func(name string) {
		if name == "cellXfs" {
			inStyles = false
		}
	}, nil)
}

// formatLiterals matches what in a number format is shown as it is, and brackets such as [Red].
var formatLiterals = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)
}}

// showsDay says whether a number format has a year or a day of the month in it.
func showsDay(format string) bool {
	codes := strings.ToLower(formatLiterals.Get().ReplaceAllString(format, ""))
	return strings.ContainsAny(codes, "yd")
}

// currentCell is the cell that is being read.
type currentCell struct {
	row, column int
	open        bool // its start was read, and its end was not; damaged files have ends without a start
	kind, style string
	text        strings.Builder
}

func (r *reader) readSheet(name string) ([][]Value, error) {
	var rows [][]Value
	var merged []cellRange
	var cell currentCell
	filledRows, row, inValue := 0, -1, false
	var failed error // found at the end of a cell; stops the reader at the start of the next element
	err := r.walk(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
				row = n - 1
			}
			cell = currentCell{row: row, column: -1}
		case "c":
			at := cell.column + 1
			if _, column, ok := parseCell(attribute(e, "r")); ok {
				at = column
			}
			cell = currentCell{row: max(row, 0), column: at, open: true}
			cell.kind, cell.style = attribute(e, "t"), attribute(e, "s")
		case "v", "t":
			inValue = true
		case "mergeCell":
			if area, ok := parseRange(attribute(e, "ref")); ok && len(merged) < MostRows {
				merged = append(merged, area)
			}
		}
		return failed
	}, func(name string) {
		switch name {
		case "v", "t":
			inValue = false
		case "c":
			v, whole := r.cellValue(&cell), cell.open
			cell.open = false
			if v.Is == IsNothing || !whole || failed != nil {
				return
			}
			if cell.row >= len(rows) || rows[cell.row] == nil {
				filledRows++
			}
			r.rows += max(0, cell.row+1-len(rows))
			r.cells++
			if filledRows > MostRows || r.rows > mostRowsInAll || cell.column >= MostColumns || r.cells > MostCells {
				failed = tooLarge("more than %d rows, %d columns or %d cells with something in them",
					MostRows, MostColumns, MostCells)
				return
			}
			rows = setCell(rows, cell.row, cell.column, v)
		}
	}, func(words []byte) {
		if inValue {
			cell.text.Write(words)
		}
	})
	if err == nil {
		err = failed // no element follows the last cell
	}
	if err != nil {
		return nil, err
	}
	return r.fillMerged(rows, merged)
}

func setCell(rows [][]Value, row, column int, v Value) [][]Value {
	for len(rows) <= row {
		rows = append(rows, nil)
	}
	for len(rows[row]) <= column {
		rows[row] = append(rows[row], Value{})
	}
	rows[row][column] = v
	return rows
}

// cellValue is what a cell holds, by the kind that the file says it is.
func (r *reader) cellValue(c *currentCell) Value {
	text := c.text.String()
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n >= len(r.shared) {
			return Value{}
		}
		text = r.shared[n]
	case "inlineStr", "str":
		text = decodeChars(text)
	case "d":
		d, err := calendar.Parse(text[:min(len(text), 10)])
		if err == nil {
			return Value{Text: d.String(), Is: IsDay, Day: d}
		}
	case "b":
		text = lists.Pick(strings.TrimSpace(text) == "1", "TRUE", "FALSE")
	case "e":
		return Value{} // an error such as #N/A, which nobody typed
	default:
		return r.numberCell(c, strings.TrimSpace(text))
	}
	if strings.TrimSpace(text) == "" {
		return Value{}
	}
	return Value{Text: text, Is: IsText}
}

func (r *reader) numberCell(c *currentCell, text string) Value {
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
	style, err := strconv.Atoi(c.style)
	if err == nil && style >= 0 && style < len(r.styleIsDay) && r.styleIsDay[style] {
		v.Is, v.Text = IsDay, d.String()
	}
	return v
}

// fillMerged copies the value of the first of some merged cells into the others.
func (r *reader) fillMerged(rows [][]Value, merged []cellRange) ([][]Value, error) {
	for _, m := range merged {
		if m.top >= len(rows) || m.left >= len(rows[m.top]) || rows[m.top][m.left].Is == IsNothing {
			continue
		}
		bottom := min(m.bottom, len(rows)-1) // the rows below that are empty, so the value would tell nothing there
		r.cells += (bottom - m.top + 1) * (m.right - m.left + 1)
		if r.cells > MostCells || m.right >= MostColumns {
			return nil, tooLarge("merged cells cover more than %d", MostCells)
		}
		v := rows[m.top][m.left]
		for row := m.top; row <= bottom; row++ {
			for column := m.left; column <= m.right; column++ {
				rows = setCell(rows, row, column, v)
			}
		}
	}
	return rows, nil
}

// parseCell reads the name of a cell, such as B12; row and column count from 0.
func parseCell(name string) (row, column int, ok bool) {
	match := cellName.Get().FindStringSubmatch(name)
	if match == nil || match[0] != name || len(match[1]) > 3 || len(match[2]) > 7 {
		return 0, 0, false
	}
	for _, letter := range match[1] {
		column = column*26 + int(letter-'A') + 1
	}
	row, _ = strconv.Atoi(match[2])
	return row - 1, column - 1, row > 0
}

// cellRange is a rectangle of cells; all four count from 0 and are inside.
type cellRange struct{ top, left, bottom, right int }

// parseRange reads a range such as A1:C3, or a single cell.
func parseRange(name string) (area cellRange, ok bool) {
	from, to, _ := strings.Cut(name, ":")
	if to == "" {
		to = from
	}
	top, left, ok1 := parseCell(from)
	bottom, right, ok2 := parseCell(to)
	return cellRange{top, left, bottom, right}, ok1 && ok2 && top <= bottom && left <= right
}

// The limits of a workbook. A skills scan has about a hundred rows. These limits let far larger ones through, and stop
// files that were made to use up all memory: gigabytes when unpacked, ten million rows, elements nested without end.
const (
	LargestFile   = 16 << 20 // bytes of the file
	LargestPart   = 12 << 20 // bytes of one part, unpacked
	MostRows      = 20_000   // rows of a sheet with something in them
	MostColumns   = 500      // of a row
	MostCells     = 400_000  // of all sheets, with something in them; each merged cell counts
	Deepest       = 40       // elements nested in each other
	largestToken  = 1 << 20  // bytes of one tag, or of the text between two
	mostParts     = 2_000    // files in the archive
	mostRowsInAll = 200_000  // of all sheets, with the empty ones in between
)

// The errors of Read that tests look for. errTooLarge is wrapped, with the limit that was passed.
var (
	errTooLarge  = errors.New("this workbook is larger than any that people fill in")
	errEncrypted = errors.New("this workbook has a password: take the password off and save it again")
	errOld       = errors.New("this is the older .xls form: open it and save it as an Excel workbook (.xlsx)")
)

func tooLarge(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errTooLarge, fmt.Sprintf(format, a...))
}

// compound begins every Office file from before 2007, and every new one with a password, which also holds
// encryptedName: "EncryptedPackage" in UTF-16.
var (
	compound      = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	encryptedName = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// checkFile refuses what cannot be a workbook, or is too large, before anything is unpacked.
func checkFile(data []byte) error {
	switch {
	case len(data) > LargestFile:
		return tooLarge("%d MB, and %d may be read", len(data)>>20, LargestFile>>20)
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, encryptedName):
		return errEncrypted
	case bytes.HasPrefix(data, compound):
		return errOld
	case !bytes.HasPrefix(data, []byte("PK")):
		return errors.New("this is not an Excel workbook (.xlsx)")
	}
	// The archive ends with the number of its parts, and archive/zip makes room for that many before it reads the
	// first.
	tail := data[max(0, len(data)-1<<16):]
	if at := bytes.LastIndex(tail, []byte("PK\x05\x06")); at >= 0 && at+12 <= len(tail) {
		if n := binary.LittleEndian.Uint16(tail[at+10:]); n > mostParts {
			return tooLarge("%d parts", n)
		}
	}
	return nil
}

// A boundedReader fails once it has read more than a part may hold, or more than largestToken since walk last set
// untilTag.
type boundedReader struct {
	r              io.Reader
	left, untilTag int // bytes
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.left -= n
	b.untilTag -= n
	if b.left < 0 || b.untilTag < 0 {
		return 0, tooLarge("a part of it unpacks to more than %d MB", LargestPart>>20)
	}
	return n, err
}
