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

// LargestFile is how many bytes a file may have: as a workbook, whose other limits hold for all forms too.
const LargestFile = xlsx.LargestFile

// knownForms is what to try with a file that is none of those that are read.
const knownForms = "a skills scan is an Excel workbook (.xlsx), CSV or JSON; in the program that made it, save it as " +
	"one of these"

func tooLarge(format string, a ...any) error {
	return refused("this file is larger than any skills scan: "+fmt.Sprintf(format, a...),
		"save the sheet with the ratings alone, and take that in")
}

// Read is the sheets of a file, by what is in it and not by its name: a workbook, JSON, or else CSV.
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
	text, err := decoded(data)
	if err != nil {
		return nil, err
	}
	if strings.Contains(text, "\n[learner]") && strings.Contains(text, "format = ") {
		return nil, refused("this is a profile or a rating sheet of ksbcoach",
			"ksbcoach sheet take FILE takes in a rating sheet that a mentor filled")
	}
	if begin := strings.TrimSpace(text[:min(len(text), 1000)]); begin == "" {
		return nil, refused("this file is empty", "name the file with the ratings")
	} else if strings.HasPrefix(begin, "{") || strings.HasPrefix(begin, "[") {
		return readJSON(text)
	}
	return readCSV(text)
}

// decoded is the text of a file: UTF-8, UTF-16 with or without its mark, or else what Windows writes in Western Europe.
func decoded(data []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF")); ok {
		data = rest
	}
	wide := func(order binary.ByteOrder) string {
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		return strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
	}
	head := data[:min(len(data), 200)]
	evens, odds := 0, 0
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
		text = wide(binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")), evens > len(head)/4 && odds == 0:
		text = wide(binary.BigEndian)
	case utf8.Valid(data):
		text = string(data)
	default:
		text = windows(data)
	}
	if strings.ContainsRune(text, 0) || bytes.HasPrefix(data, []byte("%PDF")) || steering(text) {
		return "", refused("this is no workbook, CSV or JSON", knownForms)
	}
	return text, nil
}

// steering says whether a text is none: a table has tabs and line ends, and hardly another control character.
func steering(text string) bool {
	n, all := 0, 0
	for _, r := range text[:min(len(text), 4000)] {
		if all++; r < ' ' && !strings.ContainsRune("\t\n\r\f\v", r) {
			n++
		}
	}
	return n > 1+all/50
}

// western are the characters of Windows-1252 from 0x80 to 0x9F; the others are those of Unicode.
const western = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"

func windows(data []byte) string {
	high := []rune(western)
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

// readCSV reads rows divided by line ends and cells divided by what the file uses most evenly.
func readCSV(text string) ([]xlsx.Table, error) {
	comma, rest := divider(text)
	if strings.Count(rest, string(comma)) > 2*xlsx.MostCells {
		return nil, tooLarge("more than %d cells", xlsx.MostCells)
	}
	r := csv.NewReader(strings.NewReader(rest))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	var rows [][]xlsx.Value
	cells, records := 0, 0
	above := strings.Count(text[:len(text)-len(rest)], "\n") // lines that are not read
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
		if line += above; line > 10*xlsx.MostRows {
			return nil, tooLarge("more than %d lines", 10*xlsx.MostRows)
		}
		for len(rows) < line-1 { // so that a row is where an editor shows it
			rows = append(rows, nil)
		}
		cells += len(record)
		if records++; records > xlsx.MostRows || len(record) > xlsx.MostColumns || cells > xlsx.MostCells {
			return nil, tooLarge("more than %d rows, %d columns or %d cells", xlsx.MostRows, xlsx.MostColumns,
				xlsx.MostCells)
		}
		rows = append(rows, lists.Each(record, func(s string) xlsx.Value {
			return textCell(strings.ToValidUTF8(unescaped(s), "\uFFFD"))
		}))
	}
	return []xlsx.Table{{Rows: rows}}, nil
}

// unescaped takes off the apostrophe that keeps a spreadsheet from taking a text for a formula.
func unescaped(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(s[1])) {
		return s[1:]
	}
	return s
}

// divider is the sign between the cells, and the text below a line that only names it, as Excel reads it.
func divider(text string) (rune, string) {
	first, rest, _ := strings.Cut(text, "\n")
	if named := strings.TrimRight(first, "\r"); len(named) == 5 && strings.HasPrefix(strings.ToLower(named), "sep=") &&
		strings.ContainsRune(",;\t|", rune(named[4])) {
		return rune(named[4]), rest
	}
	best, most := ',', 0
	for _, sign := range ",;\t|" {
		if n := even(text, sign); n > most {
			best, most = sign, n
		}
	}
	return best, text
}

