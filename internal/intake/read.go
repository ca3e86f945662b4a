package intake

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// LargestFile is the most bytes that a file may have. It and the other limits of workbooks apply to CSV and JSON too.
const LargestFile = xlsx.LargestFile

// knownForms is what to try with a file of another kind.
const knownForms = "a skills scan is an Excel workbook (.xlsx), CSV or JSON; in the program that made it, save it as " +
	"one of these"

func tooLarge(format string, a ...any) error {
	return refused("this file is larger than any skills scan: "+fmt.Sprintf(format, a...),
		"save the sheet with the ratings alone, and take that in")
}

// Read reads the sheets of a workbook, JSON or CSV. It goes by the content and not by the name of the file. The error
// is a *Refused.
func Read(data []byte) ([]xlsx.Table, error) {
	switch {
	case len(data) > LargestFile:
		return nil, tooLarge("%d MB, and %d may be read", len(data)>>20, LargestFile>>20)
	case bytes.HasPrefix(data, []byte("PK")) && bytes.Contains(data[:min(len(data), 200)], []byte("opendocument")):
		return nil, refused("this is an OpenDocument file",
			"open it and save it as an Excel workbook (.xlsx) or as CSV")
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		tables, err := xlsx.Read(data)
		if err != nil {
			return nil, refused(err.Error(), knownForms)
		}
		return tables, nil
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if strings.Contains(text, "\n[learner]") && strings.Contains(text, "format = ") {
		return nil, refused("this is a profile or a rating sheet of ksbcoach",
			"ksbcoach sheet take FILE takes in a rating sheet that a mentor filled")
	}
	begin := strings.TrimSpace(text[:min(len(text), 1000)])
	switch {
	case begin == "":
		return nil, refused("this file is empty", "name the file with the ratings")
	case begin[0] == '{' || begin[0] == '[':
		return readJSON(text)
	}
	return readCSV(text)
}

// decodeText reads a text in UTF-8, or in UTF-16 with or without a byte order mark, or else in Windows-1252, as Excel
// writes CSV in Western Europe.
func decodeText(data []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF")); ok {
		data = rest
	}
	fromUTF16 := func(order binary.ByteOrder) string {
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		return strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
	}
	head := data[:min(len(data), 200)]
	evens, odds := 0, 0 // zero bytes, of which UTF-16 has one for each letter
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			evens++
		} else if b == 0 {
			odds++
		}
	}
	var text string
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), odds > len(head)/4 && evens == 0:
		text = fromUTF16(binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), evens > len(head)/4 && odds == 0:
		text = fromUTF16(binary.BigEndian)
	case utf8.Valid(data):
		text = string(data)
	default:
		text = decodeWindows1252(data)
	}
	if strings.ContainsRune(text, 0) || bytes.HasPrefix(data, []byte("%PDF")) || looksBinary(text) {
		return "", refused("this is not a workbook, CSV or JSON", knownForms)
	}
	return text, nil
}

// looksBinary says whether more than a few characters are control characters other than tabs and line ends.
func looksBinary(text string) bool {
	controls, all := 0, 0
	for _, r := range text[:min(len(text), 4000)] {
		all++
		if r < ' ' && !strings.ContainsRune("\t\n\r\f\v", r) {
			controls++
		}
	}
	return controls > 1+all/50
}

// windows1252 lists the characters 0x80 to 0x9F of Windows-1252; the others are the same in Unicode.
const windows1252 = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"

func decodeWindows1252(data []byte) string {
	high := []rune(windows1252)
	var out strings.Builder
	for _, b := range data {
		if b >= 0x80 && b < 0xA0 {
			out.WriteRune(high[b-0x80])
		} else {
			out.WriteRune(rune(b))
		}
	}
	return out.String()
}

