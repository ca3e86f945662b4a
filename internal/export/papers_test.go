package export

import "github.com/ksbcoach/ksbcoach/internal/handout"

// Papers lists the formats for documents.
func Papers() (papers []Format) {
	for _, f := range Formats {
		if f.render != nil {
			papers = append(papers, f)
		}
	}
	return papers
}

// Schema and SchemaName are for tests, and for the one that writes docs/report.schema.json.
func Schema(tables []handout.Table) []byte { return schema(tables) }

func SchemaName() string { return schemaName }

var WholeDays = wholeDays
