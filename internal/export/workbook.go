package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// workbook writes what training providers call a skills scan: a sheet with the levels and evidence of every KSB, and
// one sheet each for a summary, the plan, the evidence and the rounds. Words say everything that colours do.
func workbook(tables []handout.Table) ([]byte, error) {
	data := byName(tables)
	learner := data["learner"][0]
	title := "Skills scan " + learner.text("standard")
	if name := learner.text("name"); name != "" {
		title += ": " + name
	}
	made, _ := learner.value("as_of").(calendar.Date)
	scan := data.scan(title, made)
	return xlsx.Book{Title: title, Made: made, Sheets: []xlsx.Sheet{
		scan, data.summary(len(scan.Rows)), data.plan(), data.pieces(), data.ratings(),
	}}.Write()
}

// tableRows has the rows of each table, by the name of the table.
type tableRows map[string][]tableRow

// tableRow is a row of a table whose values can be asked for by column.
type tableRow struct {
	columns []handout.Column
	values  []handout.Value
	more    map[string]handout.Value // further columns, which take precedence over those of the table
}

func byName(tables []handout.Table) tableRows {
	s := tableRows{}
	for _, t := range tables {
		s[t.Name] = lists.Each(t.Rows, func(r []handout.Value) tableRow { return tableRow{t.Columns, r, nil} })
	}
	return s
}

// value is the value in a column; nil if there is no such column.
func (r tableRow) value(column string) handout.Value {
	if v, ok := r.more[column]; ok {
		return v
	}
	for i, c := range r.columns {
		if c.Name == column {
			return r.values[i]
		}
	}
	return nil
}

// with returns the row with further columns.
func (r tableRow) with(more map[string]handout.Value) tableRow {
	r.more = more
	return r
}

func (r tableRow) text(column string) string {
	s, _ := r.value(column).(string)
	return s
}

// cell writes a value as a cell: numbers and dates as such, so that formulas can use them.
func (r tableRow) cell(column string) xlsx.Cell {
	switch v := r.value(column).(type) {
	case int:
		return xlsx.Number(float64(v))
	case calendar.Date:
		return xlsx.Day(v)
	case string:
		return xlsx.Words(v)
	}
	return xlsx.Cell{}
}

// The layout of the sheet of the scan. Change these with the columns in scan.
const (
	scanHead    = 3   // rows above the first KSB: the title, a line of help, the headings
	stateColumn = "K" // "Where it stands"
	lastColumn  = "M"
)

func (s tableRows) scan(title string, made calendar.Date) xlsx.Sheet {
	out := xlsx.Sheet{
		Name: "Skills scan", Head: scanHead, Widths: []float64{6, 7, 62, 7, 8, 8, 8, 8, 10, 7, 16, 34, 34},
	}
	heads := xlsx.Heads("Duty", "Code", "Statement", "Self", "Mentor", "Agreed", "Counts", "Target", "Expected now",
		"Gap", "Where it stands", "Evidence", "Comment")
	help := "As of " + made.Long() + ". The level that counts is the agreed one, or else the learner's own. What the " +
		"levels and the words mean is on the sheet Summary."
	out.Rows = []xlsx.Row{xlsx.Titled(title), {Cells: []xlsx.Cell{xlsx.Words(help).As(xlsx.Faint)}}, {Cells: heads}}
	evidence, comments := s.evidence(), s.comments()
	for _, k := range s["ksb"] {
		code := k.text("ksb")
		cells := []xlsx.Cell{k.cell("duty"), xlsx.Words(code).As(xlsx.Strong), k.cell("statement")}
		for _, figure := range []string{"self", "mentor", "agreed", "level", "target", "expected"} {
			cells = append(cells, k.cell(figure).As(xlsx.Figure))
		}
		cells = append(cells, k.gap(len(out.Rows)+1), k.cell("state"),
			xlsx.Words(strings.Join(evidence[code], "\n")), xlsx.Words(comments[code]))
		out.Rows = append(out.Rows, xlsx.Row{Cells: cells})
	}
	last := len(out.Rows)
	out.Filter = fmt.Sprintf("A%d:%s%d", scanHead, lastColumn, last)
	for _, tone := range []doc.Tone{doc.ToneBehind, doc.ToneBelow, doc.ToneMet} {
		out.Rules = append(out.Rules, rule(fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", stateColumn, scanHead+1, last),
			fmt.Sprintf(`$%s%d="%s"`, stateColumn, scanHead+1, handout.Standing(tone)), tone))
	}
	return out
}