// readCSV reads a text of cells with separators between them; see findSeparator.
func readCSV(text string) ([]xlsx.Table, error) {
	separator, body := findSeparator(text)
	if strings.Count(body, string(separator)) > 2*xlsx.MostCells {
		return nil, tooLarge("more than %d cells", xlsx.MostCells)
	}
	r := csv.NewReader(strings.NewReader(body))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator, true, -1, true
	var rows [][]xlsx.Value
	cells, records := 0, 0
	skipped := strings.Count(text[:len(text)-len(body)], "\n") // lines before the body
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refused("this CSV cannot be read: "+err.Error(),
				"open it in a spreadsheet and save it as CSV (UTF-8) again")
		}
		line, _ := r.FieldPos(0)
		line += skipped
		if line > 10*xlsx.MostRows {
			return nil, tooLarge("more than %d lines", 10*xlsx.MostRows)
		}
		for len(rows) < line-1 { // so that a row has the same number as its line in an editor
			rows = append(rows, nil)
		}
		cells += len(record)
		records++
		if records > xlsx.MostRows || len(record) > xlsx.MostColumns || cells > xlsx.MostCells {
			return nil, tooLarge("more than %d rows, %d columns or %d cells", xlsx.MostRows, xlsx.MostColumns,
				xlsx.MostCells)
		}
		rows = append(rows, lists.Each(record, func(s string) xlsx.Value {
			return textCell(strings.ToValidUTF8(withoutApostrophe(s), "\uFFFD"))
		}))
	}
	return []xlsx.Table{{Rows: rows}}, nil
}

// withoutApostrophe removes the apostrophe that stops a spreadsheet from reading a text as a formula.
func withoutApostrophe(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(s[1])) {
		return s[1:]
	}
	return s
}

const separators = ",;\t|"

// findSeparator finds the separator between cells, and the text that is to be read: Excel allows a first line such as
// sep=; that only names the separator.
func findSeparator(text string) (rune, string) {
	first, rest, _ := strings.Cut(text, "\n")
	named, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(first, "\r")), "sep=")
	if ok && len(named) == 1 && strings.Contains(separators, named) {
		return rune(named[0]), rest
	}
	best, bestScore := ',', 0
	for _, separator := range separators {
		if n := separatorScore(text, separator); n > bestScore {
			best, bestScore = separator, n
		}
	}
	return best, text
}

// separatorScore is how evenly the first lines use a separator: 100 for each line with the commonest number of them,
// and up to 99 for that number.
func separatorScore(text string, separator rune) int {
	const lines = 30
	counts := map[int]int{}
	count, quoted, line := 0, false, 0
	for _, r := range text[:min(len(text), 1<<16)] {
		switch {
		case r == '"':
			quoted = !quoted
		case r == separator && !quoted:
			count++
		case r == '\n' && !quoted:
			counts[count]++
			count = 0
			line++
		}
		if line == lines {
			break
		}
	}
	counts[count]++
	best := 0
	for count, times := range counts {
		if count > 0 {
			best = max(best, 100*times+min(count, 99))
		}
	}
	return best
}

func textCell(s string) xlsx.Value {
	if strings.TrimSpace(s) == "" {
		return xlsx.Value{}
	}
	return xlsx.Value{Text: s, Is: xlsx.IsText}
}

// jsonTable is one list of objects in JSON, to be read like a sheet: its keys are the headings.
type jsonTable struct {
	name    string
	keys    []string
	columns map[string]int
	rows    [][]xlsx.Value
}

func (t *jsonTable) set(key string, v xlsx.Value, row []xlsx.Value) []xlsx.Value {
	at, ok := t.columns[key]
	if !ok {
		at = len(t.keys)
		t.columns[key] = at
		t.keys = append(t.keys, key)
	}
	for len(row) <= at {
		row = append(row, xlsx.Value{})
	}
	row[at] = v
	return row
}

// readJSON reads a list of objects; or an object with lists of objects in it, each of which becomes a sheet; or one
// object a line, whose key table may name its sheet.
func readJSON(text string) ([]xlsx.Table, error) {
	r := &jsonReader{d: json.NewDecoder(strings.NewReader(text)), tables: map[string]*jsonTable{}}
	r.d.UseNumber()
	for {
		token := r.next()
		if errors.Is(r.err, io.EOF) { // at the end of a value; within one it is io.ErrUnexpectedEOF, or found below
			break
		}
		switch token {
		case json.Delim('['):
			r.readList("")
		case json.Delim('{'):
			r.readObject()
		default:
			r.fail(noObjects())
		}
		if r.err != nil {
			return nil, jsonError(r.err)
		}
	}
	var tables []xlsx.Table
	for _, t := range r.order {
		heads := lists.Each(t.keys, textCell)
		tables = append(tables, xlsx.Table{Name: t.name, Rows: append([][]xlsx.Value{heads}, t.rows...)})
	}
	if len(tables) == 0 {
		return nil, noObjects()
	}
	return tables, nil
}