// even is how many of the first lines have as many of a sign, outside quotation marks, as most that have it.
func even(text string, sign rune) int {
	const lines = 30
	counts := map[int]int{}
	n, quoted, line := 0, false, 0
	for _, r := range text[:min(len(text), 1<<16)] {
		switch {
		case r == '"':
			quoted = !quoted
		case r == sign && !quoted:
			n++
		case r == '\n' && !quoted:
			counts[n]++
			n = 0
			line++
		}
		if line == lines {
			break
		}
	}
	counts[n]++
	best := 0
	for n, times := range counts {
		if n > 0 {
			best = max(best, 100*times+min(n, 99))
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

// jsonList is one list of objects in JSON, as a sheet.
type jsonList struct {
	name  string
	heads []string
	place map[string]int
	rows  [][]xlsx.Value
}

func (l *jsonList) add(key string, v xlsx.Value, row []xlsx.Value) []xlsx.Value {
	at, ok := l.place[key]
	if !ok {
		at = len(l.heads)
		l.place[key] = at
		l.heads = append(l.heads, key)
	}
	for len(row) <= at {
		row = append(row, xlsx.Value{})
	}
	row[at] = v
	return row
}

// readJSON reads a list of objects; an object with lists of objects in it, each of which is a sheet; or an object a
// line, which may name its table.
func readJSON(text string) ([]xlsx.Table, error) {
	r := &jsonReader{d: json.NewDecoder(strings.NewReader(text)), lists: map[string]*jsonList{}}
	r.d.UseNumber()
	for {
		token := r.next()
		if errors.Is(r.err, io.EOF) { // between two values: further in it is an end that comes too early
			break
		}
		switch token {
		case json.Delim('['):
			r.objects("")
		case json.Delim('{'):
			r.object()
		default:
			r.fail(noObjects())
		}
		if r.err != nil {
			return nil, jsonFault(r.err)
		}
	}
	var tables []xlsx.Table
	for _, l := range r.order {
		heads := lists.Each(l.heads, textCell)
		tables = append(tables, xlsx.Table{Name: l.name, Rows: append([][]xlsx.Value{heads}, l.rows...)})
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

func jsonFault(err error) error {
	if _, ok := errors.AsType[*Refused](err); ok {
		return err
	}
	says := strings.TrimPrefix(err.Error(), "json: ")
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		says = "it ends too early"
	}
	return refused("this JSON is broken: "+says, "have the program that made it write it again")
}

// A jsonReader reads until its first error, after which there is nothing more.
type jsonReader struct {
	d     *json.Decoder
	lists map[string]*jsonList
	order []*jsonList
	cells int
	rows  int
	err   error
}

func (r *jsonReader) more() bool { return r.err == nil && r.d.More() }

func (r *jsonReader) next() (token json.Token) {
	if r.err == nil {
		token, r.err = r.d.Token()
	}
	return token
}

func (r *jsonReader) fail(err error) { r.err = cmp.Or(r.err, err) }

type member struct {
	key string
	v   xlsx.Value
}

// members reads the rest of an object. A list in an object that is in nothing else is a sheet of its own.
func (r *jsonReader) members(outermost bool) (all []member, hasList bool) {
	for r.more() {
		key, _ := r.next().(string)
		token := r.next()
		if outermost && token == json.Delim('[') {
			hasList = true
			r.objects(key)
			continue
		}
		if all = append(all, member{key, r.value(token, 1)}); len(all) > xlsx.MostColumns {
			r.fail(tooLarge("more than %d keys in an object", xlsx.MostColumns))
		}
	}
	r.next()
	return all, hasList
}

// object reads an object that may hold lists of objects, or be a row itself.
func (r *jsonReader) object() {
	all, hasList := r.members(true)
	if hasList {
		return
	}
	table := ""
	for _, m := range all {
		if m.key == "table" {
			table = m.v.Text
		}
	}
	r.keep(table, all)
}

// keep adds a row to the list with a name.
func (r *jsonReader) keep(name string, all []member) {
	if r.err != nil {
		return
	}
	l := r.lists[name]
	if l == nil {
		l = &jsonList{name: name, place: map[string]int{}}
		r.lists[name] = l
		r.order = append(r.order, l)
	}
	var row []xlsx.Value
	for _, m := range all {
		row = l.add(m.key, m.v, row)
	}
	r.cells += len(row)
	if r.rows++; r.rows > xlsx.MostRows || len(l.heads) > xlsx.MostColumns || r.cells > xlsx.MostCells ||
		len(r.order) > xlsx.MostColumns {
		r.fail(tooLarge("more than %d objects, %d keys or %d values", xlsx.MostRows, xlsx.MostColumns, xlsx.MostCells))
	}
	l.rows = append(l.rows, row)
}

// objects reads a list whose beginning was read; what is no object in it is left out.
func (r *jsonReader) objects(name string) {
	for r.more() {
		token := r.next()
		if token != json.Delim('{') {
			r.value(token, 1)
			continue
		}
		all, _ := r.members(false)
		r.keep(name, all)
	}
	r.next()
}

// value is a plain value; a list of these is one text with commas, and what is deeper than that is read and left out.
func (r *jsonReader) value(token json.Token, depth int) xlsx.Value {
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
			return r.inside(v, depth)
		}
		r.fail(tooLarge("objects more than %d deep", xlsx.Deepest))
	}
	return xlsx.Value{}
}

func (r *jsonReader) inside(open json.Delim, depth int) xlsx.Value {
	var texts []string
	for r.more() {
		token := r.next()
		if open == '{' {
			token = r.next()
		}
		v := r.value(token, depth)
		if v.Text != "" && open == '[' && len(texts) < xlsx.MostColumns {
			texts = append(texts, v.Text)
		}
	}
	r.next()
	return textCell(strings.Join(slices.Compact(texts), ", "))
}