// rule colours the cells for which a formula is true in the colours of a tone.
func rule(cells, formula string, tone doc.Tone) xlsx.Rule {
	return xlsx.Rule{Cells: cells, Formula: formula, Fill: groundOf.Get()[tone].hex(), Ink: inkOn.Get()[tone].hex()}
}

// gap is the gap as a formula, and its value now. Rows count from 1.
func (r tableRow) gap(row int) xlsx.Cell {
	c := xlsx.Cell{
		Formula: fmt.Sprintf(`IF(AND(ISNUMBER(G%[1]d),ISNUMBER(H%[1]d)),H%[1]d-G%[1]d,"")`, row),
		Style:   xlsx.Figure,
	}
	if n, ok := r.value("gap").(int); ok {
		c.Number = new(float64(n))
	}
	return c
}

// evidence lists the titles and dates of the evidence for each KSB.
func (s tableRows) evidence() map[string][]string {
	names := map[string]string{} // by the ID of the evidence
	for _, e := range s["evidence"] {
		name := cmp.Or(e.text("title"), "evidence "+e.text("evidence"))
		if on, ok := e.value("on").(calendar.Date); ok {
			name += ", " + on.Long()
		}
		names[e.text("evidence")] = name
	}
	out := map[string][]string{}
	for _, l := range s["evidence_ksb"] {
		out[l.text("ksb")] = append(out[l.text("ksb")], names[l.text("evidence")])
	}
	return out
}

// comments gives the newest note of each rater on each KSB, if the report includes notes.
func (s tableRows) comments() map[string]string {
	raters := []string{"self", "mentor", "agreed"}
	newest := map[string][]string{} // by KSB, a note for each of raters
	for _, r := range s["rating"] {
		if note := r.text("note"); note != "" {
			ksb, rater := r.text("ksb"), r.text("rater")
			if newest[ksb] == nil {
				newest[ksb] = make([]string, len(raters))
			}
			newest[ksb][slices.Index(raters, rater)] = rater + ": " + note
		}
	}
	out := map[string]string{}
	for ksb, notes := range newest {
		out[ksb] = strings.Join(words.Given(notes...), "\n")
	}
	return out
}

// summary counts the KSBs by formulas, which stay true when somebody corrects the scan, and explains the words in it.
// last is the last row of the scan.
func (s tableRows) summary(last int) xlsx.Sheet {
	out := xlsx.Sheet{Name: "Summary", Widths: []float64{24, 14, 14, 14, 16, 14, 12}, Tall: true}
	heads := slices.Concat([]string{"Kind"}, lists.Each(handout.Standings, handout.Standing), []string{"all"})
	out.Rows = []xlsx.Row{xlsx.Titled("Summary"), {Cells: xlsx.Heads(heads...)}}
	for _, kind := range standard.Kinds {
		out.Rows = append(out.Rows, s.kind(kind.String(), len(out.Rows)+1, last))
	}
	explain := func(title string, lines [][2]string) {
		out.Rows = append(out.Rows, xlsx.Row{}, xlsx.Titled(title))
		for _, x := range lines {
			out.Merged = append(out.Merged, fmt.Sprintf("B%[1]d:G%[1]d", len(out.Rows)+1))
			cells := []xlsx.Cell{xlsx.Words(x[0]).As(xlsx.Strong), xlsx.Words(x[1])}
			height := float64(15 * (1 + strings.Count(x[1], "\n")))
			out.Rows = append(out.Rows, xlsx.Row{Cells: cells, Height: height})
		}
	}
	explain("What the words mean", [][2]string{
		{handout.Standing(doc.ToneMet), "the level that counts is at or above the target for gateway"},
		{handout.Standing(doc.ToneBelow), "below the target, but not below the level expected by now"},
		{handout.Standing(doc.ToneBehind), "below the level expected by now"},
		{handout.Standing(doc.ToneNone), "the post gives no chance to try it, which is not a low score"},
		{handout.Standing(doc.ToneOpen), "the learner has not rated it, and no level is agreed"},
	})
	var levels [][2]string
	for _, l := range s["level"] {
		means := func(kind standard.Kind) string { return kind.String() + ": " + l.text(kind.String()) }
		name := fmt.Sprintf("%d %s", l.value("level"), l.text("name"))
		levels = append(levels, [2]string{name, strings.Join(lists.Each(standard.Kinds, means), "\n")})
	}
	explain("What the levels mean", levels)
	return out
}