func noObjects() error {
	return refused("this JSON holds no list of objects",
		"each rating is an object such as {\"ksb\": \"K7\", \"self\": 2}, in a list")
}

func jsonError(err error) error {
	if _, ok := errors.AsType[*Refused](err); ok {
		return err
	}
	says := strings.TrimPrefix(err.Error(), "json: ")
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		says = "it ends too early"
	}
	return refused("this JSON is broken: "+says, "have the program that made it write it again")
}

// A jsonReader keeps its first error, after which all its methods do nothing. So the callers need not check for errors.
type jsonReader struct {
	d      *json.Decoder
	tables map[string]*jsonTable
	order  []*jsonTable
	cells  int
	rows   int
	err    error
}

func (r *jsonReader) hasMore() bool { return r.err == nil && r.d.More() }

func (r *jsonReader) next() (token json.Token) {
	if r.err == nil {
		token, r.err = r.d.Token()
	}
	return token
}

func (r *jsonReader) fail(err error) { r.err = cmp.Or(r.err, err) }

type member struct {
	key   string
	value xlsx.Value
}

// readMembers reads an object whose brace was read. A list in an outermost object becomes a sheet of its own.
func (r *jsonReader) readMembers(outermost bool) (all []member, hasList bool) {
	for r.hasMore() {
		key, _ := r.next().(string)
		token := r.next()
		if outermost && token == json.Delim('[') {
			hasList = true
			r.readList(key)
			continue
		}
		all = append(all, member{key, r.readValue(token, 1)})
		if len(all) > xlsx.MostColumns {
			r.fail(tooLarge("more than %d keys in an object", xlsx.MostColumns))
		}
	}
	r.next()
	return all, hasList
}

// readObject reads an outermost object, which either holds lists of objects or is a row itself.
func (r *jsonReader) readObject() {
	all, hasList := r.readMembers(true)
	if hasList {
		return
	}
	table := ""
	for _, m := range all {
		if m.key == "table" {
			table = m.value.Text
		}
	}
	r.addRow(table, all)
}

// addRow adds a row to the table with this name.
func (r *jsonReader) addRow(name string, all []member) {
	if r.err != nil {
		return
	}
	table := r.tables[name]
	if table == nil {
		table = &jsonTable{name: name, columns: map[string]int{}}
		r.tables[name] = table
		r.order = append(r.order, table)
	}
	var row []xlsx.Value
	for _, m := range all {
		row = table.set(m.key, m.value, row)
	}
	r.cells += len(row)
	r.rows++
	if r.rows > xlsx.MostRows || len(table.keys) > xlsx.MostColumns || r.cells > xlsx.MostCells ||
		len(r.order) > xlsx.MostColumns {
		r.fail(tooLarge("more than %d objects, %d keys or %d values", xlsx.MostRows, xlsx.MostColumns, xlsx.MostCells))
	}
	table.rows = append(table.rows, row)
}

// readList reads a list whose bracket was read, as rows of the table with this name. It leaves out what is no object.
func (r *jsonReader) readList(name string) {
	for r.hasMore() {
		token := r.next()
		if token != json.Delim('{') {
			r.readValue(token, 1)
			continue
		}
		all, _ := r.readMembers(false)
		r.addRow(name, all)
	}
	r.next()
}

// readValue reads a value that begins with this token. A list becomes one text with commas; objects are left out.
func (r *jsonReader) readValue(token json.Token, depth int) xlsx.Value {
	switch v := token.(type) {
	case string:
		return textCell(v)
	case json.Number:
		n, err := v.Float64()
		if err != nil {
			return textCell(v.String())
		}
		return xlsx.Value{Text: v.String(), Number: n, Is: xlsx.IsNumber}
	case bool:
		return textCell(strconv.FormatBool(v))
	case json.Delim:
		if depth++; depth <= xlsx.Deepest {
			return r.readNested(v, depth)
		}
		r.fail(tooLarge("objects more than %d deep", xlsx.Deepest))
	}
	return xlsx.Value{}
}

func (r *jsonReader) readNested(open json.Delim, depth int) xlsx.Value {
	var texts []string
	for r.hasMore() {
		token := r.next()
		if open == '{' {
			token = r.next()
		}
		v := r.readValue(token, depth)
		if v.Text != "" && open == '[' && len(texts) < xlsx.MostColumns {
			texts = append(texts, v.Text)
		}
	}
	r.next()
	return textCell(strings.Join(slices.Compact(texts), ", "))
}
