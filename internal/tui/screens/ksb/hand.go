package ksb

import "github.com/ksbcoach/ksbcoach/internal/tui/ui"

// InHand is the KSB of the page.
func (s *Screen) InHand(c *ui.Context) ui.Hand { return ui.Holding(c, s.ksb) }
