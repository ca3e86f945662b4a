package field

import (
	"slices"
	"strings"
)

// Draw gives the text in a room of w cells, and where in it the real cursor stands. Of one line it is the part around the
// cursor; of several, at most h rows of it.
func (f *Field) Draw(w, h int) (lines []string, x, y int) {
	w, h = max(w, 2), max(h, 1)
	if !f.several {
		line, x := f.window(w)
		return []string{line}, x, 0
	}
	f.wrap(w)
	y = f.rowOf(f.at)
	f.top = max(min(f.top, y, len(f.rows)-h), y-h+1, 0)
	for _, r := range f.rows[f.top:min(f.top+h, len(f.rows))] {
		lines = append(lines, text(f.chars[r.from:r.to]))
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines, min(width(f.chars[f.rows[y].from:f.at]), w-1), y - f.top
}

// Hidden says whether a field of one line, as it was drawn last in w cells, goes on before or behind what is seen.
func (f *Field) Hidden(w int) (before, behind bool) {
	if f.several {
		return false, false
	}
	return f.left > 0, width(f.chars[f.left:]) > max(w, 2)
}

// Rows is how many rows the text of a field of several lines takes in a room of w cells.
func (f *Field) Rows(w int) int {
	f.wrap(max(w, 2))
	return len(f.rows)
}

// window is the part of one line that is drawn. A cell is kept free behind the text for the cursor at its end.
func (f *Field) window(w int) (string, int) {
	first, before := f.at, 0 // as far back as there is room before the cursor
	for first > 0 && before+f.chars[first-1].w <= w-1 {
		first--
		before += f.chars[first].w
	}
	f.left = max(min(f.left, f.at), first)
	for f.left > 0 && width(f.chars[f.left-1:]) <= w-1 { // room again after something was deleted
		f.left--
	}
	to, used := f.left, 0
	for to < len(f.chars) && used+f.chars[to].w <= w {
		used += f.chars[to].w
		to++
	}
	return text(f.chars[f.left:to]), width(f.chars[f.left:f.at])
}

// wrap lays the text out in rows of at most w cells, broken at spaces where there are any.
func (f *Field) wrap(w int) {
	if f.fresh && f.wide == w {
		return
	}
	f.rows, f.wide, f.fresh = f.rows[:0], w, true
	from, used, space := 0, 0, -1
	for i := 0; i < len(f.chars); i++ {
		c := f.chars[i]
		if c.newline() {
			f.rows = append(f.rows, row{from, i})
			from, used, space = i+1, 0, -1
			continue
		}
		if used+c.w > w-1 && i > from && (!c.space() || used+c.w > w) {
			to := i
			if space >= from && !c.space() {
				to = space + 1
			}
			f.rows = append(f.rows, row{from, to})
			from, space = to, -1
			used = width(f.chars[from:i])
		}
		if c.space() {
			space = i
		}
		used += c.w
	}
	f.rows = append(f.rows, row{from, len(f.chars)})
}

// rowOf is the row in which a place is; the end of a row that was broken belongs to the next.
func (f *Field) rowOf(at int) int {
	i, found := slices.BinarySearchFunc(f.rows, at, func(r row, at int) int { return r.from - at })
	if !found {
		i--
	}
	return max(i, 0)
}

// vertical moves by rows of what was drawn last, and says whether the field has rows to move by.
func (f *Field) vertical(key string) bool {
	if !f.several {
		return false
	}
	f.wrap(max(f.wide, 2))
	y := f.rowOf(f.at)
	goal := f.goal
	if goal < 0 {
		goal = width(f.chars[f.rows[y].from:f.at])
	}
	to := y + map[string]int{"up": -1, "ctrl+p": -1, "down": 1, "ctrl+n": 1, "pgup": -page, "pgdown": page}[key]
	to = max(min(to, len(f.rows)-1), 0)
	r := f.rows[to]
	at, used := r.from, 0
	for at < r.to && used+f.chars[at].w <= goal && (at+1 < r.to || to == len(f.rows)-1 || f.chars[r.to].newline()) {
		used += f.chars[at].w
		at++
	}
	f.at, f.goal = at, goal
	return true
}

// page is how many rows a page key moves by.
const page = 6

func width(chars []char) int {
	n := 0
	for _, c := range chars {
		n += c.w
	}
	return n
}

func text(chars []char) string {
	var b strings.Builder
	for _, c := range chars {
		b.WriteString(c.shown)
	}
	return b.String()
}