// kind is the row of the summary that counts the KSBs of a kind in each state.
func (s tableRows) kind(kind string, row, last int) xlsx.Row {
	codes := fmt.Sprintf("'Skills scan'!$B$%d:$B$%d", scanHead+1, last)
	states := fmt.Sprintf("'Skills scan'!$%[1]s$%[2]d:$%[1]s$%[3]d", stateColumn, scanHead+1, last)
	out := xlsx.Row{Cells: []xlsx.Cell{xlsx.Words(kind).As(xlsx.Strong)}}
	all := 0
	for _, tone := range handout.Standings {
		state := handout.Standing(tone)
		n := lists.Count(s["ksb"], func(k tableRow) bool { return k.text("kind") == kind && k.text("state") == state })
		all += n
		formula := fmt.Sprintf(`COUNTIFS(%s,"%s*",%s,"%s")`, codes, strings.ToUpper(kind[:1]), states, state)
		out.Cells = append(out.Cells, counted(n, formula))
	}
	sum := fmt.Sprintf("SUM(B%d:%s%d)", row, xlsx.Column(len(handout.Standings)), row)
	out.Cells = append(out.Cells, counted(all, sum))
	return out
}

// list makes a sheet with some columns of the rows of a table.
func list(name, title string, rows []tableRow, columns []listColumn) xlsx.Sheet {
	out := xlsx.Sheet{Name: name, Head: 2}
	heads := xlsx.Row{}
	for _, c := range columns {
		out.Widths = append(out.Widths, c.width)
		heads.Cells = append(heads.Cells, xlsx.Words(c.head).As(xlsx.Head))
	}
	out.Rows = []xlsx.Row{xlsx.Titled(title), heads}
	for _, r := range rows {
		cells := lists.Each(columns, func(c listColumn) xlsx.Cell { return r.cell(c.column) })
		out.Rows = append(out.Rows, xlsx.Row{Cells: cells})
	}
	if len(rows) > 0 {
		out.Filter = fmt.Sprintf("A2:%s%d", xlsx.Column(len(columns)-1), len(out.Rows))
	}
	return out
}

type listColumn struct {
	head   string
	column string // its name in the table
	width  float64
}

func (s tableRows) plan() xlsx.Sheet {
	ksbs := s.ksbsOf("goal_ksb", "goal")
	actions := map[string][]tableRow{} // by goal
	for _, a := range s["action"] {
		actions[a.text("goal")] = append(actions[a.text("goal")], a)
	}
	var rows []tableRow
	for _, g := range s["goal"] {
		id := g.text("goal")
		goal := map[string]handout.Value{
			"ksbs": ksbs[id], "goal_text": g.value("text"),
			"goal_due": g.value("due"), "goal_status": g.value("status"),
		}
		for _, a := range actions[id] {
			rows = append(rows, a.with(goal))
		}
		if actions[id] == nil {
			rows = append(rows, tableRow{more: goal})
		}
	}
	return list("Plan", "Goals and actions", rows, []listColumn{
		{"KSBs", "ksbs", 12},
		{"Goal", "goal_text", 44},
		{"Goal is", "goal_status", 10},
		{"Goal due", "goal_due", 12},
		{"Action", "text", 60},
		{"With", "who", 24},
		{"Due", "due", 12},
		{"State", "status", 11},
		{"Minutes", "minutes", 9},
		{"Off the job", "offjob", 11},
	})
}

