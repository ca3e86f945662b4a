package export

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// colour is a colour on paper and in a workbook. A web page has its own in page.css, since it may be dark.
type colour struct{ r, g, b uint8 }

// hex is the colour as RRGGBB.
func (c colour) hex() string { return fmt.Sprintf("%02X%02X%02X", c.r, c.g, c.b) }

// groundOf is the colour behind what has a tone, and inkOn what is written on it. Words always say the same.
var groundOf = lazy.Value[map[doc.Tone]colour]{Make: func() map[doc.Tone]colour {
	return map[doc.Tone]colour{
		doc.ToneOpen: {0xF2, 0xF4, 0xF5}, doc.ToneBehind: {0xFB, 0xE0, 0xD3},
		doc.ToneBelow: {0xFF, 0xF3, 0xCC}, doc.ToneMet: {0xDD, 0xF1, 0xE0},
	}
}}

var inkOn = lazy.Value[map[doc.Tone]colour]{Make: func() map[doc.Tone]colour {
	return map[doc.Tone]colour{
		doc.ToneBehind: {0x7A, 0x2E, 0x0E}, doc.ToneBelow: {0x5C, 0x46, 0x00}, doc.ToneMet: {0x14, 0x53, 0x2D},
	}
}}
