// Package seeds embeds everything a domain expert may edit: the standard, the words of the levels, the coaching, the
// fact cards, the models and the sample learner. It holds the bytes only; internal/library reads them.
package seeds

import "embed"

//go:generate go run ../internal/gen/standard

// FS holds the content files under the names they have in this folder.
//
//go:embed ST0413.txt levels.toml reflection.toml appraisal.toml demo.toml st0413
var FS embed.FS