// ksbsOf lists the KSBs of each goal or piece of evidence, from the table that links them. key is the column of its
// IDs.
func (s tableRows) ksbsOf(table, key string) map[string]string {
	out := map[string]string{}
	for _, l := range s[table] {
		id := l.text(key)
		if out[id] != "" {
			out[id] += ", "
		}
		out[id] += l.text("ksb")
	}
	return out
}

func (s tableRows) pieces() xlsx.Sheet {
	ksbs := s.ksbsOf("evidence_ksb", "evidence")
	var rows []tableRow
	for _, e := range s["evidence"] {
		kind := strings.ReplaceAll(e.text("kind"), "-", " ")
		rows = append(rows, e.with(map[string]handout.Value{"ksbs": ksbs[e.text("evidence")], "kind": kind}))
	}
	return list("Evidence", "Evidence", rows, []listColumn{
		{"Day", "on", 12},
		{"KSBs", "ksbs", 18},
		{"Kind", "kind", 22},
		{"What it is", "title", 60},
		{"Where it is kept", "where", 34},
		{"Seen by", "witness", 24},
	})
}

func (s tableRows) ratings() xlsx.Sheet {
	numbers := map[string]handout.Value{}
	for _, r := range s["round"] {
		numbers[r.text("round")] = r.value("number")
	}
	var rows []tableRow
	for _, r := range s["rating"] {
		more := map[string]handout.Value{"number": numbers[r.text("round")]}
		if r.value("opportunity") == false {
			more["level"] = handout.Standing(doc.ToneNone)
		}
		rows = append(rows, r.with(more))
	}
	return list("Rounds", "All ratings, round by round", rows, []listColumn{
		{"Round", "number", 8},
		{"Day", "on", 12},
		{"Code", "ksb", 8},
		{"Who", "rater", 10},
		{"Name", "by", 24},
		{"Level", "level", 14},
		{"Note", "note", 60},
	})
}

// The layout of the matrix. Change these with the columns in matrix.
const (
	matrixHead  = 3      // rows above the first KSB
	matrixFirst = 6      // columns before the first piece of evidence
	mostPieces  = 16_000 // Excel has room for 16,384 columns
)

// What a cell of the matrix says if a piece of evidence shows a KSB.
const (
	marksShown = "x"
	marksOld   = "old"
)

// indexBook writes the index of a portfolio as a workbook: a matrix of KSBs and pieces of evidence, with counts as
// formulas, and a list of the pieces.
func indexBook(x handout.Index) ([]byte, error) {
	if len(x.Pieces) > mostPieces {
		return nil, fmt.Errorf("a workbook has room for %d pieces of evidence, and there are %d", mostPieces,
			len(x.Pieces))
	}
	return xlsx.Book{Title: x.Title, Made: x.AsOf, Sheets: []xlsx.Sheet{matrix(x), pieceList(x)}}.Write()
}

