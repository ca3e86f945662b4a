package sheet

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

var (
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string
)

// hash names a style or script in a content security policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// unescaper undoes html.EscapeString.
var unescaper = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'")
}}

// markup builds a page. Every value must go through add, which escapes it; the templates are constants of this file.
// It does without html/template, as docs/decisions/4-html-by-hand.md explains.
type markup struct{ bytes.Buffer }

func (m *markup) add(template string, values ...any) {
	for i, v := range values {
		values[i] = html.EscapeString(fmt.Sprint(v))
	}
	fmt.Fprintf(m, template, values...)
}

// The page holds the text of the sheet between these two. The text is escaped, so it cannot contain the second one.
const (
	blankBegins = `<pre id="blank" hidden data-learner="`
	blankEnds   = `</pre>`
)

// webPage makes the sheet as one file, which any browser opens, lets the mentor fill in, and saves as text. The content
// security policy allows this one style and script, and nothing that loads or sends anything.
func webPage(b blank) ([]byte, error) {
	policy := "default-src 'none'; script-src " + hash(pageJS) + "; style-src " + hash(pageCSS) +
		"; base-uri 'none'; form-action 'none'"
	m := &markup{}
	m.add(`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%s">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>`, policy, b.heading())
	m.WriteString(pageCSS)
	m.add(`</style>
</head>
<body>
<a class="skip" href="#statements">To the statements</a>
<header>
<h1>Rating sheet for %s</h1>
<p>%s. Made on %s. The learner's own ratings are not in this file.</p>
</header>
<main>
<noscript><p><strong>This page cannot save, since scripts are switched off here.
Ask for the sheet as an Excel workbook.</strong></p></noscript>
`, b.Learner.Name.Line(), b.std.Heading(), b.Rounds[0].Opened.Long())
	m.WriteString(pageHelp)
	m.add(`<section aria-labelledby="you">
<h2 id="you">About you</h2>
<div class="you">
<p class="field"><label class="name" for="by">Your name</label>
<input type="text" id="by" maxlength="%v" autocomplete="name"></p>
<p class="field"><label class="name" for="on">Day of the rating</label>
<input type="date" id="on" autocomplete="off"></p>
</div>
</section>
<div id="statements" tabindex="-1">
`, profile.MaxName)
	for _, d := range b.std.Duties {
		m.add("<section aria-labelledby=\"duty-%v\">\n<h2 id=\"duty-%v\">Duty %v</h2>\n<p class=\"duty\">%s</p>\n",
			d.Number, d.Number, d.Number, d.Text)
		for _, id := range b.Asked {
			if b.std.Home(id) == d.Number {
				m.statement(b, id)
			}
		}
		m.add("</section>\n")
	}
	m.add(`</div>
</main>
<footer><p>Made with ksbcoach. This file is complete in itself: it loads nothing and sends nothing. %s</p></footer>
<div id="tools" role="region" aria-label="Progress and saving" hidden>
<progress id="bar" max="%v" value="0" aria-labelledby="count"></progress>
<p id="count">0 of %v rated</p>
<button type="button" id="save" class="main">Save the sheet</button>
<label class="file">Go on with a saved sheet<input type="file" id="load" accept=".toml"></label>
<p id="said" role="status"></p>
</div>
`, "Published wording: "+standard.Source+", "+standard.Licence+"; "+standard.Caveat+".", len(b.Asked), len(b.Asked))
	m.add(blankBegins+"%s\">\n%s"+blankEnds+"\n<script>", b.Learner.Name.Line(), string(b.source))
	m.WriteString(pageJS)
	m.add("</script>\n</body>\n</html>\n")
	return m.Bytes(), nil
}

const pageHelp = `<section class="how" aria-labelledby="how">
<h2 id="how">How it goes</h2>
<ul>
<li>Choose a level for each statement that you can judge from what you have seen yourself; leave out the rest.</li>
<li>With the keyboard: Tab to a statement, then <kbd>0</kbd> to <kbd>4</kbd>, or <kbd>n</kbd> for no opportunity. The
next statement follows by itself.</li>
<li>A comment says most when it names the situation, what you saw and what came of it. Name no patient.</li>
<li>Save the sheet: the browser keeps it with its downloads. Send that file back. To go on another day, open this page
again and load that file.</li>
</ul>
</section>
`

// statement writes one KSB with its levels and a field for a comment.
func (m *markup) statement(b blank, id string) {
	k, _ := b.std.KSB(id)
	m.add(`<fieldset id="%s" aria-describedby="%s-text">
<legend><span>%s</span> %s</legend>
<p id="%s-text">%s`, id, id, id, b.title(id), id, k.Text)
	if b.scale.Others(b.std.Reference, id) {
		m.add(" <em>%s</em>", appraisal.WithOthers)
	}
	m.add("</p>\n<div class=\"levels\">\n")
	for _, l := range levels {
		name := b.named(l)
		m.add(`<label><input type="radio" name="%s" value="%s" data-name="%s" autocomplete="off">`, id, l, name)
		m.add("<b>%s</b> <i>%s</i></label>\n", name, words.Capital(b.scale.Seen(l, k.Kind)))
	}
	m.add(`</div>
<button type="button" hidden>Take the rating of %s off</button>
<label class="name" for="%s-note">Comment on %s</label>
<textarea id="%s-note" rows="2" maxlength="%v" autocomplete="off"></textarea>
</fieldset>
`, id, id, id, id, profile.MaxText)
}

// decodePage reads the text in a page. It never has a rating: what the mentor fills in, the browser saves as another
// file.
func decodePage(data []byte, find file.Find) (File, error) {
	_, rest, found := strings.Cut(string(data), blankBegins)
	_, rest, opened := strings.Cut(rest, "\">\n")
	text, _, ended := strings.Cut(rest, blankEnds)
	if !found || !opened || !ended {
		return File{}, refuse("this web page is not a rating sheet that ksbcoach made",
			"take in the file that the page saved: its name ends in .toml")
	}
	read, err := file.Decode([]byte(unescaper.Get().Replace(text)), find)
	return File{File: read}, err
}
