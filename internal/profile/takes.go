package profile

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// OffJob says whether an action normally counts as off-the-job training. The provider has the last word.
type OffJob string

// The answers: offJobAsk is for what is part learning and part the day's work.
const (
	offJobYes OffJob = "yes"
	offJobNo  OffJob = "no"
	offJobAsk OffJob = "ask"
)

// OffJobs are all the answers.
var OffJobs = []OffJob{offJobYes, offJobNo, offJobAsk}

// MaxMinutes is more than any action of a working week takes: 100 hours.
const MaxMinutes = 6000

// Says is the answer in words, or "" for none.
func (o OffJob) Says() string {
	switch o {
	case offJobYes:
		return "normally counts as off-the-job training"
	case offJobNo:
		return "not off-the-job training"
	case offJobAsk:
		return "ask your provider whether it counts as off-the-job training"
	}
	return ""
}

// Takes says how much time something takes and whether that normally counts as off-the-job training, or "" if neither
// is known.
func Takes(minutes int, o OffJob) string {
	if minutes == 0 {
		return o.Says()
	}
	says := fmt.Sprintf("about %d minutes", minutes)
	if o.Says() != "" {
		says += ", " + o.Says()
	}
	return says
}

// Takes says what an action takes.
func (a Action) Takes() string { return Takes(a.Minutes, a.OffJob) }

// Anew is an open action, with its own ID, that continues this one. If the words are new it is a different piece of
// work, whose time is not known yet.
func (a Action) Anew(id string, words safetext.Text) Action {
	if words != a.Text {
		a.Minutes, a.OffJob = 0, ""
	}
	a.ID, a.Text, a.Status = id, words, ActionOpen
	a.Note, a.Closed = safetext.Text{}, Action{}.Closed
	return a
}