func matrix(x handout.Index) xlsx.Sheet {
	// At least one column, so that the formulas have something to count.
	last := xlsx.Column(matrixFirst + max(len(x.Pieces), 1) - 1)
	first, bottom := xlsx.Column(matrixFirst), matrixHead+len(x.KSBs)
	head := xlsx.Heads("Duty", "Code", "Statement", "Pieces", "Young enough", "State")
	states := fmt.Sprintf("F%d:F%d", matrixHead+1, bottom)
	s := xlsx.Sheet{
		Name: "Matrix", Head: matrixHead, Widths: []float64{6, 7, 60, 8, 10, 17},
		Filter: fmt.Sprintf("A%d:%s%d", matrixHead, last, bottom),
		Rules: []xlsx.Rule{
			rule(states, fmt.Sprintf(`$F%d="shown"`, matrixHead+1), doc.ToneMet),
			rule(states, fmt.Sprintf(`OR($F%[1]d="too old",$F%[1]d="without evidence")`, matrixHead+1), doc.ToneBelow),
		},
	}
	for _, p := range x.Pieces {
		head = append(head, xlsx.Words(p.Mark+"\n"+p.On.Short()).As(xlsx.Head))
		s.Widths = append(s.Widths, 8)
	}
	s.Rows = []xlsx.Row{
		xlsx.Titled(x.Title),
		{Cells: []xlsx.Cell{xlsx.Words(fmt.Sprintf("x: it shows the KSB. old: it did, and is older than %d months on "+
			"%s.", x.Limit, x.AsOf.Long())).As(xlsx.Faint)}},
		{Cells: head, Height: 32},
	}
	for i, k := range x.KSBs {
		row := matrixHead + i + 1
		marks := make([]xlsx.Cell, len(x.Pieces))
		fresh := 0
		for _, at := range k.Pieces {
			mark := marksOld
			if !x.Pieces[at].Old {
				mark = marksShown
				fresh++
			}
			marks[at] = xlsx.Words(mark).As(xlsx.Figure)
		}
		cells := fmt.Sprintf("%s%d:%s%[2]d", first, row, last)
		s.Rows = append(s.Rows, xlsx.Row{Cells: append([]xlsx.Cell{
			xlsx.Number(float64(k.KSB.Duties[0])), xlsx.Words(k.KSB.ID).As(xlsx.Strong), xlsx.Words(k.KSB.Text),
			counted(len(k.Pieces), "COUNTA("+cells+")"), counted(fresh, `COUNTIF(`+cells+`,"`+marksShown+`")`),
			xlsx.Words(string(k.State)),
		}, marks...)})
	}
	return s
}

// counted is a formula and the number it gives now.
func counted(n int, formula string) xlsx.Cell {
	c := xlsx.Number(float64(n))
	c.Formula = formula
	return c
}

func pieceList(x handout.Index) xlsx.Sheet {
	s := xlsx.Sheet{Name: "List", Head: 1, Widths: []float64{6, 13, 20, 46, 36, 20, 7, 24, 8, 10}}
	s.Rows = []xlsx.Row{{Cells: xlsx.Heads("No", "Day", "Kind", "What it is", "Where it is kept", "Seen by", "Duty",
		"Shows", "KSBs", "Age")}}
	for i, p := range x.Pieces {
		shows := func(k handout.Shown) bool { return slices.Contains(k.Pieces, i) }
		n := lists.Count(x.KSBs, shows)
		column := xlsx.Column(matrixFirst + i)
		cells := []xlsx.Cell{
			xlsx.Words(p.Mark).As(xlsx.Strong), xlsx.Day(p.On), xlsx.Words(p.Kind), xlsx.Words(p.Title),
			xlsx.Words(p.Where), xlsx.Words(p.Witness),
			{},
			xlsx.Words(p.Shows), counted(n,
				fmt.Sprintf("COUNTA(Matrix!%s%d:%s%d)", column, matrixHead+1, column, matrixHead+len(x.KSBs))),
			xlsx.Words(lists.Pick(p.Old, "too old", "")),
		}
		if p.Duty > 0 {
			cells[6] = xlsx.Number(float64(p.Duty))
		}
		s.Rows = append(s.Rows, xlsx.Row{Cells: cells})
	}
	s.Filter = fmt.Sprintf("A1:J%d", max(2, len(s.Rows)))
	return s
}
