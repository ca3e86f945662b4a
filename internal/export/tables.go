package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// File is one file of a report.
type File struct {
	Name string
	Data []byte
}

// csvFiles writes each table as a CSV file for a spreadsheet or a database: UTF-8 with a byte order mark, without which
// Excel reads it as another encoding; dates as 2026-11-28; and an apostrophe before a text that a spreadsheet would
// take for a formula.
func csvFiles(tables []handout.Table) ([]File, error) {
	var files []File
	for _, t := range tables {
		var out bytes.Buffer
		out.WriteString("\uFEFF")
		w := csv.NewWriter(&out)
		w.UseCRLF = true
		_ = w.Write(lists.Each(t.Columns, func(c handout.Column) string { return c.Name })) // a buffer cannot fail
		for _, row := range t.Rows {
			_ = w.Write(lists.Each(row, csvValue))
		}
		w.Flush()
		files = append(files, File{t.Name + ".csv", out.Bytes()})
	}
	return files, nil
}

// csvValue writes a value. It relies on package handout to have nil, never "", where there is no text.
func csvValue(v handout.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if strings.HasPrefix(v, "'") || strings.ContainsAny(v[:1], "=+-@\t\r") {
			return "'" + v
		}
		return v
	}
	return fmt.Sprint(v)
}

// ndjson writes each row of each table as a JSON object on a line of its own, with the name of its table under "table".
func ndjson(tables []handout.Table) ([]byte, error) {
	var out bytes.Buffer
	for _, t := range tables {
		begin := `{"table":` + quoted(t.Name)
		keys := keysOf(t, ",", ":")
		for _, row := range t.Rows {
			out.WriteString(begin)
			jsonRow(&out, keys, row)
			out.WriteString("\n")
		}
	}
	return out.Bytes(), nil
}

// schemaName is the address of the schema of a JSON report, docs/report.schema.json in the repository.
const schemaName = "https://github.com/ksbcoach/ksbcoach/blob/main/docs/report.schema.json"

// reportVersion must be raised when a key changes its meaning or is removed, but not when one is added.
const reportVersion = 1

// jsonReport writes all tables into one object, each as a list of objects.
func jsonReport(tables []handout.Table) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"$schema\": %s,\n  \"version\": %d", quoted(schemaName), reportVersion)
	for _, t := range tables {
		fmt.Fprintf(&out, ",\n  %s: [", quoted(t.Name))
		begin := "\n    {"
		keys := keysOf(t, ", ", ": ")
		keys[0] = strings.TrimPrefix(keys[0], ", ")
		for _, row := range t.Rows {
			out.WriteString(begin)
			begin = ",\n    {"
			jsonRow(&out, keys, row)
		}
		if len(t.Rows) > 0 {
			out.WriteString("\n  ")
		}
		out.WriteString("]")
	}
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

// keysOf lists the columns of a table as JSON keys, with text to put before and after each.
func keysOf(t handout.Table, before, after string) []string {
	return lists.Each(t.Columns, func(c handout.Column) string { return before + quoted(c.Name) + after })
}

// jsonRow writes keys and values of a row, and the end of the object.
func jsonRow(out *bytes.Buffer, keys []string, row []handout.Value) {
	for i, v := range row {
		out.WriteString(keys[i])
		out.WriteString(jsonValue(v))
	}
	out.WriteString("}")
}

func jsonValue(v handout.Value) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case calendar.Date:
		return quoted(v.String())
	case string:
		return quoted(v)
	}
	return fmt.Sprint(v)
}

// quoted writes a text as a JSON string that is also safe inside a web page.
func quoted(s string) string {
	if plainJSON(s) {
		return `"` + s + `"`
	}
	data, _ := json.Marshal(s) // a string cannot fail
	return string(data)
}

// plainJSON reports whether a text needs no escapes in JSON. Most texts need none, and quoted is faster for them.
func plainJSON(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// schema describes in JSON Schema what jsonReport writes.
func schema(tables []handout.Table) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": %s,
  "title": "A learner's record as ksbcoach report --format json writes it",
  "description": "What is null is not known, or left out since it was not included by name.",
  "type": "object",
  "required": ["version"`, quoted(schemaName))
	for _, t := range tables {
		out.WriteString(", " + quoted(t.Name))
	}
	fmt.Fprintf(&out, "],\n  \"properties\": {\n    \"$schema\": {\"type\": \"string\"},\n    \"version\": "+
		"{\"const\": %d}", reportVersion)
	for _, t := range tables {
		keys := keysOf(t, "", "")
		fmt.Fprintf(&out, ",\n    %s: {\n      \"description\": %s,\n      \"type\": \"array\",\n      \"items\": {\n",
			quoted(t.Name), quoted(t.About))
		fmt.Fprintf(&out, "        \"type\": \"object\",\n        \"required\": [%s],\n        \"properties\": {",
			strings.Join(keys, ", "))
		for i, c := range t.Columns {
			keys[i] = fmt.Sprintf("\n          %s: {\"description\": %s, %s}", keys[i], quoted(c.Means),
				schemaTypes.Get()[c.Type])
		}
		out.WriteString(strings.Join(keys, ",") + "\n        }\n      }\n    }")
	}
	out.WriteString("\n  }\n}\n")
	return out.Bytes()
}

var schemaTypes = lazy.Value[map[handout.Type]string]{Make: func() map[handout.Type]string {
	return map[handout.Type]string{
		handout.Text:   `"type": ["string", "null"]`,
		handout.Number: `"type": ["integer", "null"]`,
		handout.Day:    `"type": ["string", "null"], "format": "date"`,
		handout.Yes:    `"type": ["boolean", "null"]`,
	}
}}
