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

// workbook is what training providers call a skills scan: every KSB with its levels and what shows it, and a sheet each
// for the plan, the evidence and the rounds. The words say all that the colours do.
func workbook(tables []handout.Table) ([]byte, error) {
	star := byName(tables)
	learner := star["learner"][0]
	title := "Skills scan " + learner.text("standard")
	if name := learner.text("name"); name != "" {
		title += ": " + name
	}
	made, _ := learner.value("as_of").(calendar.Date)
	scan := star.scan(title, made)
	return xlsx.Book{Title: title, Made: made, Sheets: []xlsx.Sheet{
		scan, star.summary(len(scan.Rows)), star.plan(), star.pieces(), star.ratings(),
	}}.Write()
}

// star is the rows of the tables by the names of these.
type star map[string][]starRow

// starRow is a row of a table, with what a sheet says beside it.
type starRow struct {
	columns []handout.Column
	values  []handout.Value
	more    map[string]handout.Value // goes before the values
}

func byName(tables []handout.Table) star {
	s := star{}
	for _, t := range tables {
		s[t.Name] = lists.Each(t.Rows, func(r []handout.Value) starRow { return starRow{t.Columns, r, nil} })
	}
	return s
}

// value is what a column holds; nil for one that the table has not.
func (r starRow) value(column string) handout.Value {
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

// with is the row with something beside it.
func (r starRow) with(more map[string]handout.Value) starRow {
	r.more = more
	return r
}

func (r starRow) text(column string) string {
	s, _ := r.value(column).(string)
	return s
}

// cell is a value as a cell: a number as one, so that it can be counted with.
func (r starRow) cell(column string) xlsx.Cell {
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

// The rows above the first KSB: the title, a line of help, the headings. Where it stands is in the column K.
const (
	scanHead  = 3
	standsAt  = "K"
	lastOfRow = "M"
)

func (s star) scan(title string, made calendar.Date) xlsx.Sheet {
	out := xlsx.Sheet{
		Name: "Skills scan", Head: scanHead, Widths: []float64{6, 7, 62, 7, 8, 8, 8, 8, 10, 7, 16, 34, 34},
	}
	heads := xlsx.Heads("Duty", "Code", "Statement", "Self", "Mentor", "Agreed", "Counts", "Target", "Expected now",
		"Gap", "Where it stands", "Evidence", "Comment")
	help := "As of " + made.Long() + ". The level that counts is the agreed one, or else the learner's own. What the " +
		"levels and the words mean is on the sheet Summary."
	out.Rows = []xlsx.Row{xlsx.Titled(title), {Cells: []xlsx.Cell{xlsx.Words(help).As(xlsx.Faint)}}, {Cells: heads}}
	proof, comments := s.proof(), s.comments()
	for _, k := range s["ksb"] {
		code, row := k.text("ksb"), xlsx.Row{}
		row.Cells = append(row.Cells, k.cell("duty"), xlsx.Words(code).As(xlsx.Strong), k.cell("statement"))
		for _, figure := range []string{"self", "mentor", "agreed", "level", "target", "expected"} {
			row.Cells = append(row.Cells, k.cell(figure).As(xlsx.Figure))
		}
		row.Cells = append(row.Cells, k.missing(len(out.Rows)+1), k.cell("state"),
			xlsx.Words(strings.Join(proof[code], "\n")), xlsx.Words(comments[code]))
		out.Rows = append(out.Rows, row)
	}
	last := len(out.Rows)
	out.Filter = fmt.Sprintf("A%d:%s%d", scanHead, lastOfRow, last)
	for _, tone := range []doc.Tone{doc.ToneBehind, doc.ToneBelow, doc.ToneMet} {
		out.Rules = append(out.Rules, rule(fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", standsAt, scanHead+1, last),
			fmt.Sprintf(`$%s%d="%s"`, standsAt, scanHead+1, handout.Standing(tone)), tone))
	}
	return out
}

// rule colours cells with the colours of a tone.
func rule(cells, formula string, tone doc.Tone) xlsx.Rule {
	return xlsx.Rule{Cells: cells, Formula: formula, Fill: groundOf.Get()[tone].hex(), Ink: inkOn.Get()[tone].hex()}
}

// missing is the gap as a formula of its row, counted from 1, with what it comes to.
func (r starRow) missing(row int) xlsx.Cell {
	c := xlsx.Cell{
		Formula: fmt.Sprintf(`IF(AND(ISNUMBER(G%[1]d),ISNUMBER(H%[1]d)),H%[1]d-G%[1]d,"")`, row),
		Style:   xlsx.Figure,
	}
	if n, ok := r.value("gap").(int); ok {
		c.Number = new(float64(n))
	}
	return c
}

// proof is the titles of the evidence for each KSB with their days.
func (s star) proof() map[string][]string {
	named := map[string]string{}
	for _, e := range s["evidence"] {
		name := cmp.Or(e.text("title"), "evidence "+e.text("evidence"))
		if on, ok := e.value("on").(calendar.Date); ok {
			name += ", " + on.Long()
		}
		named[e.text("evidence")] = name
	}
	out := map[string][]string{}
	for _, l := range s["evidence_ksb"] {
		out[l.text("ksb")] = append(out[l.text("ksb")], named[l.text("evidence")])
	}
	return out
}

// comments are the newest notes beside the ratings of each KSB, where notes are included.
func (s star) comments() map[string]string {
	raters := []string{"self", "mentor", "agreed"}
	newest := map[string][]string{} // of each KSB, those of the raters
	for _, r := range s["rating"] {
		if note := r.text("note"); note != "" {
			ksb, who := r.text("ksb"), r.text("rater")
			if newest[ksb] == nil {
				newest[ksb] = make([]string, len(raters))
			}
			newest[ksb][slices.Index(raters, who)] = who + ": " + note
		}
	}
	out := map[string]string{}
	for ksb, notes := range newest {
		out[ksb] = strings.Join(words.Given(notes...), "\n")
	}
	return out
}

// summary counts the scan by formulas, so that it stays true when somebody filters or corrects it, and says what the
// words of the scan mean.
func (s star) summary(last int) xlsx.Sheet {
	out := xlsx.Sheet{Name: "Summary", Widths: []float64{24, 14, 14, 14, 16, 14, 12}, Tall: true}
	heads := slices.Concat([]string{"Kind"}, lists.Each(handout.Standings, handout.Standing), []string{"all"})
	out.Rows = []xlsx.Row{xlsx.Titled("Summary"), {Cells: xlsx.Heads(heads...)}}
	for _, kind := range standard.Kinds {
		out.Rows = append(out.Rows, s.kind(kind.String(), len(out.Rows)+1, last))
	}
	says := func(title string, lines [][2]string) {
		out.Rows = append(out.Rows, xlsx.Row{}, xlsx.Titled(title))
		for _, x := range lines {
			out.Merged = append(out.Merged, fmt.Sprintf("B%[1]d:G%[1]d", len(out.Rows)+1))
			cells := []xlsx.Cell{xlsx.Words(x[0]).As(xlsx.Strong), xlsx.Words(x[1])}
			height := float64(15 * (1 + strings.Count(x[1], "\n")))
			out.Rows = append(out.Rows, xlsx.Row{Cells: cells, Height: height})
		}
	}
	says("What the words mean", [][2]string{
		{handout.Standing(doc.ToneMet), "the level that counts is the target for gateway, or above it"},
		{handout.Standing(doc.ToneBelow), "under the target, and not under the level expected by now"},
		{handout.Standing(doc.ToneBehind), "under the level expected by now"},
		{handout.Standing(doc.ToneNone), "the post gives no chance to try it, which is no low score"},
		{handout.Standing(doc.ToneOpen), "nobody has given a level yet"},
	})
	var levels [][2]string
	for _, l := range s["level"] {
		says := func(kind standard.Kind) string { return kind.String() + ": " + l.text(kind.String()) }
		named := fmt.Sprintf("%d %s", l.value("level"), l.text("name"))
		levels = append(levels, [2]string{named, strings.Join(lists.Each(standard.Kinds, says), "\n")})
	}
	says("What the levels mean", levels)
	return out
}

// kind is the row of a kind: how many of its KSBs are in each state.
func (s star) kind(kind string, row, last int) xlsx.Row {
	codes := fmt.Sprintf("'Skills scan'!$B$%d:$B$%d", scanHead+1, last)
	states := fmt.Sprintf("'Skills scan'!$%[1]s$%[2]d:$%[1]s$%[3]d", standsAt, scanHead+1, last)
	out := xlsx.Row{Cells: []xlsx.Cell{xlsx.Words(kind).As(xlsx.Strong)}}
	all := 0
	for _, tone := range handout.Standings {
		state := handout.Standing(tone)
		n := lists.Count(s["ksb"], func(k starRow) bool { return k.text("kind") == kind && k.text("state") == state })
		all += n
		out.Cells = append(out.Cells,
			counted(n, fmt.Sprintf(`COUNTIFS(%s,"%s*",%s,"%s")`, codes, strings.ToUpper(kind[:1]), states, state)))
	}
	sum := fmt.Sprintf("SUM(B%d:%s%d)", row, xlsx.Column(len(handout.Standings)), row)
	out.Cells = append(out.Cells, counted(all, sum))
	return out
}

// listed is a sheet with a row for each row of a table; a column of it is a heading, the name of a column, and how
// wide.
func listed(name, title string, rows []starRow, columns []listedColumn) xlsx.Sheet {
	out := xlsx.Sheet{Name: name, Head: 2}
	heads := xlsx.Row{}
	for _, c := range columns {
		out.Widths = append(out.Widths, c.width)
		heads.Cells = append(heads.Cells, xlsx.Words(c.head).As(xlsx.Head))
	}
	out.Rows = []xlsx.Row{xlsx.Titled(title), heads}
	for _, r := range rows {
		cells := lists.Each(columns, func(c listedColumn) xlsx.Cell { return r.cell(c.column) })
		out.Rows = append(out.Rows, xlsx.Row{Cells: cells})
	}
	if len(rows) > 0 {
		out.Filter = fmt.Sprintf("A2:%s%d", xlsx.Column(len(columns)-1), len(out.Rows))
	}
	return out
}

type listedColumn struct {
	head, column string
	width        float64
}

func (s star) plan() xlsx.Sheet {
	codes, acts := s.joined("goal_ksb", "goal"), map[string][]starRow{}
	for _, a := range s["action"] {
		acts[a.text("goal")] = append(acts[a.text("goal")], a)
	}
	var rows []starRow
	for _, g := range s["goal"] {
		id := g.text("goal")
		of := map[string]handout.Value{
			"goal_text": g.value("text"), "codes": codes[id], "goal_due": g.value("due"), "goal_is": g.value("status"),
		}
		for _, a := range acts[id] {
			rows = append(rows, a.with(of))
		}
		if acts[id] == nil {
			rows = append(rows, starRow{more: of})
		}
	}
	return listed("Plan", "Goals and actions", rows, []listedColumn{
		{"KSBs", "codes", 12},
		{"Goal", "goal_text", 44},
		{"Goal is", "goal_is", 10},
		{"Goal due", "goal_due", 12},
		{"Action", "text", 60},
		{"With", "who", 24},
		{"Due", "due", 12},
		{"State", "status", 11},
		{"Minutes", "minutes", 9},
		{"Off the job", "offjob", 11},
	})
}

// joined is the codes of each thing that a table of links names.
func (s star) joined(table, key string) map[string]string {
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

func (s star) pieces() xlsx.Sheet {
	codes := s.joined("evidence_ksb", "evidence")
	var rows []starRow
	for _, e := range s["evidence"] {
		kind := strings.ReplaceAll(e.text("kind"), "-", " ")
		rows = append(rows, e.with(map[string]handout.Value{"codes": codes[e.text("evidence")], "kind": kind}))
	}
	return listed("Evidence", "Evidence", rows, []listedColumn{
		{"Day", "on", 12},
		{"KSBs", "codes", 18},
		{"Kind", "kind", 22},
		{"What it is", "title", 60},
		{"Where it is kept", "where", 34},
		{"Seen by", "witness", 24},
	})
}

func (s star) ratings() xlsx.Sheet {
	numbers := map[string]handout.Value{}
	for _, r := range s["round"] {
		numbers[r.text("round")] = r.value("number")
	}
	var rows []starRow
	for _, r := range s["rating"] {
		more := map[string]handout.Value{"number": numbers[r.text("round")]}
		if r.value("opportunity") == false {
			more["level"] = handout.Standing(doc.ToneNone)
		}
		rows = append(rows, r.with(more))
	}
	return listed("Rounds", "All ratings, round by round", rows, []listedColumn{
		{"Round", "number", 8},
		{"Day", "on", 12},
		{"Code", "ksb", 8},
		{"Who", "rater", 10},
		{"Name", "by", 24},
		{"Level", "level", 14},
		{"Note", "note", 60},
	})
}

// The rows above the first KSB of the matrix, its columns before the first piece, and how many pieces a sheet has room
// for.
const (
	matrixHead  = 3
	matrixFirst = 6
	mostPieces  = 16_000
)

// What stands where a piece shows a KSB.
const (
	marksShown = "x"
	marksOld   = "old"
)

// indexBook is the index as a workbook: a matrix of KSBs and pieces with counts that are formulas, and the list of
// pieces.
func indexBook(x handout.Index) ([]byte, error) {
	if len(x.Pieces) > mostPieces {
		return nil, fmt.Errorf("a workbook has room for %d pieces of evidence, and there are %d", mostPieces,
			len(x.Pieces))
	}
	return xlsx.Book{Title: x.Title, Made: x.AsOf, Sheets: []xlsx.Sheet{matrix(x), pieceList(x)}}.Write()
}

func matrix(x handout.Index) xlsx.Sheet {
	// one column at least, so that there is something to count
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
		row, marks, fresh := matrixHead+i+1, make([]xlsx.Cell, len(x.Pieces)), 0
		for _, at := range k.Pieces {
			if marks[at] = xlsx.Words(marksShown).As(xlsx.Figure); x.Pieces[at].Old {
				marks[at].Text = marksOld
			} else {
				fresh++
			}
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

// counted is a number with the formula that comes to it.
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
		n := lists.Count(x.KSBs, shows) // once at most in each
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
