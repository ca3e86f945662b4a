package plan

import (
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
)

// OrderFor is what comes first, where gaps press alike, for somebody in a field, or in the zero Field.
func OrderFor(fields *coaching.Fields, own coaching.Field) gap.Order {
	o := gap.Order{Safety: fields.Safety, Field: own.First, Long: fields.Long}
	if own.ID != "" && !own.Patients {
		o.Last = fields.Met
	}
	return o
}
