package appraisal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

const (
	noSheet   = "a sheet begins with the line sheet = 1; make one from the learner's profile"
	levelHint = `write level = 2, or level = "none" with the quotes, or take the line out`
	dayHint   = "write a day as YYYY-MM-DD without quotes, for example 2026-11-22"
	textHint  = `write text in quotes, like "this"`
	quoteHint = `within a text write single quotes: note = "said 'fine' to her"`
	markHint  = "take the # away, or take out what stands behind the ="
	nameHint  = "it is written by the program, such as l-7f3k9m2x; have the sheet sent again, or take the line out"
)

// SheetFaults are what is wrong with a sheet, in the order of its lines, ten at most. One is never empty.
type SheetFaults []*tomledit.Error

const mostFaults = 10

func (f SheetFaults) Error() string { return f[0].Error() }

// Hint is what to try about the first of them.
func (f SheetFaults) Hint() string { return f[0].Hint }

// Unwrap gives each of them.
func (f SheetFaults) Unwrap() []error {
	out := make([]error, len(f))
	for i, x := range f {
		out[i] = x
	}
	return out
}

// sorted puts faults into the order of the file and leaves out what is more than a reader takes in.
func (f SheetFaults) sorted() SheetFaults {
	slices.SortStableFunc(f, func(a, b *tomledit.Error) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	return f[:min(len(f), mostFaults)]
}

// ReadSheet reads a rating sheet, filled in or not. The error is SheetFaults, or a *tomledit.Error where the file is no
// TOML, each with line and column: for a file that is no sheet, a standard that is not known here, a code that the standard does not have, a level that is none, a note
// without a level, a line that was filled in and still begins with #.
func ReadSheet(src []byte, find file.Find) (Sheet, error) {
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
	if r.std != nil {
		r.left(string(src), s.Made)
	}
	if len(r.faults) > 0 {
		return Sheet{}, r.faults.sorted()
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
	if n := out.Pos.Line; n >= 1 && n <= len(lines) {
		key, value, _ := strings.Cut(lines[n-1], "=")
		switch key, value = strings.TrimSpace(key), strings.TrimSpace(value); {
		case key == "level" && !goodLevel.MatchString(value): // a good one stands twice
			out.Msg, out.Hint = notALevel+clipped(value), levelHint
		case loneLevel.MatchString(key) && value == "":
			out.Hint = levelHint
		case (key == "note" || key == "by") && strings.HasPrefix(value, `"`) && strings.Count(value, `"`) > 2:
			out.Hint = quoteHint
		case key == "on" || key == "made":
			if says := noDay(value); says != "" {
				out.Msg, out.Hint = says+": "+clipped(value), dayHint
			}
		}
	}
	return out
}

var goodLevel = regexp.MustCompile(`^([0-4]|"none")\s*(#.*)?$`)

// loneLevel is a level without its =.
var loneLevel = regexp.MustCompile(`^(level)?\s*:?\s*([0-9]|"?none"?)$`)

// noDay says what is wrong with the day that stands behind a key; "" for a good one, which stands twice.
func noDay(value string) string {
	day, _, _ := strings.Cut(value, "#")
	switch _, err := calendar.Parse(strings.TrimSpace(day)); {
	case errors.Is(err, calendar.ErrForm):
		return "this is not a day"
	case err != nil:
		return err.Error()
	}
	return ""
}

// sheetReader keeps what is wrong.
type sheetReader struct {
	doc    *tomledit.Doc
	std    *standard.Standard
	faults SheetFaults
}

func (r *sheetReader) fail(path []any, hint, format string, args ...any) {
	pos, ok := r.doc.Pos(path...)
	if !ok {
		pos, path = tomledit.Pos{Line: 1, Col: 1}, nil
	}
	r.failAt(pos, path, hint, format, args...)
}

func (r *sheetReader) failAt(pos tomledit.Pos, path []any, hint, format string, args ...any) {
	var key []string
	for _, x := range path {
		key = append(key, clipped(fmt.Sprint(x)))
	}
	r.faults = append(r.faults, &tomledit.Error{Pos: pos, Key: strings.Join(key, "."), Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// sheetLine is the line that makes a file a sheet.
var sheetLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*sheet[ \t]*=`) })

// IsSheet says whether a file is, or is meant to be, a rating sheet and not a profile, even if it cannot be read.
func IsSheet(src []byte) bool {
	head, _, _ := bytes.Cut(src, []byte("\n["))
	return sheetLine().Match(head)
}

func (r *sheetReader) sheet(m map[string]any, find file.Find) Sheet {
	n, ok := m["sheet"].(int64)
	switch {
	case !ok:
		r.fail([]any{"sheet"}, noSheet, "this is not a rating sheet")
		return Sheet{}
	case n != SheetFormat:
		r.fail([]any{"sheet"}, "update ksbcoach; nothing in the file was changed", "the sheet has format %d, this program reads %d", n, SheetFormat)
		return Sheet{}
	}
	r.keys(nil, "sheet", "id", "standard", "learner", "learner_id", "made", "by", "on", "rating")
	s := Sheet{
		ID: r.text(m, nil, "id").Line(), Standard: r.text(m, nil, "standard").Raw(), Learner: r.text(m, nil, "learner"),
		By: r.text(m, nil, "by"), Made: r.date(m, "made"), On: r.date(m, "on"),
	}
	if r.std = find(s.Standard); r.std == nil {
		r.fail([]any{"standard"}, "ksbcoach standard list shows those it has", "the standard %q is not known here", clipped(s.Standard))
		return Sheet{}
	}
	if s.LearnerID = r.text(m, nil, "learner_id").Raw(); r.doc.Has("learner_id") && !profile.ValidID(s.LearnerID) {
		r.fail([]any{"learner_id"}, nameHint, "%q is not an id", clipped(s.LearnerID))
	}
	if s.Learner.Empty() && !r.otherCase("learner") {
		r.fail([]any{"learner"}, "the line learner = \"...\" says whose sheet it is", "the learner's name is missing")
	}
	s.onAt, _ = r.doc.Pos("on")
	r.mentor(s)
	ratings, ok := m["rating"].(map[string]any)
	if !ok && r.doc.Has("rating") {
		r.fail([]any{"rating"}, "each KSB has a line like [rating.K7] above it", "the ratings have the wrong form")
	}
	for _, id := range r.doc.Keys("rating") {
		s.Rows = append(s.Rows, r.row(ratings, id))
	}
	return s
}

// mentor refuses a name that is none, and a day on which there was no sheet yet.
func (r *sheetReader) mentor(s Sheet) {
	if IsBlankName(s.By) {
		r.fail([]any{"by"}, "write the mentor's name between the quotes", "%s still stands where the mentor's name goes", blankName)
	}
	if profile.MayRate(s.By) != nil {
		r.fail([]any{"by"}, "write the mentor's name between the quotes; the day goes behind on =", "%q is not the name of anybody", clipped(s.By.Raw()))
	}
	if !s.On.IsZero() && s.On.Before(s.Made) {
		r.fail([]any{"on"}, "write the day on which it was filled in", "the day on this sheet, %s, is before it was made, %s", s.On, s.Made)
	}
}

// IsBlankName says whether a name is only what stands on a sheet until the mentor's is written there.
func IsBlankName(name safetext.Text) bool {
	return profile.SameName(name, safetext.New(strings.Trim(blankName, `"`)))
}

func (r *sheetReader) row(ratings map[string]any, id string) SheetRow {
	path := []any{"rating", id}
	out := SheetRow{KSB: id}
	m, ok := ratings[id].(map[string]any)
	switch {
	case r.std.Place(id) < 0 && r.std.Place(strings.ToUpper(id)) >= 0:
		r.fail(path, "write [rating."+strings.ToUpper(id)+"]", "codes are written in capitals here")
		return out
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
			r.fail(append(path, "note"), "add a level, or take the note out: a note goes with a level", "%s has a note and no level", id)
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
	r.fail(append(path, "level"), levelHint, notALevel+"%s", shownValue(v))
	return out
}

// left refuses a line that was filled in and still begins with #, since it would be overlooked. What looks like one within
// a text of several lines is none: with the # away it is still no key.
func (r *sheetReader) left(src string, made calendar.Date) {
	lines := strings.SplitAfter(src, "\n")
	var at [][]any // by line, for those that look like one
	var path []any
	found := false
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		if id, ok := strings.CutPrefix(bare, "[rating."); ok {
			path = []any{"rating", strings.TrimSuffix(id, "]")}
		}
		at = append(at, nil)
		if key, ok := filledIn(bare, len(path) > 0, made); ok && !r.doc.Has(append(slices.Clone(path), key)...) {
			at[i] = append(slices.Clone(path), key)
			lines[i] = strings.Replace(line, "#", " ", 1)
			found = true
		}
	}
	if !found {
		return
	}
	doc, err := tomledit.Parse([]byte(strings.Join(lines, "")), tomledit.ProfileLimits)
	var fault *tomledit.Error
	for i, path := range at {
		isKey := err == nil && path != nil && doc.Has(path...)
		isWrong := errors.As(err, &fault) && path != nil && fault.Pos.Line == i+1
		if isKey || isWrong {
			r.failAt(tomledit.Pos{Line: i + 1, Col: 1}, path, markHint, "this line is filled in and still begins with #, so it is not read")
		}
	}
}

// filledIn is the key of a line that waits to be filled in, if it was and the # was left. The day that the program wrote
// there counts as empty.
func filledIn(bare string, inRow bool, made calendar.Date) (string, bool) {
	rest, ok := strings.CutPrefix(bare, "#")
	if !ok {
		return "", false
	}
	key, value, ok := strings.Cut(rest, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	waiting := map[string][]string{"by": {"", `""`, blankName}, "on": {"", made.String()}}
	if inRow {
		waiting = map[string][]string{"level": {""}, "note": {"", `""`}}
	}
	empty, known := waiting[key]
	return key, ok && known && !slices.Contains(empty, value)
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

// otherCase says whether a key stands at the top in another case only, which keys has said of it.
func (r *sheetReader) otherCase(key string) bool {
	return !r.doc.Has(key) && slices.ContainsFunc(r.doc.Keys(), func(k string) bool { return strings.EqualFold(k, key) })
}

func (r *sheetReader) text(m map[string]any, path []any, key string) safetext.Text {
	v, ok := m[key]
	if !ok {
		return safetext.Text{}
	}
	s, ok := v.(string)
	if !ok {
		r.fail(append(slices.Clone(path), key), textHint, "something else stands where text is wanted: %s", shownValue(v))
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
		r.fail([]any{key}, dayHint, "something else stands where a day is wanted: %s", shownValue(v))
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

const notALevel = "this is not a level: "

// shownValue is a value of the file for a message, a text in its quotes.
func shownValue(v any) string {
	if s, ok := v.(string); ok {
		return `"` + clipped(s) + `"`
	}
	return clipped(fmt.Sprint(v))
}

// clipped is text of the file that is safe and short enough for a message.
func clipped(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	return safetext.Line(s)
}
