package intake

import (
	"bytes"
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
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	r := &jsonReader{d: d, lists: map[string]*jsonList{}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = r.top(token)
		}
		if err != nil {
			return nil, jsonFault(err)
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

type jsonReader struct {
	d     *json.Decoder
	lists map[string]*jsonList
	order []*jsonList
	cells int
	rows  int
}

// top reads a value that is in nothing else.
func (r *jsonReader) top(token json.Token) error {
	switch token {
	case json.Delim('['):
		return r.objects("")
	case json.Delim('{'):
		return r.object()
	}
	return noObjects()
}

type member struct {
	key string
	v   xlsx.Value
}

// members reads the rest of an object. A list in an object that is in nothing else is a sheet of its own.
func (r *jsonReader) members(outermost bool) (all []member, hasList bool, err error) {
	for r.d.More() {
		named, err := r.d.Token()
		if err != nil {
			return nil, false, err
		}
		key, _ := named.(string)
		token, err := r.d.Token()
		if err != nil {
			return nil, false, err
		}
		if outermost && token == json.Delim('[') {
			hasList = true
			if err := r.objects(key); err != nil {
				return nil, false, err
			}
			continue
		}
		v, err := r.value(token, 1)
		if err != nil {
			return nil, false, err
		}
		if all = append(all, member{key, v}); len(all) > xlsx.MostColumns {
			return nil, false, tooLarge("more than %d keys in an object", xlsx.MostColumns)
		}
	}
	_, err = r.d.Token()
	return all, hasList, err
}

// object reads an object that may hold lists of objects, or be a row itself.
func (r *jsonReader) object() error {
	all, hasList, err := r.members(true)
	if err != nil || hasList {
		return err
	}
	table := ""
	for _, m := range all {
		if m.key == "table" {
			table = m.v.Text
		}
	}
	return r.keep(r.list(table), all)
}

func (r *jsonReader) list(name string) *jsonList {
	l := r.lists[name]
	if l == nil {
		l = &jsonList{name: name, place: map[string]int{}}
		r.lists[name] = l
		r.order = append(r.order, l)
	}
	return l
}

func (r *jsonReader) keep(l *jsonList, all []member) error {
	var row []xlsx.Value
	for _, m := range all {
		row = l.add(m.key, m.v, row)
	}
	r.cells += len(row)
	if r.rows++; r.rows > xlsx.MostRows || len(l.heads) > xlsx.MostColumns || r.cells > xlsx.MostCells ||
		len(r.order) > xlsx.MostColumns {
		return tooLarge("more than %d objects, %d keys or %d values", xlsx.MostRows, xlsx.MostColumns, xlsx.MostCells)
	}
	l.rows = append(l.rows, row)
	return nil
}

// objects reads a list whose beginning was read; what is no object in it is left out.
func (r *jsonReader) objects(name string) error {
	var l *jsonList
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		if token != json.Delim('{') {
			if _, err := r.value(token, 1); err != nil {
				return err
			}
			continue
		}
		if l == nil {
			l = r.list(name)
		}
		all, _, err := r.members(false)
		if err == nil {
			err = r.keep(l, all)
		}
		if err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return err
}

// value is a plain value; a list of these is one text with commas, and what is deeper than that is read and left out.
func (r *jsonReader) value(token json.Token, depth int) (xlsx.Value, error) {
	switch v := token.(type) {
	case string:
		return textCell(v), nil
	case json.Number:
		n, err := v.Float64()
		if err != nil {
			return textCell(v.String()), nil
		}
		return xlsx.Value{Text: v.String(), Number: n, Is: xlsx.IsNumber}, nil
	case bool:
		return textCell(strconv.FormatBool(v)), nil
	case json.Delim:
		if depth++; depth > xlsx.Deepest {
			return xlsx.Value{}, tooLarge("objects more than %d deep", xlsx.Deepest)
		}
		return r.inside(v, depth)
	}
	return xlsx.Value{}, nil
}

func (r *jsonReader) inside(open json.Delim, depth int) (xlsx.Value, error) {
	var texts []string
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return xlsx.Value{}, err
		}
		if open == '{' {
			if token, err = r.d.Token(); err != nil {
				return xlsx.Value{}, err
			}
		}
		v, err := r.value(token, depth)
		if err != nil {
			return xlsx.Value{}, err
		}
		if v.Text != "" && open == '[' && len(texts) < xlsx.MostColumns {
			texts = append(texts, v.Text)
		}
	}
	_, err := r.d.Token()
	return textCell(strings.Join(slices.Compact(texts), ", ")), err
}
