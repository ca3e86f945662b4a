package export

import "github.com/ksbcoach/ksbcoach/internal/handout"

// Papers are the formats of documents; the others are made of tables.
func Papers() (papers []Format) {
	for _, f := range Formats {
		if f.render != nil {
			papers = append(papers, f)
		}
	}
	return papers
}

// Schema and SchemaName are for the tests of what is written, and for docs/report.schema.json.
func Schema(tables []handout.Table) []byte { return schema(tables) }

func SchemaName() string { return schemaName }

// WholeDays keeps each day in one line of a page.
var WholeDays = wholeDays
