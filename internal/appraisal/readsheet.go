package appraisal

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

const (
	noSheet   = "a sheet begins with the line sheet = 1; make one from the learner's profile"
	levelHint = `write level = 2, or level = "none" with the quotes, or put a # before it`
	dayHint   = "write a day as YYYY-MM-DD without quotes, for example 2026-11-22"
	textHint  = `write text in quotes, like "this"`
)

// ReadSheet reads a rating sheet, filled in or not. The error is a *tomledit.Error with line and column: for a file that is
// no sheet, a standard that is not known here, a code that the standard does not have, a level that is none, a note
// without a level.
func ReadSheet(src []byte, find profile.Find) (Sheet, error) {
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return Sheet{}, plainer(src, err)
	}
	var m map[string]any
	if _, err := toml.Decode(string(src), &m); err != nil {
		return Sheet{}, plainer(src, err)
	}
	r := &sheetReader{doc: doc}
	s := r.sheet(m, find)
	if r.err != nil {
		return Sheet{}, r.err
	}
	return s, nil
}

// plainer gives the place of an error of the parser, and a hint for the slip that hands make most often.
func plainer(src []byte, err error) error {
	out := &tomledit.Error{Pos: tomledit.Pos{Line: 1, Col: 1}, Msg: safetext.Line(err.Error()), Hint: "open the file in an editor and correct this line"}
	var edit *tomledit.Error
	var parse toml.ParseError
	switch {
	case errors.As(err, &edit):
		*out = *edit
	case errors.As(err, &parse):
		out.Pos = tomledit.Pos{Line: parse.Position.Line, Col: max(parse.Position.Col, 1)}
		out.Msg = safetext.Line(parse.Message)
	}
	lines := strings.Split(string(src), "\n")
	if n := out.Pos.Line; n >= 1 && n <= len(lines) && strings.HasPrefix(strings.TrimSpace(lines[n-1]), "level") {
		out.Msg, out.Hint = "this is not a level", levelHint
	}
	return out
}

// sheetReader keeps the first thing that is wrong.
type sheetReader struct {
	doc *tomledit.Doc
	std *standard.Standard
	err error
}

func (r *sheetReader) fail(path []any, hint, format string, args ...any) {
	if r.err != nil {
		return
	}
	pos, ok := r.doc.Pos(path...)
	if !ok {
		pos = tomledit.Pos{Line: 1, Col: 1}
	}
	var key []string
	for _, x := range path {
		key = append(key, safetext.Line(fmt.Sprint(x)))
	}
	r.err = &tomledit.Error{Pos: pos, Key: strings.Join(key, "."), Msg: fmt.Sprintf(format, args...), Hint: hint}
}

func (r *sheetReader) sheet(m map[string]any, find profile.Find) Sheet {
	n, ok := m["sheet"].(int64)
	switch {
	case !ok:
		r.fail([]any{"sheet"}, noSheet, "this is not a rating sheet")
		return Sheet{}
	case n != SheetFormat:
		r.fail([]any{"sheet"}, "update ksbcoach; nothing in the file was changed", "the sheet has format %d, this program reads %d", n, SheetFormat)
		return Sheet{}
	}
	r.keys(nil, "sheet", "id", "standard", "learner", "made", "by", "on", "rating")
	s := Sheet{
		ID: r.text(m, nil, "id").Line(), Standard: r.text(m, nil, "standard").Raw(), Learner: r.text(m, nil, "learner"),
		By: r.text(m, nil, "by"), Made: r.date(m, "made"), On: r.date(m, "on"),
	}
	if r.std = find(s.Standard); r.std == nil {
		r.fail([]any{"standard"}, "ksbcoach standard list shows those it has", "the standard %q is not known here", clipped(s.Standard))
		return Sheet{}
	}
	if s.Learner.Empty() {
		r.fail([]any{"learner"}, "the line learner = \"...\" says whose sheet it is", "the learner's name is missing")
	}
	ratings, ok := m["rating"].(map[string]any)
	if !ok && r.doc.Has("rating") {
		r.fail([]any{"rating"}, "each KSB has a line like [rating.K7] above it", "the ratings have the wrong form")
	}
	for _, id := range r.doc.Keys("rating") {
		s.Rows = append(s.Rows, r.row(ratings, id))
	}
	return s
}

func (r *sheetReader) row(ratings map[string]any, id string) SheetRow {
	path := []any{"rating", id}
	out := SheetRow{KSB: id}
	m, ok := ratings[id].(map[string]any)
	switch {
	case r.std.Place(id) < 0:
		r.fail(path, profile.KnownCodes(r.std), "%s has no KSB %q", r.std.Reference, clipped(id))
		return out
	case !ok:
		r.fail(path, "write [rating."+id+"] and below it level = 2", "a rating has the wrong form")
		return out
	}
	r.keys(path, "level", "note")
	out.Note = r.text(m, path, "note")
	v, ok := m["level"]
	if !ok {
		if !out.Note.Empty() {
			r.fail(append(path, "note"), "add a level, or put a # before the note: a note goes with a level", "%s has a note and no level", id)
		}
		return out
	}
	out.Rated = true
	switch v := v.(type) {
	case int64:
		if v >= 0 && v <= int64(level.Max) {
			out.Level = level.Level(v)
			return out
		}
	case string:
		if v == level.NoOpportunity.String() {
			out.Level = level.NoOpportunity
			return out
		}
	}
	r.fail(append(path, "level"), levelHint, "this is not a level")
	return out
}

// keys refuses the known keys in another case, since they would be overlooked. Others are left alone.
func (r *sheetReader) keys(path []any, known ...string) {
	for _, key := range r.doc.Keys(path...) {
		if slices.Contains(known, key) {
			continue
		}
		if i := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, key) }); i >= 0 {
			r.fail(append(slices.Clone(path), key), "write "+known[i], "keys are written in lower case here")
		}
	}
}

func (r *sheetReader) text(m map[string]any, path []any, key string) safetext.Text {
	v, ok := m[key]
	if !ok {
		return safetext.Text{}
	}
	s, ok := v.(string)
	if !ok {
		r.fail(append(slices.Clone(path), key), textHint, "something else stands where text is wanted")
	}
	return safetext.New(s)
}

func (r *sheetReader) date(m map[string]any, key string) calendar.Date {
	v, ok := m[key]
	if !ok {
		return calendar.Date{}
	}
	// The library marks a plain date by the name of its zone; a date with a time has another.
	t, ok := v.(time.Time)
	if !ok || t.Location().String() != "date-local" {
		r.fail([]any{key}, dayHint, "something else stands where a day is wanted")
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

// clipped is text of the file that is safe and short enough for a message.
func clipped(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	return safetext.Line(s)
}
